"""Thesis (sophiafreuden): RT articles found by keywords, in English, Russian and German.

Shape as told by the repository's programs, which write ``date``, ``title``, ``content`` and
``URL``, in English as .csv, in Russian and German as .txt with asterisks between the cells, and by
the head of one file. Dates of Russian files were changed by hand and are mostly not understood.
Other .csv and .txt files of the repository are passed over. Not tried on the whole of it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path

from krynica.classifier.errors import CorpusError, KrynicaError
from krynica.data.corpora.files import found, text_of
from krynica.data.corpora.rows import Found, LeftOut, Row, day
from krynica.data.lines import LIMIT
from krynica.data.outlets import outlet_of

_OUTLETS = {
    "russian": ("rt russian", "ru"),
    "deutsch": ("rt german", "de"),
    "de": ("rt german", "de"),
}
"""Outlet and language by the first part of the host's name; any other is RT in English."""
_SKIPPED = "skipped"
"""How a title or date begins that the publisher's program did not find."""

csv.field_size_limit(LIMIT)


def read(path: Path) -> Found:
    """Read every file with these four columns; an article is taken once, by its address.

    Nothing but the address says that an article is RT's: without one of RT it is left out.
    """
    seen: set[str] = set()
    for file in found(path, "*.csv", "*.txt"):
        try:
            for cells in _records(file):
                url = cells.get("URL", "").strip()
                if outlet_of(url) != "rt.com":
                    yield LeftOut("an article that is not RT's by its address")
                    continue
                if url in seen:
                    yield LeftOut("an article that is there twice")
                    continue
                seen.add(url)
                outlet, lang = _OUTLETS.get(url.partition("://")[2].partition(".")[0], ("rt", "en"))
                title = cells.get("title", "").strip()
                yield Row(
                    cells.get("content", "").strip(),
                    "propaganda",
                    lang,
                    outlet=outlet,
                    date=day(cells.get("date")),
                    title=None if title.casefold().startswith(_SKIPPED) else title or None,
                    url=url,
                )
        except KrynicaError:
            yield LeftOut("a file that is no table of articles")


def _records(file: Path) -> Iterator[Mapping[str, str]]:
    """Give the rows of a table of articles; nothing where it is another.

    Raises
    ------
    classifier.errors.CorpusError
        If it is no table.
    """
    text = text_of(file)
    header = text.partition("\n")[0]
    separator = "*" if "*" in header else ","
    if not {"content", "URL"} <= {name.strip() for name in header.split(separator)}:
        raise CorpusError(f"{file.name} is no table of articles.")
    try:
        for row in csv.DictReader(StringIO(text, newline=""), delimiter=separator):
            yield {name: value for name, value in row.items() if name and isinstance(value, str)}
    except csv.Error as error:
        raise CorpusError(f"{file.name} is no table of articles.") from error
