"""Feeds: RSS, Atom, RDF, JSON Feed, pages of Telegram, and OPML's lists, from bytes to items."""

from __future__ import annotations

import re
from dataclasses import dataclass

from krynica.classifier.errors import UnreadableError
from krynica.data.decoding import can_be, decode
from krynica.data.documents.pages import declared_encoding
from krynica.data.readers.pool import read_once

FEED_KINDS = (
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/xml",
    "text/xml",
    "*/*",
)
"""Content types to ask for. Servers call feeds anything, so what comes is told by its bytes."""

_SECONDS = 60.0
"""Seconds a feed may take to read on a busy machine; of the processor's it has ten."""

_REFUSALS = {
    "bomb": "unpacks to more than a feed should hold, and was not read",
    "slow": "takes too long to read",
    "damaged": "is damaged and cannot be read",
    "no_feed": "is not a feed: neither RSS, Atom, JSON Feed nor OPML",
    "entities": "declares entities of its own, which no feed needs, and was not read",
}

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NO_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""Characters that XML forbids. A feed with one of them would be read by guesswork."""


@dataclass(frozen=True)
class FeedItem:
    """One item, as its feed has it.

    Parameters
    ----------
    id
        By which the feed knows it again, or None.
    url
        Address of its page as it is written there, or None.
    title
        Or None.
    published
        ISO 8601 in UTC, to the second, or None.
    content
        The longest text that the feed gives of it; empty where there is none.
    is_html
        Whether that is written in HTML.
    is_post
        Whether it is a post, of which the feed has all there is.
    outlet
        Where it is from, if its address does not say it: a forward, of a channel.
    """

    id: str | None
    url: str | None
    title: str | None
    published: str | None
    content: str
    is_html: bool
    is_post: bool = False
    outlet: str | None = None


@dataclass(frozen=True)
class Feed:
    """A feed, and how many items beyond the most that are read it has.

    Parameters
    ----------
    title, items
        As the feed has them.
    left_out
        Number of items beyond those.
    oldest
        Of a page of a Telegram channel, the number of its oldest post; older ones are on another.
    """

    title: str | None
    items: tuple[FeedItem, ...]
    left_out: int
    oldest: int | None = None


@dataclass(frozen=True)
class Outlines:
    """A list of feeds: addresses or paths as they are written there."""

    places: tuple[str, ...]


@dataclass(frozen=True)
class Site:
    """A web page: the feeds that it names, as they are written there, the likeliest first."""

    feeds: tuple[str, ...]


def read_feed(data: bytes, *, name: str, declared: str | None = None) -> Feed | Outlines | Site:
    """Read a feed, a list of feeds, or what a web page says of its feeds.

    Parameters
    ----------
    data
        All of it.
    name
        What to call it in an error, at the beginning of a sentence.
    declared
        Encoding that the server gives. What the letters and the feed itself say may outweigh it.

    Returns
    -------
    Feed or Outlines or Site

    Raises
    ------
    classifier.errors.UnreadableError
        If it is none of these, is damaged, or takes more time and memory than a feed should.
    """
    text = _decoded(data, name, declared)
    text = _NO_CHARACTERS.sub("", text).lstrip()
    if not text.startswith("{"):
        if "<!entity" in text.lower():
            raise _refused(name, "entities")
        text = _DECLARATION.sub("", text, count=1)
    outcome = read_once(
        "krynica.data.feeds.feed_reader", text.encode("utf-8", "replace"), seconds=_SECONDS
    )
    if "refused" in outcome:
        raise _refused(name, str(outcome["refused"]))
    if "outlines" in outcome:
        return Outlines(tuple(outcome["outlines"]))
    if "links" in outcome:
        return Site(tuple(outcome["links"]))
    items = tuple(FeedItem(**item) for item in outcome["items"])
    return Feed(outcome["title"], items, outcome["left_out"], outcome.get("oldest"))


def no_feed(name: str) -> UnreadableError:
    """Say that a web page stands where a feed should."""
    return UnreadableError(f"{name} is a web page, not a feed.")


def _decoded(data: bytes, name: str, declared: str | None) -> str:
    """Decode by what the server says; where that cannot be so, by what the feed says itself."""
    own = declared_encoding(data)
    if own is not None and declared is not None and not can_be(data, declared):
        declared = own
    return decode(data, name=name, declared=declared or own)


def _refused(name: str, reason: str) -> UnreadableError:
    return UnreadableError(f"{name} {_REFUSALS.get(reason, _REFUSALS['damaged'])}.")
