"""MIPD: Polish web articles that fact-checkers found credible or disinformative.

Shape as told by the README and the programs of the repository: tables below ``data/disinformation``
with ``article`` and ``disinformation`` (true or 1); below ``data/manipulation`` the same articles,
with a column of truths for each technique. No table names an article's outlet. Not tried on the
published files.

The label is the publisher's, ``disinformation`` or ``credible``: it is given to single articles and
says nothing of an outlet, so such rows are learned from as text alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from krynica.classifier.errors import TableError
from krynica.data.corpora.files import found, table, words
from krynica.data.corpora.rows import Found, LeftOut, Row

_LABELS = {"true": "disinformation", "1": "disinformation", "false": "credible", "0": "credible"}
_TECHNIQUES = {
    "reference_error": "reference_error",
    "whataboutism": "whataboutism",
    "strawman": "straw_man",
    "emotional_content": "emotional_content",
    "cherry_picking": "cherry_picking",
    "false_cause": "false_cause",
    "misleading_clickbai": "misleading_clickbait",
    "anecdote": "anecdote",
    "leading_questions": "leading_questions",
    "exaggeration": "exaggeration",
    "quote_mining": "quote_mining",
}
"""By the name of its column, as the publisher's settings spell it."""


def read(path: Path) -> Found:
    """Read all articles, with the techniques that another table has for them."""
    files = found(path, "*.csv")
    techniques = {
        words(cells["article"]): _techniques(cells)
        for file in files
        for cells in _articles(file)
        if _TECHNIQUES.keys() & _lower(cells)
    }
    for file in files:
        for cells in _articles(file):
            if "disinformation" not in cells:
                continue
            label = _LABELS.get(_plain(cells["disinformation"]))
            text = words(cells["article"])
            if label is None:
                yield LeftOut("no label")
            else:
                yield Row(text, label, "pl", techniques=techniques.get(text))


def _articles(file: Path) -> Iterator[Mapping[str, Any]]:
    """Give the rows of a table that has articles; of any other, none."""
    try:
        yield from (cells for cells in table(file, ("article",)) if "article" in cells)
    except TableError:
        return


def _techniques(cells: Mapping[str, Any]) -> tuple[str, ...]:
    named = _lower(cells)
    return tuple(key for name, key in _TECHNIQUES.items() if _plain(named.get(name)) in _YES)


def _lower(cells: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name.lower(): value for name, value in cells.items()}


def _plain(value: object) -> str:
    """Return a truth value as it is written, whether by Python, pandas or a spreadsheet."""
    return str(value).strip().lower().removesuffix(".0")


_YES = frozenset({"true", "1"})
