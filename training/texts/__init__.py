"""Texts read, counted and encoded once."""
