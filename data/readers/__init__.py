"""Processes of their own, with bounds, in which what strangers sent is read."""
