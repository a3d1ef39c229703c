"""Which outlet an address belongs to."""

from __future__ import annotations

import re

import httpx2

_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_][\w-]+\.?(?::\d+)?(?:[/?#]\S*)?")
"""A name that is an address without its scheme."""
_CHANNEL = re.compile(
    r"(?:https?://)?(?:www\.)?(?:t|telegram)\.(?:me|dog)/(?:s/)?@?(?P<name>c/\d+|[a-z]\w{1,31})"
    r"(?:[/?#]\S*)?",
    re.IGNORECASE | re.ASCII,
)
_NO_CHANNELS = frozenset({"addlist", "addstickers", "iv", "joinchat", "proxy", "share", "socks"})


def channel_of(address: str) -> str | None:
    """Return the Telegram channel that an address leads to, as ``t.me/name``; else None.

    Examples
    --------
    >>> channel_of("https://t.me/s/Dzien"), channel_of("telegram.me/dzien/100")
    ('t.me/dzien', 't.me/dzien')
    """
    match = _CHANNEL.fullmatch(address.strip())
    name = match["name"].lower() if match else "joinchat"
    return None if name in _NO_CHANNELS else f"t.me/{name}"


def outlet_of(url: str) -> str | None:
    """Return the registered domain of an address, or its Telegram channel.

    The domain is the name that somebody registered below a public suffix, private suffixes
    included, by the public suffix list (publicsuffix.org) as the package `tld` brings it: no
    network is asked.

    Parameters
    ----------
    url
        An address.

    Returns
    -------
    str or None
        ``bbc.co.uk`` for ``https://news.bbc.co.uk/1``, ``paper.github.io`` for a paper there,
        ``t.me/dzien`` for a post of a channel; the whole host where it is a number or its suffix
        is unknown; None where there is no host.

    Examples
    --------
    >>> outlet_of("https://news.bbc.co.uk/1")
    'bbc.co.uk'
    """
    from tld import get_fld

    if channel := channel_of(url):
        return channel
    try:
        host = httpx2.URL(url).host.rstrip(".").lower()
    except (httpx2.InvalidURL, ValueError):
        return None
    if not host:
        return None
    domain = get_fld(f"http://{host}/", search_private=True, fail_silently=True)
    return str(domain or host)


def host_of(name: str) -> str | None:
    """Return the host of a name that is an address, with a scheme or without; else None.

    Examples
    --------
    >>> host_of("rt.com/news"), host_of("https://www.rt.com"), host_of("RT")
    ('rt.com', 'rt.com', None)
    """
    name = name.strip()
    if "://" not in name:
        if not _HOST.fullmatch(name):
            return None
        name = f"http://{name}"
    try:
        host = httpx2.URL(name).host
    except (httpx2.InvalidURL, ValueError):
        return None
    return host.rstrip(".").lower().removeprefix("www.") or None


def is_registered(name: str) -> bool:
    """Tell whether a name ends as domains do that can be registered (publicsuffix.org).

    Examples
    --------
    >>> is_registered("gazeta.by"), is_registered("feed.xml")
    (True, False)
    """
    from tld import get_fld

    host = host_of(name)
    return host is not None and get_fld(f"http://{host}/", fail_silently=True) is not None
