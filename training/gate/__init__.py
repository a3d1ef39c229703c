"""The quality gate: whether the model that ships still reads as it did when the floors were set.

``python -m krynica.training.gate READINGS`` asks a finished model about articles that were read
one by one and that it did not learn from, and compares what it says with the bounds in
``floors.toml``.
"""
