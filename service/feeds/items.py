"""An item of a feed: what it is known by, which cells it brings, and where its text is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from krynica.classifier.answer import Reason
from krynica.classifier.errors import GivenUpError, KrynicaError
from krynica.data.feeds.feed import Feed, FeedItem
from krynica.data.feeds.item_text import is_whole, plain_title, text_of
from krynica.data.net.addresses import READ_KINDS, page_of
from krynica.data.net.fetcher import Fetcher
from krynica.data.net.politeness import is_passing
from krynica.data.net.urls import is_address, web_address
from krynica.data.outlets import outlet_of
from krynica.service.errors import explain
from krynica.service.rows import Cells

TextFrom = Literal["auto", "feed", "page"]
"""Where the text of an item is taken from; auto: the feed where it has all of it, else the page."""

_UNIQUE = ("tag:", "urn:")
"""What ids begin with that are unique in the world (RFC 4151, RFC 8141), beside addresses."""

NO_TEXT = "The feed gives no text of the item."
_NO_PAGE = "The feed gives no text of the item, and no address where it could be read."


@dataclass(frozen=True)
class ItemText:
    """The text of an item, or one sentence that says why there is none.

    Parameters
    ----------
    text, error
        One of the two is None.
    passing
        Whether another day may bring the text.
    asked
        False where the page was not asked for, as its host was given up.
    doubts
        Why the text may not be all of the article.
    """

    text: str | None
    error: str | None = None
    passing: bool = False
    asked: bool = True
    doubts: tuple[Reason, ...] = ()


def resolved(place: str, base: str) -> str | None:
    """Return where a list of feeds points to, or None where that may not be opened.

    Parameters
    ----------
    place
        As the list has it.
    base
        Address or path of the list. What was fetched never leads to a file of this machine.
    """
    if is_address(base):
        return web_address(place, base)
    return place if is_address(place) else str(Path(base).parent / place)


def keys_of(items: Sequence[FeedItem], feed: str, urls: Sequence[str | None]) -> list[str]:
    """Return by what the items of a feed are known.

    An id that is unique in the world by its form counts everywhere, another within its feed and
    with its link alone. Without an id it is the link; without that, title and time. Where items of
    a feed share that all the same, as some give one id to all, their links, titles and times count
    too, and in the end their texts.

    Parameters
    ----------
    items
        As the feed has them.
    feed
        Where it is.
    urls
        Of each item.
    """
    keys = [_key_of(item, feed, url) for item, url in zip(items, urls, strict=True)]
    more = ((url, item.title, item.published) for item, url in zip(items, urls, strict=True))
    keys = _told_apart(keys, feed, more)
    return _told_apart(keys, feed, (item.content for item in items))


def _key_of(item: FeedItem, feed: str, url: str | None) -> str:
    if item.id is not None:
        is_unique = is_address(item.id) or item.id.lower().startswith(_UNIQUE)
        return item.id if is_unique else f"{feed} {item.id} {url or ''}".rstrip()
    if url is not None:
        return url
    parts = (item.title, item.published) if item.title or item.published else (item.content,)
    return f"{feed} {_digest(parts)}"


def _told_apart(keys: list[str], feed: str, more: Iterable[object]) -> list[str]:
    """Return keys, those that several items share with more of each item in them."""
    counts = Counter(keys)
    return [
        key if counts[key] == 1 else f"{feed} {_digest((key, one))}"
        for key, one in zip(keys, more, strict=True)
    ]


def _digest(parts: object) -> str:
    return sha256(repr(parts).encode("utf-8", "replace")).hexdigest()


def cells_of(item: FeedItem, feed: Feed, place: str, url: str | None) -> Cells:
    """Return the cells that an item brings, by column."""
    outlet = (None if url is None else outlet_of(url)) or plain_title(feed.title)
    return {
        "outlet": item.outlet if item.is_post else outlet,
        "feed": place,
        "url": url,
        "title": plain_title(item.title),
        "published": item.published,
    }


def read_item(item: FeedItem, url: str | None, fetcher: Fetcher, wanted: TextFrom) -> ItemText:
    """Return the text of an item, of the feed or of its page; a teaser is not taken for the page.

    Of a post there is no more than the feed has.
    """
    own = text_of(item) if wanted != "page" or item.is_post else ""
    if wanted == "feed" or item.is_post or (wanted == "auto" and is_whole(own)):
        return ItemText(own) if own else ItemText(None, NO_TEXT)
    if url is None:
        return ItemText(own) if own else ItemText(None, _NO_PAGE)
    return read_page(url, fetcher)


def read_page(url: str, fetcher: Fetcher) -> ItemText:
    """Return the text of a page."""
    try:
        page = page_of(fetcher.get(url, kinds=READ_KINDS))
        return ItemText(page.text, doubts=page.doubts)
    except KrynicaError as error:
        asked = not isinstance(error, GivenUpError)
        return ItemText(None, explain(error), is_passing(error), asked)
