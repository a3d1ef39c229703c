"""The tables of the state of ``krynica feed``, and how a row is put into them."""

from __future__ import annotations

import json
import sqlite3

import numpy as np

from krynica.service import state_file
from krynica.service.database import Kind
from krynica.service.feeds.kept import Kept
from krynica.service.feeds.rows import COLUMNS
from krynica.service.fingerprints import Fingerprint, digest, signed
from krynica.service.rows import Cells

KIND = Kind("feed", 0x4B72796E, version=2)
"""Of the tables below, and of the cells in them: since 2 they have `reading` and `genre`."""

SCHEMA = (
    "CREATE TABLE row (number INTEGER PRIMARY KEY, feed TEXT NOT NULL, cells TEXT NOT NULL, "
    "known REAL, measures BLOB, passage TEXT, p_passage REAL, sketch BLOB, "
    "tries INTEGER NOT NULL, model TEXT)",
    "CREATE INDEX row_tries ON row (feed) WHERE tries > 0",
    "CREATE TABLE id (digest BLOB PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE text (hash INTEGER PRIMARY KEY, number INTEGER NOT NULL)",
    "CREATE INDEX text_number ON text (number)",
    "CREATE TABLE band (key INTEGER, number INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID",
    *state_file.SCHEMA,
)


def taken_over_key(cells: Cells) -> str:
    """Return by what an item is known whose row comes from a table, where its id was not kept."""
    return f"taken over {cells['url']} {cells['title']} {cells['published']}"


def put(db: sqlite3.Connection, kept: Kept, text: Fingerprint | None) -> None:
    """Write a row, in the place of one of its number, and what is remembered of its text."""
    scored = kept.scored
    values = (
        kept.number,
        kept.cells["feed"] or "",
        json.dumps([kept.cells[name] for name in COLUMNS]),
        scored.known,
        None if scored.measures is None else np.asarray(scored.measures, "<f4").tobytes(),
        scored.passage,
        scored.p_passage,
        None if text is None else text.blob,
        kept.tries,
        kept.model,
    )
    db.execute("REPLACE INTO row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    if text is not None:
        db.execute("INSERT OR IGNORE INTO text VALUES (?, ?)", (signed(text.hash), kept.number))
        bands = [(key, kept.number) for key in text.bands]
        db.executemany("INSERT OR IGNORE INTO band VALUES (?, ?)", bands)


def remember(db: sqlite3.Connection, key: str) -> None:
    """Know an item by its key from now on."""
    db.execute("INSERT OR IGNORE INTO id VALUES (?)", (digest(key),))
