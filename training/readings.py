"""What training keeps of texts that were read, and how it is written: numbers and words, no code.

Words are numbered, so that a text takes four bytes a word on its way from a process or a disk, and
eight in memory.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from classifier.errors import KrynicaError


@dataclass(frozen=True)
class Row:
    """What training keeps of one reading.

    Parameters
    ----------
    masked
        Masked forms, the tokens' order.
    capital
        Whether a token begins a sentence, and with a capital.
    passage
        Passage of each token.
    weights
        Each passage's share of the words.
    words, plain
        Number of words, and of those that are not masked.
    style
        The measures.
    """

    masked: list[str | None]
    capital: npt.NDArray[np.bool_]
    passage: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float64]
    words: int
    plain: int
    style: npt.NDArray[np.float64]


def dump(rows: Sequence[Row | None]) -> bytes:
    """Write rows as arrays, in the form of ``numpy.savez``."""
    there = [row for row in rows if row]
    forms = sorted({form for row in there for form in row.masked if form is not None})
    number: dict[str | None, int] = {form: at for at, form in enumerate(forms)}
    number[None] = -1
    buffer = io.BytesIO()
    np.savez(
        buffer,
        there=np.array([row is not None for row in rows], dtype=bool),
        forms=np.frombuffer("\n".join(forms).encode(), dtype=np.uint8),
        masked=np.array([number[form] for row in there for form in row.masked], dtype=np.int32),
        tokens=np.array([len(row.masked) for row in there], dtype=np.int64),
        capital=_joined([row.capital for row in there], np.bool_),
        passage=_joined([row.passage for row in there], np.int32),
        weights=_joined([row.weights for row in there], np.float64),
        passages=np.array([len(row.weights) for row in there], dtype=np.int64),
        words=np.array([row.words for row in there], dtype=np.int64),
        plain=np.array([row.plain for row in there], dtype=np.int64),
        style=np.array([row.style for row in there]),
    )
    return buffer.getvalue()


def parse(content: bytes) -> list[Row | None]:
    """Return the rows that `dump` wrote.

    Raises
    ------
    KrynicaError
        If it did not write these bytes.
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            a = dict(arrays)
    except (ValueError, EOFError, zipfile.BadZipFile) as error:
        message = "What an earlier run kept cannot be read; train again without --resume."
        raise KrynicaError(message) from error
    forms = a["forms"].tobytes().decode().split("\n")
    # One string a word for all rows that are ever read: a text is a list of places.
    named: list[str | None] = [*map(sys.intern, forms), None]
    ends, parts = np.cumsum(a["tokens"])[:-1], np.cumsum(a["passages"])[:-1]
    columns = (
        ([named[at] for at in own.tolist()] for own in np.split(a["masked"], ends)),
        np.split(a["capital"], ends),
        np.split(a["passage"], ends),
        np.split(a["weights"], parts),
        a["words"].tolist(),
        a["plain"].tolist(),
        a["style"],
    )
    rows = iter([Row(*row) for row in zip(*columns, strict=False)])
    return [next(rows) if there else None for there in a["there"].tolist()]


def _joined(arrays: Sequence[npt.NDArray[np.generic]], kind: type) -> npt.NDArray[np.generic]:
    return np.concatenate([*arrays, np.zeros(0, dtype=kind)]).astype(kind)
