"""A limit on requests per client, known only as a keyed hash and only to this process."""

from __future__ import annotations

import ipaddress
import os
import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b

from starlette.types import ASGIApp, Receive, Scope, Send

from krynica.service.web.problems import busy, refuse

FREE = frozenset({"/health", "/ready"})
"""What watchers ask all the time, and costs nothing."""


class Rate:
    """Refuses requests of a client that asks too often: a bucket of tokens for each.

    Parameters
    ----------
    app
        What answers.
    per_minute
        Tokens that come back in a minute.
    burst
        Tokens of a full bucket.
    clock
        Seconds that never go back.
    clients
        Clients remembered; the one that asked longest ago is forgotten first.
    """

    def __init__(
        self,
        app: ASGIApp,
        per_minute: float,
        burst: int,
        clock: Callable[[], float] = time.monotonic,
        clients: int = 10_000,
    ) -> None:
        self._app = app
        self._per_second = per_minute / 60
        self._burst = burst
        self._clock = clock
        self._most = clients
        self._secret = os.urandom(32)
        self._buckets: OrderedDict[bytes, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, or refuse it."""
        if scope["type"] != "http" or scope["path"] in FREE:
            await self._app(scope, receive, send)
            return
        wait = self._take(self._hash(scope["client"]))
        if wait:
            problem = busy("Too many requests from one client; try again shortly.", wait)
            await refuse(problem, scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _take(self, client: bytes) -> float:
        """Take a token; return the seconds until there is one where there is none."""
        now = self._clock()
        tokens, then = self._buckets.pop(client, (float(self._burst), now))
        tokens = min(self._burst, tokens + (now - then) * self._per_second)
        wait = 0.0 if tokens >= 1 else (1 - tokens) / self._per_second
        self._buckets[client] = (tokens if wait else tokens - 1, now)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return wait

    def _hash(self, client: tuple[str, int] | None) -> bytes:
        name = _network(client[0]) if client else ""
        return blake2b(name.encode(), key=self._secret, digest_size=16).digest()


def _network(address: str) -> str:
    """Return what one client may have many of as one: of IPv6, the network of 64 bits."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return str(ipaddress.IPv6Address(int(ip) >> 64 << 64))
    return str(ip)
