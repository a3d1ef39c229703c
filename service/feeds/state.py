"""What ``krynica feed`` remembers between runs, row by row as they come.

Texts are not kept; of an article there are its title, one passage, and numbers made of its words.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from krynica.classifier.answer import ROW_COLUMNS
from krynica.service.feeds.kept import Kept
from krynica.service.feeds.rows import COLUMNS
from krynica.service.feeds.state_tables import (
    KIND,
    SCHEMA,
    put,
    remember,
    taken_over_key,
)
from krynica.service.fingerprints import Fingerprint, digest, signed
from krynica.service.rows import Cells, Scored
from krynica.service.state_file import StateFile

_LAST = (1 << 63) - 1
_ANSWERED = "model = ? AND tries = 0 AND number < ?"
"""Whose answer a later row may have: this model's, and final."""


class State(StateFile):
    """The file, as `service.state_file.StateFile` has it.

    Parameters
    ----------
    path
        Made where there is none.
    taken_over
        Gives the rows that a new file begins with.
    """

    def __init__(self, path: Path, taken_over: Callable[[], Iterable[Cells]] = tuple) -> None:
        super().__init__(path, KIND, self._make)
        self._taken_over = taken_over

    def knows(self, key: str, cells: Cells) -> bool:
        """Tell whether an item is known: by its key, or by what a row taken over says of it."""
        marks = digest(key), digest(taken_over_key(cells))
        return self._db.one("SELECT 1 FROM id WHERE digest IN (?, ?)", *marks) is not None

    def has_text(self, text: Fingerprint) -> bool:
        """Tell whether a row has this very text."""
        found = self._db.one("SELECT 1 FROM text WHERE hash = ?", signed(text.hash))
        return found is not None

    def answered(self, text: Fingerprint, model: str, before: int | None = None) -> int | None:
        """Return the number of an earlier row whose answer is that of a text too, or None.

        Parameters
        ----------
        text
            Of a row that has this very text, or of the first that nearly does.
        model
            SHA-256 of the model whose answer is wanted.
        before
            Number of the row that is to be written; of a new one None.
        """
        limits = model, _LAST if before is None else before
        same = self._db.one(
            f"SELECT number FROM row WHERE {_ANSWERED} "  # noqa: S608  # written above
            "AND number = (SELECT number FROM text WHERE hash = ?)",
            *limits,
            signed(text.hash),
        )
        return self._near(text, limits) if same is None else int(same[0])

    def _near(self, text: Fingerprint, limits: tuple[str, int]) -> int | None:
        found = self._db.all(
            f"SELECT number, sketch FROM row WHERE {_ANSWERED} "  # noqa: S608  # written above
            "AND sketch IS NOT NULL AND number IN (SELECT number FROM band "
            "WHERE key IN (SELECT value FROM json_each(?))) ORDER BY number",
            *limits,
            json.dumps(text.bands),
        )
        return text.nearest((int(number), blob) for number, blob in found)

    def row(self, number: int) -> Kept:
        """Return one row."""
        return next(self._kept("WHERE number = ?", number))

    def rows(self) -> Iterator[Kept]:
        """Yield all rows in the order in which they were written."""
        last = -1
        while chunk := list(self._kept("WHERE number > ? ORDER BY number LIMIT 1000", last)):
            yield from chunk
            last = chunk[-1].number

    def has_rows_of(self, feed: str) -> bool:
        """Tell whether a feed brought anything yet."""
        return self._db.one("SELECT 1 FROM row WHERE feed = ? LIMIT 1", feed) is not None

    def unfinished(self, feed: str) -> list[Kept]:
        """Return the rows of a feed whose pages failed and are to be tried again."""
        return list(self._kept("WHERE feed = ? AND tries > 0 ORDER BY number", feed))

    def add(
        self,
        key: str,
        cells: Cells,
        scored: Scored,
        text: Fingerprint | None = None,
        tries: int = 0,
        model: str | None = None,
    ) -> int:
        """Keep a new row and return its number.

        Parameters
        ----------
        key
            By what the item is known.
        cells
            All cells of the row, by column.
        scored
            What a report wants to know; its cells are among `cells`.
        text
            Fingerprint of its text; without one no later row is compared with it.
        tries
            How often its page is to be tried again.
        model
            SHA-256 of the model that is loaded.
        """
        with self._db.transaction() as db:
            (number,) = db.execute("SELECT coalesce(max(number) + 1, 0) FROM row").fetchone()
            put(db, Kept(int(number), cells, scored, tries, model), text)
            remember(db, key)
        return int(number)

    def replace(
        self, old: Kept, cells: Cells, scored: Scored, text: Fingerprint | None, model: str
    ) -> None:
        """Put a row that is final in the place of one; parameters as for `add`."""
        with self._db.transaction() as db:
            db.execute("DELETE FROM text WHERE number = ?", (old.number,))
            put(db, Kept(old.number, cells, scored, 0, model), text)

    def keep_tries(self, old: Kept, tries: int) -> None:
        """Keep how often the page of a row is to be tried again."""
        with self._db.transaction() as db:
            db.execute("UPDATE row SET tries = ? WHERE number = ?", (tries, old.number))

    def remember(self, key: str) -> None:
        """Know an item from now on that has no row of its own."""
        with self._db.transaction() as db:
            remember(db, key)

    def _make(self, db: sqlite3.Connection) -> None:
        for statement in SCHEMA:
            db.execute(statement)
        for number, cells in enumerate(self._taken_over()):
            own = {name: cells[name] for name in ROW_COLUMNS}
            put(db, Kept(number, cells, Scored(own), 0), None)
            remember(db, taken_over_key(cells))

    def _kept(self, where: str, *values: Any) -> Iterator[Kept]:
        columns = "number, cells, known, measures, passage, p_passage, tries, model"
        for number, cells, known, measures, passage, p, tries, model in self._db.all(
            f"SELECT {columns} FROM row {where}",  # noqa: S608  # written above
            *values,
        ):
            named = dict(zip(COLUMNS, json.loads(cells), strict=True))
            style = None if measures is None else tuple(np.frombuffer(measures, "<f4").tolist())
            own = {name: named[name] for name in ROW_COLUMNS}
            yield Kept(number, named, Scored(own, known, style, passage, p), tries, model)
