"""What is at an address, within limits of time, size and trust."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import httpx2

from krynica.classifier.errors import AddressError, StatusError
from krynica.classifier.sentence import Sentence
from krynica.data.failures import as_sentences, retry_after
from krynica.data.network import Deadline, GuardedTransport
from krynica.data.urls import checked, shown_url

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""Statuses of answers that lead to another address."""
_GOOD = frozenset({200, 203})
_UNCHANGED = 304
_COMPRESSIONS = frozenset({"", "identity", "gzip", "deflate"})


@dataclass(frozen=True)
class Limits:
    """What a fetch may cost.

    Parameters
    ----------
    wait
        Seconds to wait for a connection, and for each next piece of the answer.
    total
        Seconds for all of it, redirects included.
    size
        Bytes of the answer once decompressed.
    redirects
        How often an address may lead on to another.
    """

    wait: float = 10.0
    total: float = 30.0
    size: int = 10_000_000
    redirects: int = 5


@dataclass(frozen=True)
class Download:
    """What an address gave.

    Parameters
    ----------
    url
        The address it came from in the end.
    kind
        Content type, without parameters.
    charset
        Encoding by the header, or None.
    data
        The bytes, decompressed.
    etag, modified
        What the server will know this version by, or None.
    unchanged
        True where the server says that the version asked about is still the one, and sends none.
    """

    url: str
    kind: str
    charset: str | None
    data: bytes
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False


@dataclass(frozen=True)
class Redirect:
    """Another address, to which one led; not yet looked at."""

    url: httpx2.URL


def download(
    url: str,
    *,
    kinds: Collection[str],
    allow_private: bool = False,
    transport: httpx2.BaseTransport | None = None,
    limits: Limits | None = None,
) -> Download:
    """Fetch what is at an address.

    Parameters
    ----------
    url
        http or https, without a user name.
    kinds
        Content types that are taken; ``*/*`` takes any.
    allow_private
        True to allow addresses of this machine and of private networks.
    transport
        What carries the requests instead of `data.network.GuardedTransport`. It then answers
        for where a host name leads; addresses written as numbers are refused here all the same.
    limits
        What it may cost.

    Returns
    -------
    Download

    Raises
    ------
    classifier.errors.AddressError
        If the address may not be fetched, or gives nothing of these kinds.
    """
    limits = limits or Limits()
    deadline = Deadline(limits.total)
    target: str | httpx2.URL = url
    for _ in range(limits.redirects + 1):
        found = ask(
            target,
            kinds=kinds,
            allow_private=allow_private,
            transport=transport,
            limits=limits,
            deadline=deadline,
        )
        if isinstance(found, Download):
            return found
        target = found.url
    raise too_many_redirects(url, limits)


def ask(
    url: str | httpx2.URL,
    *,
    kinds: Collection[str],
    etag: str | None = None,
    modified: str | None = None,
    allow_private: bool = False,
    transport: httpx2.BaseTransport | None = None,
    limits: Limits | None = None,
    deadline: Deadline | None = None,
) -> Download | Redirect:
    """Send one request, and follow no redirect.

    Parameters
    ----------
    url, kinds, allow_private, transport, limits
        As for `download`.
    etag, modified
        Of the version that is already there: the answer may be that it is still the one.
    deadline
        By which the answer has to be there; else `Limits.total` from now.

    Raises
    ------
    classifier.errors.AddressError
        As `download`.
    """
    limits = limits or Limits()
    deadline = deadline or Deadline(limits.total)
    target = checked(url, allow_private=allow_private)
    headers = {
        "Accept": ", ".join(kinds),
        "Accept-Encoding": "gzip, deflate",
        "If-None-Match": etag,
        "If-Modified-Since": modified,
    }
    transport = transport or GuardedTransport(allow_private=allow_private)
    client = client_of(transport, limits.wait, headers)
    with (
        as_sentences(target, limits.wait, limits.total, deadline),
        client.stream("GET", target, extensions={"deadline": deadline}) as response,
    ):
        if response.status_code in REDIRECTS and "location" in response.headers:
            return Redirect(target.join(response.headers["location"]))
        if response.status_code == _UNCHANGED and (etag or modified):
            return Download(str(response.url), "", None, b"", etag, modified, unchanged=True)
        return _read(response, kinds, limits, deadline)


def client_of(
    transport: httpx2.BaseTransport, wait: float, headers: Mapping[str, str | None]
) -> httpx2.Client:
    """Return what sends requests under Krynica's name, whatever the environment says.

    Parameters
    ----------
    transport
        What carries them.
    wait
        Seconds to wait for a connection, and for each next piece of the answer.
    headers
        Of each request; those that are None are left out.
    """
    return httpx2.Client(
        transport=transport,
        trust_env=False,
        timeout=wait,
        headers={
            "User-Agent": f"krynica/{_version()}",
            **{name: value for name, value in headers.items() if value is not None},
        },
    )


def refused(response: httpx2.Response) -> StatusError:
    """Say that a server answered with a status that is no success."""
    said = f"{response.status_code} {response.reason_phrase}".strip()
    return StatusError(
        Sentence("{url} answered {said}.", url=shown_url(response.url), said=said),
        response.status_code,
        retry_after(response.headers.get("retry-after", "")),
    )


def too_many_redirects(url: str, limits: Limits) -> AddressError:
    """Say that an address leads on and on."""
    return AddressError(
        Sentence(
            "{url} leads on to other addresses more than {most:d} times.",
            url=shown_url(url),
            most=limits.redirects,
        )
    )


def _read(
    response: httpx2.Response, kinds: Collection[str], limits: Limits, deadline: Deadline
) -> Download:
    url, headers = shown_url(response.url), response.headers
    if response.status_code not in _GOOD:
        raise refused(response)
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in kinds and "*/*" not in kinds:
        raise AddressError(
            Sentence(
                "{url} gives {kind}, which is not read here.",
                url=url,
                kind=kind or Sentence("something unnamed"),
            )
        )
    if headers.get("content-encoding", "").strip().lower() not in _COMPRESSIONS:
        raise AddressError(
            Sentence("{url} is compressed in a way that was not asked for.", url=url)
        )
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > limits.size:
            raise AddressError(
                Sentence("{url} is larger than {most:g} MB.", url=url, most=limits.size / 1e6)
            )
        if not deadline.left():
            raise httpx2.ReadTimeout("the time for the whole of it is over")
    return Download(
        str(response.url),
        kind,
        response.charset_encoding,
        bytes(data),
        headers.get("etag"),
        headers.get("last-modified"),
    )


def _version() -> str:
    try:
        return importlib.metadata.version("krynica")
    except importlib.metadata.PackageNotFoundError:
        return "0"
