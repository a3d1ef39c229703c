"""The tables of the state of ``krynica feed``, and how a row is put into them."""

from __future__ import annotations

import json
import sqlite3
from hashlib import blake2b

import numpy as np

from data.duplicates import band_keys
from service.feeds.kept import Fingerprint, Kept
from service.feeds.rows import COLUMNS
from service.rows import Cells

VERSION = 1
"""Of the tables below. A file of another version is refused."""

SCHEMA = (
    "CREATE TABLE row (number INTEGER PRIMARY KEY, feed TEXT NOT NULL, cells TEXT NOT NULL, "
    "known REAL, measures BLOB, passage TEXT, p_passage REAL, sketch BLOB, "
    "tries INTEGER NOT NULL, model TEXT)",
    "CREATE INDEX row_tries ON row (feed) WHERE tries > 0",
    "CREATE TABLE id (digest BLOB PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE text (hash INTEGER PRIMARY KEY, number INTEGER NOT NULL)",
    "CREATE INDEX text_number ON text (number)",
    "CREATE TABLE band (key INTEGER, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID",
    "CREATE TABLE feed (place TEXT PRIMARY KEY, etag TEXT, modified TEXT)",
    "CREATE TABLE output (path TEXT NOT NULL)",
)


def taken_over_key(cells: Cells) -> str:
    """Return by what an item is known whose row comes from a table, where its id was not kept."""
    return f"taken over {cells['url']} {cells['title']} {cells['published']}"


def put(db: sqlite3.Connection, kept: Kept, text: Fingerprint | None) -> None:
    """Write a row, in the place of one of its number, and what is remembered of its text."""
    scored, sketched = kept.scored, None if text is None else text.sketch
    values = (
        kept.number,
        kept.cells["feed"] or "",
        json.dumps([kept.cells[name] for name in COLUMNS]),
        scored.known,
        None if scored.measures is None else np.asarray(scored.measures, "<f4").tobytes(),
        scored.passage,
        scored.p_passage,
        None if sketched is None else sketched.astype("<u8").tobytes(),
        kept.tries,
        kept.model,
    )
    db.execute("REPLACE INTO row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    if text is not None:
        db.execute("INSERT OR IGNORE INTO text VALUES (?, ?)", (signed(text.hash), kept.number))
    if sketched is not None:
        bands = [(signed(int(key)), kept.number) for key in band_keys(sketched)]
        db.executemany("INSERT OR IGNORE INTO band VALUES (?, ?)", bands)


def remember(db: sqlite3.Connection, key: str) -> None:
    """Know an item by its key from now on."""
    db.execute("INSERT OR IGNORE INTO id VALUES (?)", (digest(key),))


def digest(key: str) -> bytes:
    """Return what is kept of a key."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def signed(number: int) -> int:
    """Return an unsigned number of 64 bits as SQLite can keep it."""
    return number - (1 << 64) if number >= 1 << 63 else number
