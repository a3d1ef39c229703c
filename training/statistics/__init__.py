"""Figures of how good verdicts are: pure functions of numbers."""
