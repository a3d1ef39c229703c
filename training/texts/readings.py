"""What training keeps of texts that were read, and how it is written: numbers and words, no code.

Words are numbered, so that a text takes four bytes a word in memory, on its way from a process and
on a disk.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Row:
    """What training keeps of one reading.

    Parameters
    ----------
    forms, number
        Masked forms of many texts, and the numbers of this text's among them, in the tokens' order;
        None stands for tokens without one.
    capital, small
        Whether a token begins a sentence, and with a capital; and whether it is a word that is
        written small, or that has no small way to be written.
    hidden
        Numbers of the forms that words would have which are masked for their capital alone.
    language
        ISO 639-1 code.
    words, plain
        Number of words, and of those that are not masked.
    style
        The measures.
    """

    forms: Sequence[str | None]
    number: npt.NDArray[np.int32]
    capital: npt.NDArray[np.bool_]
    small: npt.NDArray[np.bool_]
    hidden: npt.NDArray[np.int32]
    language: str
    words: int
    plain: int
    style: npt.NDArray[np.float64]

    @property
    def masked(self) -> list[str | None]:
        """Masked forms, the tokens' order."""
        return self.named(self.forms)

    def named(self, forms: Sequence[str | None]) -> list[str | None]:
        """Return its forms under the names of another list."""
        return [forms[at] for at in self.number.tolist()]


def dump(rows: Sequence[Row | None]) -> bytes:
    """Write rows as arrays, in the form of ``numpy.savez``."""
    there = [row for row in rows if row]
    masked = [row.masked for row in there]
    hidden = [[row.forms[at] for at in row.hidden.tolist()] for row in there]
    forms = sorted({form for own in (*masked, *hidden) for form in own if form is not None})
    number: dict[str | None, int] = {form: at for at, form in enumerate(forms)}
    number[None] = len(forms)
    buffer = io.BytesIO()
    np.savez(
        buffer,
        there=np.array([row is not None for row in rows], dtype=bool),
        forms=np.frombuffer("\n".join(forms).encode(), dtype=np.uint8),
        number=np.array([number[form] for own in masked for form in own], dtype=np.int32),
        tokens=np.array([len(own) for own in masked], dtype=np.int64),
        capital=_joined([row.capital for row in there], np.bool_),
        small=_joined([row.small for row in there], np.bool_),
        hidden=np.array([number[form] for own in hidden for form in own], dtype=np.int32),
        n_hidden=np.array([len(own) for own in hidden], dtype=np.int64),
        language=np.array([row.language for row in there], dtype=np.str_),
        words=np.array([row.words for row in there], dtype=np.int64),
        plain=np.array([row.plain for row in there], dtype=np.int64),
        style=np.array([row.style for row in there]),
    )
    return buffer.getvalue()


def parse(content: bytes) -> list[Row | None]:
    """Return the rows that `dump` wrote."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        a = dict(arrays)
    there, forms_of = a["there"], a["forms"].tobytes()
    # One string a word, for all texts that are ever read.
    forms = [*map(sys.intern, forms_of.decode().split("\n") if forms_of else ()), None]
    ends = np.cumsum(a["tokens"])[:-1]
    columns = (
        np.split(a["number"], ends),
        np.split(a["capital"], ends),
        np.split(a["small"], ends),
        np.split(a["hidden"], np.cumsum(a["n_hidden"])[:-1]),
        map(sys.intern, a["language"].tolist()),
        a["words"].tolist(),
        a["plain"].tolist(),
        a["style"],
    )
    rows = iter([Row(forms, *row) for row in zip(*columns, strict=False)])
    return [next(rows) if one else None for one in there.tolist()]


def _joined(arrays: Sequence[npt.NDArray[np.generic]], kind: type) -> npt.NDArray[np.generic]:
    return np.concatenate([*arrays, np.zeros(0, dtype=kind)]).astype(kind)
