"""What is kept of an item of a feed: its row, and numbers made of its words in place of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from data.duplicates import fingerprint
from service.rows import Cells, Scored


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


@dataclass(frozen=True)
class Fingerprint:
    """What is remembered of a text in place of the text.

    Parameters
    ----------
    hash
        Of its words.
    sketch
        Of its word shingles, shape (n,), uint64, or None where a row like it is there already.
    """

    hash: int
    sketch: NDArray[np.uint64] | None

    @classmethod
    def of(cls, text: str) -> Self:
        """Take the fingerprint of a text."""
        return cls(*fingerprint(text))
