"""Corpora: labelled texts, outlets, and texts that are there twice."""
