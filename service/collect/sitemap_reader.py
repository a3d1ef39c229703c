"""What one sitemap holds: read in a process of its own, for sitemaps lie.

It answers ``{"pages": […], "sitemaps": […], "left_out": …}``, or ``{"refused":
reason}`` with a reason of `data.sitemaps`. The largest that the protocol allows, 50,000 addresses
in 50 MB, is read in some seconds: its elements are let go as they come.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zlib
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

from krynica.data.readers.child import RefusedError, refusing, serve

MEMORY = 768_000_000
"""Bytes of address space."""
SECONDS = 20
"""Seconds of processor time."""
UNPACKED = 52_428_800
"""Bytes of a sitemap; the protocol allows 50 MB."""
MOST = 50_000
"""Addresses that are read; the protocol allows as many."""
_SHORT = 2_000
"""Characters of an address or a title."""

_GZIP = b"\x1f\x8b"
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_HARMFUL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")
_LINE = re.compile(r"https?://\S+", re.IGNORECASE)


@refusing
def read(_head: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Read a sitemap; a failure of whatever kind is a reason."""
    return _read(_unpacked(data))


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(_GZIP):
        return data
    unpacker = zlib.decompressobj(wbits=31)
    unpacked = unpacker.decompress(data, UNPACKED)
    if unpacker.unconsumed_tail:
        raise RefusedError("bomb")
    if not unpacker.eof:
        raise RefusedError("damaged")
    return unpacked


def _read(data: bytes) -> dict[str, Any]:
    if len(data) > UNPACKED:
        raise RefusedError("bomb")
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _lines(data)
    # Other encodings than UTF-8 are against the protocol, and hide such words from nobody but us:
    # the parser below expands no entity all the same.
    if _ENTITY.search(data):
        raise RefusedError("entities")
    return _xml(data)


def _lines(data: bytes) -> dict[str, Any]:
    """Read the protocol's plain form: an address a line."""
    lines = data.decode("utf-8-sig", "replace").split()
    if not lines or not all(map(_LINE.fullmatch, lines)):
        raise RefusedError("no_sitemap")
    entries = [{"url": line[:_SHORT]} for line in lines[:MOST]]
    return {"pages": entries, "sitemaps": [], "left_out": len(lines) - len(entries)}


def _xml(data: bytes) -> dict[str, Any]:
    found: dict[str, list[dict[str, Any]]] = {"url": [], "sitemap": []}
    roots: set[str] = set()
    left_out = 0
    for name, entry in _elements(data, roots):
        if len(found[name]) < MOST:
            found[name] += [entry] if "url" in entry else []
        else:
            left_out += 1
    if not roots & {"urlset", "sitemapindex"}:
        raise RefusedError("no_sitemap")
    return {"pages": found["url"], "sitemaps": found["sitemap"], "left_out": left_out}


def _elements(data: bytes, roots: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the entries one after the other, with what they are; note how the first is called."""
    from lxml import etree

    events = etree.iterparse(
        io.BytesIO(data),
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    for event, element in events:
        name = _name(element)
        if not roots:
            roots.add(name)
        if event == "end" and name in {"url", "sitemap"}:
            yield name, _entry(element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _entry(element: Any) -> dict[str, Any]:
    # Names are told without their namespaces: many sitemaps have these wrong.
    own, news = _texts(element), dict[str, str | None]()
    for child in element:
        if _name(child) == "news":
            news = _texts(child)
    found = {
        "url": own.get("loc"),
        "modified": _day(own.get("lastmod")),
        "title": news.get("title"),
        "published": _day(news.get("publication_date")),
    }
    return {name: value for name, value in found.items() if value is not None}


def _texts(element: Any) -> dict[str, str | None]:
    return {_name(child): _text(child) for child in element}


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _text(element: Any) -> str | None:
    return " ".join(_HARMFUL.sub(" ", element.text or "").split())[:_SHORT] or None


def _day(text: str | None) -> str | None:
    """Return the day of a moment by ISO 8601, or by the older form of mails, as some write it."""
    if text is None:
        return None
    try:
        day = dt.date.fromisoformat(text[:10])
    except ValueError:
        try:
            day = parsedate_to_datetime(text).date()
        except ValueError:
            return None
    return day.isoformat() if 1970 < day.year < 2100 else None


if __name__ == "__main__":
    serve(read, memory=MEMORY, seconds=SECONDS)
