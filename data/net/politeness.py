"""Manners of a fetcher: one request at a time, seldom, and only where it is welcome."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

import httpx2

from krynica.classifier.errors import (
    AddressError,
    GivenUpError,
    StatusError,
    UnknownHostError,
    UnreachableError,
)
from krynica.data.net.hosts import Host, Site
from krynica.data.net.robots import Robots
from krynica.data.net.urls import shown_url

TRIES = 3
"""How often a request is made where the reason that it failed may pass."""
MOST_FAILURES = 3
"""Requests to a server that may fail one after the other, each with its tries, before it is left
alone for this run."""
MOST_DELAY = 30.0
"""Seconds between requests beyond which a robots.txt is not heard."""
MOST_WAIT = 60.0
"""Seconds that a server may ask to be left alone for; where it wants more, it is for this run."""

_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_Found = TypeVar("_Found")


def is_passing(error: Exception) -> bool:
    """Tell whether what went wrong with an address may be over at another time."""
    if isinstance(error, StatusError):
        return error.status in _PASSING
    return isinstance(error, UnreachableError)


class Politeness:
    """Decides for one run when a request is made, and whether it is.

    A host is asked one thing at a time, with a pause after each, and never for what its
    robots.txt forbids. Where a server is out of order it is asked again after a while, then given
    up.

    Parameters
    ----------
    robots
        Fetches the robots.txt at an address.
    delay
        Seconds between two requests to a host, at least; the first pause before a second try is
        twice as long, and each further one twice that.
    stop
        Set by whoever wants the pauses to end: what is being fetched then fails.
    """

    def __init__(
        self, robots: Callable[[str], bytes], delay: float, stop: threading.Event | None = None
    ) -> None:
        self._fetch_robots = robots
        self._delay = delay
        self._stop = stop or threading.Event()
        self._hosts: defaultdict[str, Host] = defaultdict(Host)
        self._adding = threading.Lock()

    def ask(self, url: httpx2.URL, request: Callable[[], _Found]) -> _Found:
        """Make a request for an address, where and when that is polite.

        Raises
        ------
        classifier.errors.AddressError
            If the address is not to be asked for, or the request failed for good.
        """
        with self._adding:
            host = self._hosts[url.host]
        with host.lock:
            root = str(url.copy_with(raw_path=b"/"))
            site = host.sites[root]
            if host.is_unknown:
                raise GivenUpError(f"{url.host} was given up: its host name is unknown.")
            if site.given_up:
                raise GivenUpError(f"{url.host} was given up: {site.given_up}.")
            if not self._robots(host, site, root).allows(str(url)):
                raise AddressError(f"The robots.txt of {url.host} forbids {shown_url(url)}.")
            return self._patiently(host, site, request)

    def _robots(self, host: Host, site: Site, root: str) -> Robots:
        """Return the rules of a site, asked for once in a run.

        As RFC 9309 has it (2.3.1), a site without them allows everything, and one that is out of
        order allows nothing, which may pass.
        """
        if site.robots is None:
            site.robots = self._ask_robots(host, site, root)
        if isinstance(site.robots, UnreachableError):
            raise UnreachableError(*site.robots.args)
        host.delay = max(host.delay, min(site.robots.delay, MOST_DELAY))
        return site.robots

    def _ask_robots(self, host: Host, site: Site, root: str) -> Robots | UnreachableError:
        try:
            data = self._patiently(host, site, lambda: self._fetch_robots(f"{root}robots.txt"))
        except StatusError as error:
            out_of_order = is_passing(error) or error.status >= 500
            return UnreachableError(*error.args) if out_of_order else Robots()
        except UnreachableError:
            raise
        except AddressError:
            return Robots()
        return Robots(data)

    def _patiently(self, host: Host, site: Site, request: Callable[[], _Found]) -> _Found:
        """Make a request when it is time, and again where what went wrong may pass."""
        again = 0
        while True:
            again += 1
            self._pause(host.free - time.monotonic())
            asked = 0.0
            try:
                found = request()
            except UnknownHostError:
                # Names do not come back within seconds; without a network all are unknown.
                host.is_unknown = True
                raise
            except AddressError as error:
                asked = _asked(error)
                backoff = self._delay * 2.0**again
                if not is_passing(error) or again == TRIES or max(asked, backoff) > MOST_WAIT:
                    _count(site, error, asked)
                    raise
            else:
                site.failures = 0
                return found
            finally:
                wait = asked if asked <= MOST_WAIT else 0.0
                host.free = time.monotonic() + max(self._delay, host.delay, wait)
            self._pause(backoff)

    def _pause(self, seconds: float) -> None:
        if seconds > 0 and self._stop.wait(seconds):
            raise UnreachableError("The run was stopped.")


def _asked(error: AddressError) -> float:
    """Return the seconds that a server that is out of order wants to be left alone for."""
    return error.wait or 0.0 if isinstance(error, StatusError) and is_passing(error) else 0.0


def _count(site: Site, error: AddressError, asked: float) -> None:
    """Note that a request failed for good."""
    site.failures = site.failures + 1 if is_passing(error) else 0
    if asked > MOST_WAIT:
        site.given_up = "it asked to be left alone for longer than a run lasts"
    elif site.failures >= MOST_FAILURES:
        site.given_up = "it failed again and again"
