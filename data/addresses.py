"""Articles from the web: one address, one page or document."""

from __future__ import annotations

import httpx2

from krynica.classifier.errors import AddressError
from krynica.classifier.sentence import Sentence
from krynica.data.decoding import decode
from krynica.data.document_kinds import CONTENT_TYPES
from krynica.data.documents import is_document, read_document
from krynica.data.download import Download, Limits, download
from krynica.data.pages import Page, extract
from krynica.data.urls import shown_url

ARTICLE_KINDS = ("text/html", "application/xhtml+xml", "text/plain")
"""Content types of pages that may hold an article."""
READ_KINDS = (*ARTICLE_KINDS, *CONTENT_TYPES)
"""Content types that are read: of pages, and of documents and mails."""


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
        url, kinds=READ_KINDS, allow_private=allow_private, transport=transport, limits=limits
    )
    return page_of(found)


def page_of(found: Download) -> Page:
    """Return the article in what an address gave: a document where the first bytes say so.

    Raises
    ------
    classifier.errors.AddressError
        If it is neither a page nor a document.
    classifier.errors.UnreadableError
        If there is no article in it.
    """
    if is_document(found.data):
        return read_document(found.data, "")
    if found.kind not in ARTICLE_KINDS:
        raise AddressError(
            Sentence(
                "{url} gives {kind}, which is not read here.",
                url=shown_url(found.url),
                kind=found.kind or Sentence("something unnamed"),
            )
        )
    name = f"The page {found.url}"
    if found.kind == "text/plain":
        return Page(None, decode(found.data, name=name, declared=found.charset))
    return extract(found.data, name=name, declared=found.charset)
