"""EUvsDisinfo: articles that debunks expose, and articles that they cite, in many languages.

Shape as told by the authors' programs and by public programs that read ``euvsdisinfo_base.csv`` of
the Zenodo record 10514307: ``debunk_id``, ``article_id``, ``article_publisher``,
``article_domain``, ``article_url``, ``article_language``, ``debunk_date`` (day first) and
``class``; the authors' program also asks for ``archive_url``. There is no text in it. The table
that this program makes, ``euvsdisinfo.csv``, has ``article_text`` and ``article_title`` beside
these. Not tried on the published file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from krynica.data.corpora.files import found, table, words
from krynica.data.corpora.rows import Found, LeftOut, Pointer, Row, day
from krynica.data.outlets import outlet_of

_LABELS = {
    "disinformation": "propaganda",
    "trustworthy": "journalism",
    "support": "journalism",
}
"""``support`` is what an earlier edition calls what is cited."""

_ELSEWHERE = re.compile(
    r"archive\.(fo|is|li|md|org|ph|today|vn)|(ghostarchive|webcitation)\.org|perma\.cc|"
    r"(facebook|instagram|tiktok|twitter|vk|x|youtube)\.com|ok\.ru|t\.me|youtu\.be"
)
"""Archives and platforms: what stands there is somebody else's, and of both labels."""
_KEPT = re.compile(r".https?:/+(.+)", re.DOTALL)
"""The address that an archive kept, in the archive's own."""


def read(path: Path) -> Found:
    """Read the table; a row without text says where its text was, as a `Pointer`."""
    for file in found(path, "euvsdisinfo*.csv"):
        for cells in table(file, ("article_url", "class")):
            label = _LABELS.get(words(cells.get("class")).lower())
            if label is None:
                yield LeftOut("no label")
                continue
            row = _row(cells, label)
            addresses = (words(cells.get(name)) for name in ("article_url", "archive_url"))
            known = tuple(dict.fromkeys(filter(None, addresses)))
            if row.text:
                yield row
            elif known:
                yield Pointer(words(cells.get("article_id")) or known[0], known, row)
            else:
                yield LeftOut("neither text nor address")


def _row(cells: Mapping[str, Any], label: str) -> Row:
    url = words(cells.get("article_url"))
    return Row(
        words(cells.get("article_text")),
        label,
        _code(words(cells.get("article_language"))),
        outlet=_outlet(cells, url),
        # That of the debunk, which comes days to weeks after the article, where it is all there is.
        date=day(words(cells.get("published_date"))) or day(words(cells.get("debunk_date"))),
        title=words(cells.get("article_title")) or None,
        url=url or None,
        doc=words(cells.get("debunk_id")) or None,
    )


def _outlet(cells: Mapping[str, Any], url: str) -> str | None:
    """Return who published an article; None where only an archive or a platform is known."""
    kept = _KEPT.search(url)
    names = (
        words(cells.get("article_publisher")),
        words(cells.get("article_domain")),
        outlet_of(url),
        outlet_of(f"https://{kept[1]}") if kept else None,
    )
    return next((name for name in names if name and not _is_elsewhere(name)), None)


def _is_elsewhere(name: str) -> bool:
    return _ELSEWHERE.fullmatch(outlet_of(f"https://{name}") or "") is not None


def _code(language: str) -> str | None:
    """Return the code of a language that is named in English, or given as its code."""
    name = language.casefold()
    return name if len(name) == 2 else _codes().get(name)


@cache
def _codes() -> Mapping[str, str]:
    from babel import Locale

    names = Locale("en").languages.items()
    return {name.casefold(): code for code, name in names if len(code) == 2}
