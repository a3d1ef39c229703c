"""Scrapers of Russia Today (YaKsenia): Russian articles of RT chosen by topic.

Shape as told by the programs of the repository, which write ``output/Russia_Today_articles.csv``
with ``links``, ``title`` and ``text`` and a column of row numbers; not tried on the published file.
The repository of the same author with articles of RBC was not read.
"""

from __future__ import annotations

from pathlib import Path

from krynica.data.corpora.files import found, table, words
from krynica.data.corpora.rows import Found, Row


def read(path: Path) -> Found:
    """Read the table of articles."""
    for file in found(path, "Russia_Today_articles.csv"):
        for cells in table(file, ("links", "title", "text")):
            yield Row(
                words(cells.get("text")),
                "propaganda",
                "ru",
                outlet="rt russian",
                title=words(cells.get("title")) or None,
                url=words(cells.get("links")) or None,
            )
