"""What ``krynica collect`` keeps between runs: the articles, and what was looked at in vain."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from krynica.service import state_file
from krynica.service.collect.rows import Collected
from krynica.service.database import Kind
from krynica.service.fingerprints import Fingerprint, digest, signed
from krynica.service.state_file import StateFile

KIND = Kind("collect", 0x4B72796F, version=1)
"""Of the tables below."""

SCHEMA = (
    "CREATE TABLE row (number INTEGER PRIMARY KEY, outlet TEXT NOT NULL, hash INTEGER NOT NULL, "
    "quality REAL NOT NULL, lang TEXT NOT NULL, cells BLOB NOT NULL, sketch BLOB, "
    "is_refused INTEGER NOT NULL)",
    "CREATE VIEW kept AS SELECT * FROM row WHERE is_refused = 0",
    "CREATE UNIQUE INDEX row_text ON row (outlet, hash)",
    "CREATE INDEX row_hash ON row (hash)",
    "CREATE TABLE band (outlet TEXT, key INTEGER, number INTEGER, "
    "PRIMARY KEY (outlet, key, number)) WITHOUT ROWID",
    "CREATE TABLE seen (digest BLOB PRIMARY KEY, outlet TEXT NOT NULL, reason TEXT) WITHOUT ROWID",
    *state_file.SCHEMA,
)


class Brief(NamedTuple):
    """What is known of a row without reading it."""

    number: int
    outlet: str
    hash: int
    quality: float


class State(StateFile):
    """The file, as `service.state_file.StateFile` has it.

    Parameters
    ----------
    path
        Made where there is none.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, KIND, _make)

    def knows(self, key: str) -> bool:
        """Tell whether something was looked at before."""
        return self._db.one("SELECT 1 FROM seen WHERE digest = ?", digest(key)) is not None

    def repeats(self, outlet: str, text: Fingerprint) -> str | None:
        """Tell whether a text is there already, or nearly; as a reason to leave it out.

        Parameters
        ----------
        outlet
            Its domain: other outlets may print the same.
        text
            Its fingerprint.
        """
        number = signed(text.hash)
        if self._db.one("SELECT 1 FROM row WHERE outlet = ? AND hash = ?", outlet, number):
            return "the same text"
        found = self._db.all(
            "SELECT number, sketch FROM row WHERE sketch IS NOT NULL AND number IN (SELECT number "
            "FROM band WHERE outlet = ? AND key IN (SELECT value FROM json_each(?)))",
            outlet,
            json.dumps(text.bands),
        )
        is_near = text.nearest((int(row), blob) for row, blob in found) is not None
        return "nearly the same text" if is_near else None

    def add(self, row: Collected, text: Fingerprint, keys: Collection[str]) -> None:
        """Keep a row, and know its addresses from now on."""
        cells = zlib.compress(json.dumps(asdict(row)).encode("ascii"))
        with self._db.transaction() as db:
            added = db.execute(
                "INSERT INTO row (outlet, hash, quality, lang, cells, sketch, is_refused) "
                "VALUES (?, ?, ?, ?, ?, ?, 0)",
                (row.outlet, signed(text.hash), row.quality, row.lang, cells, text.blob),
            )
            bands = [(row.outlet, key, added.lastrowid) for key in text.bands]
            db.executemany("INSERT OR IGNORE INTO band VALUES (?, ?, ?)", bands)
            _remember(db, row.outlet, keys, None)

    def leave_out(self, outlet: str, keys: Collection[str], reason: str | None) -> None:
        """Know something from now on that is no row, and count it where there is a reason."""
        with self._db.transaction() as db:
            _remember(db, outlet, keys, reason)

    def count(self, outlet: str) -> int:
        """Return how many articles of an outlet there are."""
        query = "SELECT count(*) FROM kept WHERE outlet = ?"
        found = self._db.one(query, outlet)
        return 0 if found is None else int(found[0])

    def left_out(self, outlet: str) -> Counter[str]:
        """Return how many pages of an outlet were left out so far, by reason."""
        query = (
            "SELECT reason, count(*) FROM seen WHERE outlet = ? AND reason IS NOT NULL "
            "GROUP BY reason"
        )
        return Counter({reason: int(count) for reason, count in self._db.all(query, outlet)})

    def languages(self, outlet: str) -> Counter[str]:
        """Return how many articles of an outlet there are, by language."""
        query = "SELECT lang, count(*) FROM kept WHERE outlet = ? GROUP BY lang"
        return Counter({lang: int(count) for lang, count in self._db.all(query, outlet)})

    def shared_texts(self, outlets: Sequence[str]) -> int:
        """Return how many texts several of these outlets have, word for word."""
        query = (
            "SELECT count(*) FROM (SELECT hash FROM kept WHERE outlet IN (SELECT value FROM "
            "json_each(?)) GROUP BY hash HAVING count(*) > 1)"
        )
        found = self._db.one(query, json.dumps(list(outlets)))
        return 0 if found is None else int(found[0])

    def elsewhere(self, outlets: Sequence[str]) -> Counter[str]:
        """Return how many articles there are of outlets that are not among these."""
        query = (
            "SELECT outlet, count(*) FROM kept WHERE outlet NOT IN (SELECT value FROM "
            "json_each(?)) GROUP BY outlet"
        )
        found = self._db.all(query, json.dumps(list(outlets)))
        return Counter({outlet: int(count) for outlet, count in found})

    def briefs(self, outlets: Sequence[str]) -> list[Brief]:
        """Return what is known of the rows of outlets, in the order of the corpus.

        That is by domain and, within an outlet, by arrival: the same sources give the same table.
        """
        query = (
            "SELECT number, outlet, hash, quality FROM kept WHERE outlet IN (SELECT value FROM "
            "json_each(?)) ORDER BY outlet, number"
        )
        return [Brief(*found) for found in self._db.all(query, json.dumps(list(outlets)))]

    def row(self, number: int) -> Collected:
        """Return one row."""
        ((cells,),) = self._db.all("SELECT cells FROM row WHERE number = ?", number)
        return Collected(**json.loads(zlib.decompress(cells)))

    def rows(self, briefs: Sequence[Brief]) -> Iterator[Collected]:
        """Yield rows, one at a time."""
        return (self.row(brief.number) for brief in briefs)

    def refuse(self, texts: Collection[tuple[str, int]]) -> int:
        """Leave rows out of the corpus for good, by outlet and hash; return how many are new."""
        with self._db.transaction() as db:
            return sum(
                db.execute(
                    "UPDATE row SET is_refused = 1 WHERE outlet = ? AND hash = ? "
                    "AND is_refused = 0",
                    (outlet, signed(number)),
                ).rowcount
                for outlet, number in texts
            )


def _make(db: sqlite3.Connection) -> None:
    for statement in SCHEMA:
        db.execute(statement)


def _remember(
    db: sqlite3.Connection, outlet: str, keys: Collection[str], reason: str | None
) -> None:
    """Know by all of these keys what is counted once."""
    for number, key in enumerate(keys):
        values = digest(key), outlet, None if number else reason
        db.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", values)
