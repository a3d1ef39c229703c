"""Articles from the web: one address, one page or document."""

from __future__ import annotations

import httpx2

from krynica.classifier.errors import AddressError
from krynica.classifier.sentence import Sentence
from krynica.data.documents.document import is_document, read_document
from krynica.data.documents.document_kinds import CONTENT_TYPES
from krynica.data.documents.pages import Page, extract, read_text
from krynica.data.net.answers import Download, Limits
from krynica.data.net.fetcher import Fetcher
from krynica.data.net.urls import shown_url

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
    encoding: str | None = None,
) -> Page:
    """Fetch the article at an address.

    Parameters
    ----------
    url
        http or https, without a user name.
    allow_private, transport, limits
        Whether private networks are fetched from, what carries requests, and their limits.
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
    return page_of(fetcher.get(url, kinds=READ_KINDS), encoding=encoding)


def page_of(found: Download, *, encoding: str | None = None) -> Page:
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
        url, kind = shown_url(found.url), found.kind
        raise AddressError(
            Sentence("{url} gives {kind}, which is not read here.", url=url, kind=kind)
        )
    name = f"The page {found.url}"
    if found.kind == "text/plain":
        return read_text(found.data, name=name, declared=found.charset, encoding=encoding)
    return extract(found.data, name=name, declared=found.charset, encoding=encoding)
