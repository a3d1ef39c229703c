"""Sitemaps (sitemaps.org), with their indexes and the news in them, from bytes to addresses."""

from __future__ import annotations

from dataclasses import dataclass

from krynica.classifier.errors import NothingToReadError, UnreadableError
from krynica.data.readers.pool import read_once

SITEMAP_KINDS = ("application/xml", "text/xml", "text/plain", "application/gzip", "*/*")
"""Content types to ask for. What comes is told by its bytes."""

MOST_DEPTH = 4
"""How far an index may lead to others. The protocol knows one level; publishers use two."""

_SECONDS = 60.0
"""Seconds a sitemap may take to read on a busy machine; of the processor's it has twenty."""

_REFUSALS = {
    "bomb": "unpacks to more than a sitemap may hold, and was not read",
    "slow": "takes too long to read",
    "damaged": "is damaged and cannot be read",
    "no_sitemap": "is not a sitemap",
    "entities": "declares entities of its own, which no sitemap needs, and was not read",
}


@dataclass(frozen=True)
class SitemapEntry:
    """An address in a sitemap.

    Parameters
    ----------
    url
        As it is written there.
    modified
        ISO day on which it changed, or None.
    title, published
        Of a piece of news: headline, and ISO day; or None.
    """

    url: str
    modified: str | None = None
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True)
class Sitemap:
    """What a sitemap holds.

    Parameters
    ----------
    pages
        Of a sitemap proper.
    sitemaps
        Of an index: other sitemaps.
    left_out
        How many more there are than are read.
    """

    pages: tuple[SitemapEntry, ...]
    sitemaps: tuple[SitemapEntry, ...]
    left_out: int


def read_sitemap(data: bytes, *, name: str) -> Sitemap:
    """Read a sitemap or an index of sitemaps: XML, or a list of lines, packed by gzip or not.

    Parameters
    ----------
    data
        All of it.
    name
        What to call it in an error, at the beginning of a sentence.

    Raises
    ------
    classifier.errors.UnreadableError
        If it is none, is damaged, or takes more time and memory than a sitemap should.
    """
    if not data.strip():
        raise NothingToReadError(f"{name} is empty.")
    outcome = read_once("krynica.service.collect.sitemap_reader", data, seconds=_SECONDS)
    if "refused" in outcome:
        raise UnreadableError(f"{name} {_REFUSALS.get(outcome['refused'], _REFUSALS['damaged'])}.")
    pages, sitemaps = (
        tuple(SitemapEntry(**entry) for entry in outcome[kind]) for kind in ("pages", "sitemaps")
    )
    return Sitemap(pages, sitemaps, outcome["left_out"])
