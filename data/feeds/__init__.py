"""Feeds: what outlets say that they have published."""
