"""Articles from the web: one address, one page."""

from __future__ import annotations

import httpx2

from krynica.data.net.answers import Download, Limits
from krynica.data.net.fetcher import Fetcher
from krynica.data.pages import Page, extract, read_text

ARTICLE_KINDS = ("text/html", "application/xhtml+xml", "text/plain")
"""Content types that may hold an article."""


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    transport: httpx2.BaseTransport | None = None,
    limits: Limits | None = None,
    encoding: str | None = None,
) -> Page:
    """Fetch the article at an address.

    Parameters
    ----------
    url
        http or https, without a user name.
    allow_private, transport, limits
        As for `data.net.fetcher.Fetcher`.
    encoding
        Codec of the text, if somebody knows it better than the server.

    Returns
    -------
    Page

    Raises
    ------
    classifier.errors.AddressError
        If the address may not be fetched, or gives no page.
    classifier.errors.UnreadableError
        If there is no article in the page.
    """
    fetcher = Fetcher(allow_private=allow_private, transport=transport, limits=limits)
    return page_of(fetcher.get(url, kinds=ARTICLE_KINDS), encoding=encoding)


def page_of(found: Download, *, encoding: str | None = None) -> Page:
    """Return the article in what an address gave.

    Raises
    ------
    classifier.errors.UnreadableError
        If there is none.
    """
    name = f"The page {found.url}"
    if found.kind == "text/plain":
        return read_text(found.data, name=name, declared=found.charset, encoding=encoding)
    return extract(found.data, name=name, declared=found.charset, encoding=encoding)
