"""What every reader of a public corpus gives: rows, and a reason for each row that is none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a labelled corpus.

    Parameters
    ----------
    text, label
        As in any labelled corpus; a label that Krynica does not learn from is its publisher's.
    lang
        Two letters, or None where the corpus does not say: it is then detected on reading.
    kind
        ``article``, ``passage`` or ``post``.
    outlet, date, title, url
        Of the article, as far as known; dates by ISO 8601.
    doc
        What passages of one article have in common.
    techniques
        Names of the techniques it is marked for, or None where nobody looked for any.
    """

    text: str
    label: str
    lang: str | None = None
    kind: str = "article"
    outlet: str | None = None
    date: str | None = None
    title: str | None = None
    url: str | None = None
    doc: str | None = None
    techniques: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something in a published file that is no row.

    Parameters
    ----------
    why
        The reason, in a few words; what is alike is counted together.
    """

    why: str


@dataclass(frozen=True, slots=True)
class Pointer:
    """A row whose text is not published, only where it was.

    Parameters
    ----------
    id
        What the corpus calls it.
    addresses
        To be tried one after the other.
    row
        The rest of it.
    """

    id: str
    addresses: tuple[str, ...]
    row: Row


Found = Iterator[Row | LeftOut | Pointer]
"""What a reader gives, in the order of the files."""
Read = Callable[[Path], Found]
"""A reader: given a published file, or the folder that holds them, unpacked."""


def passage(
    text: str,
    techniques: tuple[str, ...],
    lang: str,
    doc: str,
    *,
    kind: str = "passage",
    marked: bool | None = None,
) -> Row:
    """Return a passage that people looked at: persuasive if they marked anything in it.

    Parameters
    ----------
    text, techniques, lang, doc, kind
        As for `Row`.
    marked
        Whether they did, where the corpus says so apart from the techniques.
    """
    label = "persuasive" if (bool(techniques) if marked is None else marked) else "plain"
    return Row(text, label, lang, kind, doc=doc, techniques=techniques)


_ISO = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)")
_REVERSED = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_NAMED = re.compile(r"(\d{1,2}) ([A-Z][a-z]{2})[a-z]*\.?,? (\d{4})(?!\d)")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def day(written: str | None) -> str | None:
    """Return the day with which a moment begins, by ISO 8601, or None if there is none.

    Read are ``2019-12-31``, ``2019/12/31``, ``20191231``, ``31-12-2019`` (the day first) and
    ``31 Dec, 2019``, whatever follows.
    """
    written = (written or "").strip()
    if match := _ISO.match(written):
        year, month, number = map(int, match.groups())
    elif match := _REVERSED.match(written):
        number, month, year = map(int, match.groups())
    elif (match := _NAMED.match(written)) and match[2] in _MONTHS:
        number, month, year = int(match[1]), _MONTHS.index(match[2]) + 1, int(match[3])
    else:
        return None
    try:
        return dt.date(year, month, number).isoformat()
    except ValueError:
        return None
