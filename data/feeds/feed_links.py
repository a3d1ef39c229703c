"""Where a site has its feeds: what its page names, else where feeds usually are."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from lxml import etree
from lxml.html import document_fromstring

from krynica.data.documents.pages import without_giants

USUAL = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")
"""Where feeds are on sites that do not name theirs, the likeliest first."""
_MOST = 10
"""Feeds of a page that are told of; the first is nearly always that of all articles."""
_KINDS = re.compile(
    r"\s*(?:(?:application|text)/(?:(?:rss|atom|rdf)(?:\+xml)?|xml)|application/feed\+json)\b",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"comment|коммент|комент|камент|komentarz", re.IGNORECASE)


def feed_links(html: str) -> list[str]:
    """Return the feeds that a page names (``<link rel="alternate">``), those of comments last.

    Parameters
    ----------
    html
        The page.

    Returns
    -------
    list of str
        Addresses as they are written, or by the page's ``<base>``, each once.
    """
    try:
        tree = document_fromstring(without_giants(html))
    except (etree.LxmlError, ValueError):
        return []
    base = next((one.get("href", "") for one in tree.iterfind(".//base[@href]")), "")
    found: dict[str, bool] = {}
    for link in tree.iterfind(".//link[@href]"):
        is_feed = {"alternate", "feed"} & set(link.get("rel", "").lower().split())
        if is_feed and _KINDS.match(link.get("type", "")):
            place = _joined(base, link.get("href", "").strip())
            found.setdefault(place, bool(_COMMENTS.search(f"{place} {link.get('title', '')}")))
    return sorted(filter(None, found), key=found.__getitem__)[:_MOST]


def _joined(base: str, place: str) -> str:
    try:
        return urljoin(base, place)
    except ValueError:
        return place
