"""What is wrong with a single row of a table, and who is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from krynica.classifier.errors import TableError

OnFault = Callable[[int, str], None]
"""Told the number of a row, counted from 0, and in one clear sentence what is wrong with it."""

HEADER = -1
"""In place of a row's number: the names of the columns."""


def refuse(_row: int, sentence: str) -> NoReturn:
    """Take no table with a fault in it.

    Raises
    ------
    classifier.errors.TableError
        Always, with the sentence.
    """
    raise TableError(sentence)


def pass_over(_row: int, _sentence: str) -> None:
    """Say nothing: another reading of the same rows tells their faults."""
