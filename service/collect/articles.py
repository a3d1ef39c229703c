"""Articles for a corpus: from the bytes of pages and of items of feeds, and how well found."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any, Self

from krynica.classifier.errors import UnreadableError
from krynica.data.readers.pool import ReaderPool
from krynica.service.collect.extraction import Extraction

_SECONDS = 30.0
"""Seconds an article may take to be found, on a busy machine."""
_MOST_READERS = 4

_REFUSALS = {
    "slow": "too slow to read",
    "bomb": "too large to read",
}


@dataclass(frozen=True)
class ReadArticle:
    """An article as it was found.

    Parameters
    ----------
    title
        Or None.
    text
        One paragraph a line.
    date
        ISO day on which it appeared by its page's word, or None.
    own_url
        The address that the page gives as its own, or None.
    extraction
        How well it was found.
    instead
        What it is that is no article, or None.
    """

    title: str | None
    text: str
    date: str | None
    own_url: str | None
    extraction: Extraction
    instead: str | None


class Articles:
    """Finds articles in processes of their own, from several threads; a context manager."""

    def __init__(self) -> None:
        count = min(_MOST_READERS, os.cpu_count() or 1)
        self._readers = ReaderPool(
            "krynica.service.collect.article_reader", count=count, seconds=_SECONDS
        )

    def __enter__(self) -> Self:
        """Begin nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes."""
        self._readers.__exit__()

    def of_page(self, data: bytes, url: str | None, charset: str | None = None) -> ReadArticle:
        """Find the article of a page.

        Parameters
        ----------
        data
            The page.
        url
            Its address, in which a date may stand.
        charset
            Encoding that its server gave.

        Raises
        ------
        classifier.errors.UnreadableError
            With the reason in few words, if there is none, or it takes more than it should.
        """
        return self._read({"kind": "page", "url": url, "charset": charset}, data)

    def of_item(self, html: str) -> ReadArticle:
        """Return the text of an item of a feed, of its HTML; errors as `of_page`."""
        data = html.encode("utf-8", "replace")
        return self._read({"kind": "item", "url": None, "charset": "utf-8"}, data)

    def _read(self, head: dict[str, Any], data: bytes) -> ReadArticle:
        found = self._readers.read(head, data)
        if "refused" in found:
            raise UnreadableError(_REFUSALS.get(found["refused"], "no article"))
        shares = (found[name] for name in ("complete", "running", "unlinked"))
        return ReadArticle(
            found["title"],
            found["text"],
            found["date"],
            found["own_url"],
            Extraction(*shares),
            found["instead"],
        )
