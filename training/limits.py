"""What the program judges, whatever model it trains."""

MINIMUM_WORDS = 25
"""Fewest words of a text that is judged: of posts that were read none is shorter."""
