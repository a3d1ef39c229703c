"""Addresses as they are written: which may be asked for, and how they are shown."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import httpx2

from krynica.classifier.errors import AddressError
from krynica.classifier.sentence import Sentence
from krynica.data.net.guard import is_public, not_public

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_TRACKER = re.compile(r"utm_\w+|[a-z]{1,3}clid|mc_[ce]id|_openstat|igshid", re.IGNORECASE)
"""Names in a query that say where a reader came from."""
_LISTING = re.compile(
    r"/(tags?|categor(y|ies)|authors?|search|page/\d+|feed|rss)(/[^/]*)?/?$", re.IGNORECASE
)
"""How the addresses of lists end in the systems that most publishers use."""


def checked(url: str | httpx2.URL, *, allow_private: bool) -> httpx2.URL:
    """Return an address that may be asked for, as far as its letters tell.

    Raises
    ------
    classifier.errors.AddressError
        If it is no address of the web, holds a user name, or names a private network.
    """
    try:
        known = httpx2.URL(url.strip() if isinstance(url, str) else url).copy_with(fragment=None)
    except (httpx2.InvalidURL, ValueError) as error:
        raise AddressError(Sentence("“{url}” is not an address.", url=shown_url(url))) from error
    if known.scheme not in {"http", "https"} or not known.host:
        raise AddressError(Sentence("“{url}” is not an http or https address.", url=shown_url(url)))
    if known.port is not None and not 0 < known.port < 65536:
        raise AddressError(
            Sentence("“{url}” is not an address: there is no such port.", url=shown_url(url))
        )
    if known.userinfo:
        message = Sentence(
            "The address of {host} has a user name in it, which is never sent.", host=known.host
        )
        raise AddressError(message)
    if not allow_private and _is_private(known.host):
        raise AddressError(not_public(known.host))
    return known


def is_address(source: str) -> bool:
    """Tell an address from the path of a file."""
    return bool(_ADDRESS.match(source))


def web_address(url: str | None, base: str) -> str | None:
    """Return a link as a whole address of the web, or None."""
    if url is None:
        return None
    try:
        whole = urljoin(base, url) if is_address(base) else url
    except ValueError:
        return None
    return whole if whole.lower().startswith(("http://", "https://")) else None


def shown_url(url: str | httpx2.URL) -> str:
    """Return an address as it can be put in a sentence on one line, without secrets."""
    if isinstance(url, httpx2.URL):
        url = str(url.copy_with(userinfo=b""))
    printable = "".join(char if char.isprintable() else "�" for char in url.strip())
    return printable if len(printable) <= 200 else printable[:200] + "…"


def _is_private(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        name = host.lower().rstrip(".")
        return name == "localhost" or name.endswith(".localhost")
    return not is_public(host)


def address_key(url: str) -> str:
    """Return by what an address is known again, however it was written.

    Case of the host, the scheme, a ``www.``, marks of where readers came from, the order of a
    query, a fragment and a slash at the end make no difference.
    """
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
        host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return url
    pairs = sorted(parse_qsl(parts.query, keep_blank_values=True))
    query = urlencode([pair for pair in pairs if not _TRACKER.fullmatch(pair[0])])
    return f"{host}{port}{parts.path.rstrip('/')}{query and f'?{query}'}"


def is_listing(url: str) -> bool:
    """Tell from its letters an address that lists articles: a front page, a tag, an author."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return False
    return not path.strip("/") or _LISTING.search(path) is not None
