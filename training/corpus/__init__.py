"""Rows that are fit to learn from: no repeats, no standing sentences."""
