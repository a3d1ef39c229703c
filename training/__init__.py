"""Labelled tables in, a model folder out, with what its verdicts are worth."""
