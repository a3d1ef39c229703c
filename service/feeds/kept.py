"""What is kept of an item of a feed."""

from __future__ import annotations

from dataclasses import dataclass

from krynica.service.rows import Cells, Scored


@dataclass(frozen=True)
class Kept:
    """A row as it is kept.

    Parameters
    ----------
    number
        Its place in the table, counted from 0.
    cells
        All of its cells, by column.
    scored
        What a report wants to know of its text.
    tries
        How often its page is to be tried again.
    model
        SHA-256 of the model that was loaded when it was written; None of a row taken over.
    """

    number: int
    cells: Cells
    scored: Scored
    tries: int
    model: str | None = None
