"""What may be an article: items of feeds, addresses in sitemaps, saved pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from krynica.classifier.errors import UnreadableError
from krynica.data.documents.files import read_bounded
from krynica.data.feeds.feed import Feed
from krynica.data.feeds.item_text import WHOLE, plain_title
from krynica.data.net.urls import address_key, is_listing, web_address
from krynica.service.collect.sitemaps import SitemapEntry
from krynica.service.collect.warc import captures


@dataclass(frozen=True)
class Page:
    """A page that is at hand; None in place of its bytes where they are too many."""

    data: bytes | None
    charset: str | None = None


@dataclass(frozen=True)
class Candidate:
    """What may be an article, before it was read.

    Parameters
    ----------
    key
        By what it is known, or None where it names no page.
    url
        Its address, or None.
    title
        As its source has it, or None.
    published
        ISO day by its source, or None.
    modified
        ISO day on which it changed, or None: it is no younger than that.
    html
        The text that a feed gives, where it may be all of it.
    page
        If it is at hand.
    is_list
        Whether its address is that of a list.
    """

    key: str | None
    url: str | None
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    html: str | None = None
    page: Page | None = None
    is_list: bool = False


def of_feed(feed: Feed, base: str) -> Iterator[Candidate]:
    """Yield the items of a feed at an address."""
    for item in feed.items:
        url = web_address(item.url, base)
        content = item.content
        if not item.is_html:
            content = "".join(f"<p>{escape(line)}</p>" for line in content.splitlines())
        yield Candidate(
            None if url is None else address_key(url),
            url,
            title=plain_title(item.title),
            published=None if item.published is None else item.published[:10],
            html=content if len(content.split()) >= WHOLE else None,
        )


def of_sitemap(entries: tuple[SitemapEntry, ...], base: str) -> Iterator[Candidate]:
    """Yield the addresses of a sitemap, what is new first."""
    for entry in newest_first(entries):
        url = web_address(entry.url, base)
        yield Candidate(
            None if url is None else address_key(url),
            url,
            title=entry.title,
            published=entry.published,
            modified=entry.modified,
            is_list=url is not None and is_listing(url),
        )


def newest_first(entries: tuple[SitemapEntry, ...]) -> list[SitemapEntry]:
    """Return entries by their days, those without one last, else in their order."""
    return sorted(entries, key=lambda one: one.published or one.modified or "", reverse=True)


def of_file(path: Path, key: str) -> Iterator[Candidate]:
    """Yield the page that somebody saved, by what it is known."""
    try:
        page = Page(read_bounded(path))
    except UnreadableError:
        page = Page(None)
    yield Candidate(key, None, page=page)


def of_warc(path: Path) -> Iterator[Candidate]:
    """Yield the pages of a web archive."""
    for capture in captures(path):
        page = Page(capture.data, capture.charset)
        url = web_address(capture.url, "http://")
        key = None if url is None else address_key(url)
        yield Candidate(key, url, page=page, is_list=url is not None and is_listing(url))
