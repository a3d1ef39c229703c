"""The table that ``krynica collect`` writes: its columns, and what is in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from krynica.data.tables.table import TableWriter
from krynica.service.collect.outlet_list import Outlet

COLUMNS = (
    "text",
    "label",
    "outlet",
    "date",
    "lang",
    "title",
    "url",
    "kind",
    "source",
    "licence",
    "hash",
    "quality",
    "extraction",
)

_CHUNK = 500
"""Rows that are written at once."""


@dataclass(frozen=True)
class Collected:
    """A row of the corpus, but for what the list of outlets says of it.

    Parameters
    ----------
    outlet
        Registered domain.
    text, title, url
        Of the article; the last two may be None.
    date
        ISO day, or None.
    lang
        ISO 639-1, detected, or ``"und"``.
    hash
        Of the words, 16 hexadecimal digits.
    quality
        Of the extraction, 0 to 1.
    extraction
        Notes on it, joined by ``;``, or None.
    """

    outlet: str
    text: str
    title: str | None
    url: str | None
    date: str | None
    lang: str
    hash: str
    quality: float
    extraction: str | None


def write_corpus(rows: Iterator[Collected], outlets: Mapping[str, Outlet], output: Path) -> None:
    """Write the table anew; until it is whole, what was there stays.

    Parameters
    ----------
    rows
        Of these outlets alone.
    outlets
        By domain.
    output
        Where.

    Raises
    ------
    classifier.errors.TableError
        If it cannot be written.
    """
    with TableWriter(output) as writer:
        writer.write(_frame([], outlets))
        while chunk := list(islice(rows, _CHUNK)):
            writer.write(_frame(chunk, outlets))


def _frame(rows: Sequence[Collected], outlets: Mapping[str, Outlet]) -> Any:
    import pandas as pd

    made = [_cells(row, outlets[row.outlet]) for row in rows]
    return pd.DataFrame(
        {
            name: pd.Series(
                [cells[name] for cells in made],
                dtype="float64" if name == "quality" else "string",
            )
            for name in COLUMNS
        }
    )


def _cells(row: Collected, outlet: Outlet) -> dict[str, Any]:
    return {
        "text": row.text,
        "label": outlet.label,
        "outlet": row.outlet,
        "date": row.date,
        "lang": row.lang,
        "title": row.title,
        "url": row.url,
        "kind": "article",
        "source": "collected",
        "licence": "not stated",
        "hash": row.hash,
        "quality": row.quality,
        "extraction": row.extraction,
    }
