"""What one feed holds: read in a process of its own, for feeds lie.

It answers ``{"title": …, "items": […], "left_out": …}``, of a page of Telegram with
``"oldest"`` beside; or ``{"outlines": […]}`` for a list of feeds, ``{"links": […]}`` for another
page, or ``{"refused": reason}`` with a reason of `data.feeds.feed`. Feeds of five million
bytes that people publish are read in two seconds and 60 MB; made to harm, such a feed takes
feedparser half a minute and 700 MB (tags within tags), or more than that (attributes).
"""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from krynica.data.feeds.feed_dates import moment
from krynica.data.readers.child import RefusedError, refusing, serve

MEMORY = 512_000_000
"""Bytes of address space."""
SECONDS = 10
"""Seconds of processor time."""
MOST_ITEMS = 1_000
"""Items of a feed that are read, the first ones. Feeds of news hold ten to two hundred."""
CONTENT = 500_000
"""Characters of an item's content that are read: a book has as many."""
_SHORT = 2_000
"""Characters of a title, an address or an id."""

_HARMFUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that no text has, which escapes can bring in all the same."""
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_ROOT = re.compile(rb"<(?:\w[\w.-]*:)?([A-Za-z]\w*)")
_HEAD = 10_000
"""Bytes in which the first element is looked for."""


@refusing
def read(_head: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Read a feed in UTF-8; a failure of whatever kind is a reason."""
    if data.lstrip().startswith(b"{"):
        return _json_feed(json.loads(data))
    root = _ROOT.search(_COMMENT.sub(b"", data[:_HEAD]))
    match root.group(1).lower() if root else b"":
        case b"opml":
            from krynica.data.feeds.opml import outlines

            return {"outlines": outlines(data)}
        case b"html" | b"head" | b"body" | b"title" | b"meta" | b"main" | b"section" | b"div":
            return _page(data.decode("utf-8", "replace"))
    return _xml_feed(data)


def _page(html: str) -> dict[str, Any]:
    """Read the posts of a page of Telegram; of another page the feeds that it names."""
    from krynica.data.documents.telegram import read_channel_page
    from krynica.data.feeds.feed_links import feed_links

    page = read_channel_page(html)
    if page is None:
        return {"links": feed_links(html)}
    posts = page.posts[-MOST_ITEMS:]
    items = [
        {
            "id": post.url,
            "url": post.url,
            "title": None,
            "published": post.published,
            "content": _HARMFUL.sub("", post.text[:CONTENT]),
            "is_html": False,
            "is_post": True,
            "outlet": post.outlet,
        }
        for post in posts
    ]
    return {
        "title": _short(page.title),
        "items": items,
        "left_out": len(page.posts) - len(posts),
        "oldest": min(post.number for post in posts),
    }


def _xml_feed(data: bytes) -> dict[str, Any]:
    """Read RSS, RDF and Atom."""
    import feedparser

    # From a stream of bytes it can open nothing, wherever these point to.
    found = feedparser.parse(
        io.BytesIO(data),
        sanitize_html=False,
        resolve_relative_uris=False,
        response_headers={"content-type": "application/xml; charset=utf-8"},
    )
    if not found.version and not found.entries:
        raise RefusedError("no_feed")
    items = [_xml_item(entry) for entry in found.entries[:MOST_ITEMS]]
    return {
        "title": _short(found.feed.get("title")),
        "items": items,
        "left_out": len(found.entries) - len(items),
    }


def _xml_item(entry: Any) -> dict[str, Any]:
    content, is_html = max(_contents(entry), key=lambda one: len(one[0]), default=("", False))
    moments = (moment(entry.get(key)) for key in ("published", "updated"))
    return {
        "id": _short(entry.get("id")),
        "url": _short(entry.get("link")),
        "title": _short(entry.get("title")),
        "published": next(filter(None, moments), None),
        "content": _HARMFUL.sub("", content[:CONTENT]),
        "is_html": is_html,
    }


def _contents(entry: Any) -> Iterator[tuple[str, bool]]:
    """Yield the texts of an item, and whether they are written in HTML."""
    details = [*entry.get("content", []), entry.get("summary_detail") or {}]
    for detail in details:
        if detail.get("value"):
            yield str(detail["value"]), detail.get("type") != "text/plain"


def _json_feed(feed: Any) -> dict[str, Any]:
    """Read JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1)."""
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise RefusedError("no_feed")
    entries = [entry for entry in feed["items"] if isinstance(entry, dict)]
    items = [_json_item(entry) for entry in entries[:MOST_ITEMS]]
    return {
        "title": _short(feed.get("title")),
        "items": items,
        "left_out": len(entries) - len(items),
    }


def _json_item(entry: dict[str, Any]) -> dict[str, Any]:
    named = [(entry.get(key), key) for key in ("content_html", "content_text", "summary")]
    texts = [(text, key == "content_html") for text, key in named if isinstance(text, str)]
    content, is_html = max(texts, key=_letters, default=("", False))
    return {
        "id": _short(entry.get("id")),
        "url": _short(entry.get("url") or entry.get("external_url")),
        "title": _short(entry.get("title")),
        "published": moment(entry.get("date_published")) or moment(entry.get("date_modified")),
        "content": _HARMFUL.sub("", content[:CONTENT]),
        "is_html": is_html,
    }


def _letters(content: tuple[str, bool]) -> int:
    """Return how many characters a text has beside white space, and beside tags if it is HTML."""
    text, is_html = content[0][:CONTENT], content[1]
    plain = html.unescape(_TAG.sub("", text)) if is_html else text
    return len("".join(plain.split()))


def _short(value: object) -> str | None:
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return None
    return " ".join(_HARMFUL.sub("", str(value)).split())[:_SHORT] or None


def main() -> None:
    """Read feeds from standard input until there are no more."""
    serve(read, memory=MEMORY, seconds=SECONDS)


if __name__ == "__main__":
    main()
