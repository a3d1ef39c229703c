"""What is at an address, fetched within limits of time, size and trust.

All that is fetched goes through `Fetcher`, with one transport, one loop over redirects and, where
it is polite, one over tries (`data.net.politeness`).
"""

from __future__ import annotations

import importlib.metadata
import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import httpx2

from krynica.classifier.errors import AddressError
from krynica.classifier.sentence import Sentence
from krynica.data.net.answers import Download, Limits, read_answer
from krynica.data.net.failures import as_sentences
from krynica.data.net.politeness import Politeness
from krynica.data.net.transport import Deadline, GuardedTransport
from krynica.data.net.urls import checked, shown_url

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""Statuses of answers that lead to another address."""
_UNCHANGED = 304


@dataclass(frozen=True)
class _Wanted:
    """What is asked for: `Fetcher.get` explains it."""

    kinds: Collection[str]
    limits: Limits
    etag: str | None = None
    modified: str | None = None


class Fetcher:
    """Fetches what is at addresses, from several threads if need be.

    Parameters
    ----------
    allow_private
        True to allow addresses of this machine and of private networks.
    transport
        What carries the requests instead of `data.net.transport.GuardedTransport`. It then answers
        for where a host name leads; addresses written as numbers are refused here all the same.
    limits
        What a fetch may cost.
    delay
        None to send a request at once, and once: for the one page that a person asks for. Else
        the fetcher is polite: so many seconds lie between two requests to a host, at least, its
        robots.txt is kept to, and a server that is out of order is asked again after a while.
    stop
        Set by whoever wants the pauses to end: what is being fetched then fails.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        transport: httpx2.BaseTransport | None = None,
        limits: Limits | None = None,
        delay: float | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        self._allow_private = allow_private
        self._transport = transport or GuardedTransport(allow_private=allow_private)
        self._limits = limits or Limits()
        self._politeness = None if delay is None else Politeness(self._robots, delay, stop)

    def get(
        self,
        url: str,
        *,
        kinds: Collection[str],
        etag: str | None = None,
        modified: str | None = None,
        limits: Limits | None = None,
    ) -> Download:
        """Fetch what is at an address; each redirect is looked at as the address itself is.

        Parameters
        ----------
        url
            http or https, without a user name.
        kinds
            Content types that are taken; ``*/*`` takes any.
        etag, modified
            Of the version that is already there: the answer may be that it is still the one.
        limits
            Of this fetch, where they are others.

        Raises
        ------
        classifier.errors.AddressError
            If it may not be fetched, or gives nothing of these kinds;
            `data.net.politeness.is_passing` tells whether another day may bring more.
        """
        wanted = _Wanted(kinds, limits or self._limits, etag, modified)
        polite = self._politeness
        if polite is None:
            return self._at_once(url, wanted)

        def send(target: httpx2.URL) -> Download | httpx2.URL:
            return polite.ask(
                target, lambda: self._send(target, wanted, Deadline(wanted.limits.total))
            )

        return self._follow(url, wanted.limits, send)

    def _robots(self, url: str) -> bytes:
        return self._at_once(url, _Wanted(("text/plain", "*/*"), self._limits)).data

    def _at_once(self, url: str, wanted: _Wanted) -> Download:
        deadline = Deadline(wanted.limits.total)
        return self._follow(url, wanted.limits, lambda target: self._send(target, wanted, deadline))

    def _follow(
        self, url: str, limits: Limits, send: Callable[[httpx2.URL], Download | httpx2.URL]
    ) -> Download:
        """Ask wherever an address leads."""
        target: str | httpx2.URL = url
        for _ in range(limits.redirects + 1):
            found = send(checked(target, allow_private=self._allow_private))
            if isinstance(found, Download):
                return found
            target = found
        raise too_many_redirects(url, limits)

    def _send(
        self, target: httpx2.URL, wanted: _Wanted, deadline: Deadline
    ) -> Download | httpx2.URL:
        """Send one request; return what came, or the address to which it leads."""
        limits = wanted.limits
        headers = {
            "Accept": ", ".join(wanted.kinds),
            "Accept-Encoding": "gzip, deflate",
            "If-None-Match": wanted.etag,
            "If-Modified-Since": wanted.modified,
        }
        client = client_of(self._transport, limits.wait, headers)
        with (
            as_sentences(target, limits.wait, limits.total, deadline),
            client.stream("GET", target, extensions={"deadline": deadline}) as response,
        ):
            if response.status_code in REDIRECTS and "location" in response.headers:
                return target.join(response.headers["location"])
            if response.status_code == _UNCHANGED and (wanted.etag or wanted.modified):
                return Download(
                    str(response.url), "", None, b"", wanted.etag, wanted.modified, unchanged=True
                )
            return read_answer(response, wanted.kinds, limits, deadline)


def client_of(
    transport: httpx2.BaseTransport, wait: float, headers: Mapping[str, str | None]
) -> httpx2.Client:
    """Return what sends requests under Krynica's name, whatever the environment says.

    It is made anew for each request, so that no cookie goes from one to another.

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


def too_many_redirects(url: str, limits: Limits) -> AddressError:
    """Say that an address leads on and on."""
    return AddressError(
        Sentence(
            "{url} leads on to other addresses more than {most:d} times.",
            url=shown_url(url),
            most=limits.redirects,
        )
    )


def _version() -> str:
    try:
        return importlib.metadata.version("krynica")
    except importlib.metadata.PackageNotFoundError:
        return "0"
