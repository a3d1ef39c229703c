"""The articles of pages and of items of feeds: read in a process of its own, for pages lie.

For each document it writes what `articles.ReadArticle` holds, or ``{"refused": reason}``.
"""

from __future__ import annotations

from typing import Any

from krynica.classifier.errors import UnreadableError
from krynica.data.decoding import decode
from krynica.data.documents.doubts import TEASER
from krynica.data.documents.finding.walls import WallError
from krynica.data.documents.pages import Page, declared_encoding, extract, without_giants
from krynica.data.feeds.feed import FeedItem
from krynica.data.feeds.item_text import text_of
from krynica.data.readers.child import RefusedError, refusing, serve
from krynica.service.collect.extraction import measure, own_address
from krynica.service.collect.not_articles import what_instead

MEMORY = 1_000_000_000
"""Bytes of address space. The largest pages that are read, of 10 MB, take half of it."""
SECONDS = 3_600
"""Seconds of processor time; the clock of whoever asks bounds each document."""

_NAME = "The page"
_HARMFUL = dict.fromkeys([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xFFFE, 0xFFFF])
"""Characters that no text has."""


@refusing
def read(head: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Read one document; a failure of whatever kind is a reason.

    Parameters
    ----------
    head
        ``kind`` (``"page"`` or ``"item"``), ``url`` and ``charset``.
    data
        The document; of an item its HTML in UTF-8.
    """
    try:
        return _read(head, data)
    except WallError as wall:
        nothing = dict.fromkeys(("complete", "running", "unlinked"), 0.0)
        named = {"title": None, "text": "", "date": None, "own_url": None}
        return {**named, **nothing, "instead": wall.kind}
    except UnreadableError as error:
        raise RefusedError("no_article") from error


def _read(head: dict[str, Any], data: bytes) -> dict[str, Any]:
    from lxml.html import HTMLParser, document_fromstring

    url = head["url"]
    html = decode(data, name=_NAME, declared=head["charset"] or declared_encoding(data))
    if head["kind"] == "item":
        page = Page(None, text_of(FeedItem(None, url, None, None, html, is_html=True)))
    else:
        page = extract(html, name=_NAME, url=url)
    text = page.text.translate(_HARMFUL).strip()
    letters = without_giants(html).encode("utf-8", "replace")
    tree = document_fromstring(letters, parser=HTMLParser(encoding="utf-8"))
    own = own_address(tree) if head["kind"] == "page" else None
    found = measure(tree, text)
    return {
        "title": None if page.title is None else page.title.translate(_HARMFUL),
        "text": text,
        "date": page.date,
        "own_url": own,
        "complete": found.complete,
        "running": found.running,
        "unlinked": found.unlinked,
        "instead": what_instead(page.title, text, found) or _doubted(page),
    }


def _doubted(page: Page) -> str | None:
    return "a teaser" if TEASER in page.doubts else None


if __name__ == "__main__":
    serve(read, memory=MEMORY, seconds=SECONDS)
