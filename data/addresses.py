"""Articles from the web: one address, one page."""

from __future__ import annotations

import httpx2

from krynica.data.decoding import decode
from krynica.data.download import Download, Limits, download
from krynica.data.pages import Page, extract

ARTICLE_KINDS = ("text/html", "application/xhtml+xml", "text/plain")
"""Content types that may hold an article."""


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    transport: httpx2.BaseTransport | None = None,
    limits: Limits | None = None,
) -> Page:
    """Fetch the article at an address.

    Parameters
    ----------
    url
        http or https, without a user name.
    allow_private
        True to allow addresses of this machine and of private networks.
    transport
        What carries the requests instead of `data.network.GuardedTransport`. It then answers
        for where a host name leads; addresses written as numbers are refused here all the same.
    limits
        What it may cost.

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
    found = download(
        url, kinds=ARTICLE_KINDS, allow_private=allow_private, transport=transport, limits=limits
    )
    return page_of(found)


def page_of(found: Download) -> Page:
    """Return the article in what an address gave.

    Raises
    ------
    classifier.errors.UnreadableError
        If there is none.
    """
    name = f"The page {found.url}"
    if found.kind == "text/plain":
        return Page(None, decode(found.data, name=name, declared=found.charset))
    return extract(found.data, name=name, declared=found.charset)
