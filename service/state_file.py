"""What every resumable verb remembers: its places, and its last table."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from krynica.service.database import Database, Kind

SCHEMA = (
    "CREATE TABLE feed (place TEXT PRIMARY KEY, etag TEXT, modified TEXT)",
    "CREATE TABLE output (path TEXT NOT NULL)",
)


class StateFile:
    """The file; a context manager that holds it for this process alone.

    Its methods may be called from several threads.

    Parameters
    ----------
    path
        Made where there is none.
    kind
        What is in it.
    make
        Makes the tables of a new file, `SCHEMA` among them.

    Raises
    ------
    classifier.errors.KrynicaError
        On entering, if another process holds it, it is of another kind or version, or cannot be
        written.
    """

    def __init__(self, path: Path, kind: Kind, make: Callable[[sqlite3.Connection], None]) -> None:
        self.path, self._kind, self._make_tables = path, kind, make

    def __enter__(self) -> Self:
        """Open the file and take hold of it."""
        self._db = Database(self.path, self._kind, self._make_tables)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the file."""
        self._db.close()

    def version_of(self, place: str) -> tuple[str | None, str | None]:
        """Return by which ETag and Last-Modified a place is asked for."""
        found = self._db.one("SELECT etag, modified FROM feed WHERE place = ?", place)
        return (None, None) if found is None else (found[0], found[1])

    def keep_version(self, place: str, etag: str | None, modified: str | None) -> None:
        """Keep by what a place is to be asked for, once all that it holds was dealt with."""
        with self._db.transaction() as db:
            db.execute("REPLACE INTO feed VALUES (?, ?, ?)", (place, etag, modified))

    @property
    def output(self) -> str | None:
        """Absolute path of the table that was written last."""
        found = self._db.one("SELECT path FROM output")
        return None if found is None else str(found[0])

    def keep_output(self, path: str) -> None:
        """Keep which table was written last."""
        with self._db.transaction() as db:
            db.execute("DELETE FROM output")
            db.execute("INSERT INTO output VALUES (?)", (path,))
