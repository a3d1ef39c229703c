"""An SQLite file of this program: marked as such, held by one process, its errors sentences.

The rollback journal and full synchronisation are SQLite's own choice and stay: whatever stops the
program, a transaction is there whole or not at all.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from krynica.classifier.errors import KrynicaError


@dataclass(frozen=True)
class Kind:
    """What is kept in a file.

    Parameters
    ----------
    verb
        Whose state it is.
    mark
        Told in the header of the file, as SQLite has it for its applications.
    version
        Of its tables.
    """

    verb: str
    mark: int
    version: int


class _BusyError(KrynicaError):
    """Another process holds the file, and may have been the one to fill it."""


class Database:
    """An open file, which no other process can open meanwhile.

    Its methods may be called from several threads.

    Parameters
    ----------
    path
        Made where there is none.
    kind
        What has to be in it; a file of another kind or version is refused.
    make
        Makes the tables of a new file, and fills them: whole or not at all.

    Raises
    ------
    classifier.errors.KrynicaError
        If another process holds it, it is of another kind or version, or cannot be written.
    """

    def __init__(self, path: Path, kind: Kind, make: Callable[[sqlite3.Connection], None]) -> None:
        self.path, self._kind = path, kind
        self._lock = threading.RLock()
        is_new = _made(path)
        with self._errors():
            self._connection = sqlite3.connect(
                path, timeout=0, isolation_level=None, check_same_thread=False
            )
        try:
            self._open(make)
        except BaseException as error:
            self._connection.close()
            if is_new and not isinstance(error, _BusyError):
                path.unlink(missing_ok=True)
            raise

    def close(self) -> None:
        """Let go of the file."""
        with self._lock, suppress(sqlite3.Error):
            self._connection.close()

    def all(self, query: str, *values: Any) -> list[Sequence[Any]]:
        """Return all rows of a query."""
        with self._lock, self._errors():
            return self._connection.execute(query, values).fetchall()

    def one(self, query: str, *values: Any) -> Sequence[Any] | None:
        """Return the first row of a query, or None."""
        return next(iter(self.all(query, *values)), None)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Give the connection; what is done with it is kept whole or not at all."""
        with self._lock, self._errors():
            self._connection.execute("BEGIN EXCLUSIVE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _open(self, make: Callable[[sqlite3.Connection], None]) -> None:
        with self._errors():
            # The lock of the first transaction is then kept until the file is closed.
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        with self.transaction() as connection:
            if self.one("SELECT 1 FROM sqlite_master") is None:
                connection.execute(f"PRAGMA application_id = {self._kind.mark}")
                connection.execute(f"PRAGMA user_version = {self._kind.version}")
                make(connection)
                return
            marks = [self.one(f"PRAGMA {name}") for name in ("application_id", "user_version")]
            if marks != [(self._kind.mark,), (self._kind.version,)]:
                raise KrynicaError(f"{self._no_state}, or of another version of it.")

    @property
    def _no_state(self) -> str:
        return f"{self.path} is no state of krynica {self._kind.verb}"

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Say in one sentence what is wrong with the file."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise _BusyError(f"Another process is writing {self.path}.") from error
            raise KrynicaError(f"{self.path} could not be written: {error}.") from error
        except sqlite3.DatabaseError as error:
            raise KrynicaError(f"{self._no_state}, or is damaged.") from error


def _made(path: Path) -> bool:
    """Make an empty file; tell whether there was none, and this process made it."""
    try:
        path.touch(0o644, exist_ok=False)
    except OSError:
        return False
    return True
