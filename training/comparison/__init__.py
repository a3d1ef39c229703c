"""Finished models on labelled rows, alone and side by side."""
