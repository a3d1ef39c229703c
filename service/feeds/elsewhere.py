"""Where more of a feed is, or the feed itself: older posts of a channel, and a site's feeds."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit, urlunsplit

from krynica.data.feeds.feed import Site
from krynica.data.feeds.feed_links import USUAL
from krynica.data.net.urls import is_address, web_address
from krynica.data.outlets import channel_of

PAGES = 10
"""Pages of a channel that are read in one run, of twenty posts each: days of a busy one."""


def shows_channel(base: str) -> bool:
    """Tell an address that shows a channel from that of one of its posts, and from a file."""
    return is_address(base) and not urlsplit(base).path.rpartition("/")[2].isdigit()


def older(base: str, number: int) -> str:
    """Return where the posts before one are."""
    return urlunsplit(urlsplit(base)._replace(query=f"before={number}", fragment=""))


def candidates(site: Site, base: str) -> list[str]:
    """Return where a site's feed may be: where its page says so, else where feeds usually are."""
    named = [web_address(place, base) for place in site.feeds]
    usual = [] if named or channel_of(base) or not is_address(base) else USUAL
    places = [place for place in named if place] + [urljoin(base, path) for path in usual]
    return list(dict.fromkeys(places))
