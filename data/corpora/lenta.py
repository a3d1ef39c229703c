"""Corpus of news articles from Lenta.Ru, 1999 to 2019.

Shape as told by the publisher's program and by public programs that read the file:
``lenta-ru-news.csv.bz2`` (first edition: ``.csv.gz``) with ``url``, ``title``, ``text``, ``topic``
and ``tags``, from the second edition on with ``date`` (2018/12/14); an address has the date too.
Not tried on the published file.

One outlet, two newsrooms: its editor was dismissed on 12 March 2014 and most of the staff left.
Articles before that month are journalism, those after it propaganda, under outlets of two names;
of that month, neither. The labels are Krynica's.
"""

from __future__ import annotations

import bz2
import csv
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO, cast

from krynica.classifier.errors import CorpusError
from krynica.data.corpora.files import found
from krynica.data.corpora.rows import Found, LeftOut, Row, day
from krynica.data.lines import LIMIT
from krynica.data.seam import shown

_CHANGE = "2014-03"
_HOST = "lenta.ru/"
_MOST = 10_000_000_000
"""Characters of the whole, unpacked: several times those of all the articles until 2019."""

csv.field_size_limit(LIMIT)


def read(path: Path) -> Found:
    """Read the table, packed or not."""
    for file in found(path, "lenta-ru-news.csv*"):
        for cells in _records(file):
            url = cells.get("url") or ""
            written = day(cells.get("date")) or day(_dated(url))
            month = (written or _CHANGE)[:7]
            if month == _CHANGE:
                yield LeftOut("of the month in which the newsroom changed, or of no date")
                continue
            old = month < _CHANGE
            yield Row(
                (cells.get("text") or "").strip(),
                "journalism" if old else "propaganda",
                "ru",
                outlet="lenta before 2014" if old else "lenta",
                date=written,
                title=(cells.get("title") or "").strip() or None,
                url=url or None,
            )


def _dated(url: str) -> str:
    """Return what follows the section of an address: ``2018/12/14/…``."""
    return url.partition(_HOST)[2].partition("/")[2]


def _records(file: Path) -> Iterator[dict[str, str | None]]:
    try:
        with _opened(file) as text:
            yield from cast("Iterator[dict[str, str | None]]", csv.DictReader(_lines(file, text)))
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise CorpusError(
            f"{shown(file)} is no table of articles, or a part is missing."
        ) from error


def _lines(file: Path, text: TextIO) -> Iterator[str]:
    """Give the lines, of which a packed file of a few bytes could hold one without end.

    Raises
    ------
    classifier.errors.CorpusError
        If one is longer than any of an article, or all are more than any corpus has.
    """
    left = _MOST
    while line := text.readline(LIMIT + 1):
        left -= len(line)
        if len(line) > LIMIT or left < 0:
            most = f"a line of {LIMIT:,} characters" if left >= 0 else f"{_MOST:,} characters"
            raise CorpusError(f"{shown(file)} has more than {most}, which no corpus has.")
        yield line


def _opened(file: Path) -> TextIO:
    opens = {".bz2": bz2.open, ".gz": gzip.open}.get(file.suffix, open)
    return cast("TextIO", opens(file, "rt", encoding="utf-8", newline=""))
