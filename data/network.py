"""The only way out to the network: to addresses that have been looked at first.

A host name is resolved once, every address it gives is checked, and the connection goes to one
of exactly those, so that nothing can answer one address to the check and another to the
connection. The name stays in the request and in the check of the certificate.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpcore2
import httpx2

from classifier.errors import AddressError

Resolve = Callable[[str, int], Sequence[str]]
"""From a host name and a port to its addresses, as text. Raises ``OSError`` if there are none."""

_SECONDS = 30.0
"""Time for a request that brings no deadline of its own."""

_UNICAST = ipaddress.ip_network("2000::/3")
"""All of IPv6 that is given out for use between networks."""
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv4 addresses as a NAT64 gateway spells them, the IPv4 address in the last 32 bits."""
_BARRED = tuple(
    map(
        ipaddress.ip_network,
        (
            "192.0.0.0/24",  # protocol assignments; Python before 3.11.10 takes most for global
            "192.88.99.0/24",  # 6to4 relays
            "2001::/23",  # Teredo and other tunnels, which carry an IPv4 address inside
            "2001:db8::/32",  # documentation
            "3fff::/20",  # documentation
        ),
    )
)


class Deadline:
    """A moment by which everything has to be over.

    Parameters
    ----------
    seconds
        From now.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, most: float | None = None) -> float:
        """Return the seconds until then, but no more than `most`, and never below zero."""
        left = max(0.0, self._end - time.monotonic())
        return left if most is None else min(left, most)


def is_public(address: str) -> bool:
    """Tell whether an address is one of the open internet.

    Parameters
    ----------
    address
        IPv4 or IPv6, as text.

    Returns
    -------
    bool
        False for this machine, private and local networks, multicast, reserved and
        documentation ranges, and for IPv6 spellings of such IPv4 addresses.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if any(ip in network for network in _BARRED if network.version == ip.version):
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not ip.is_multicast and not ip.is_reserved
    inner = ip.ipv4_mapped or ip.sixtofour
    if ip in _TRANSLATED:
        inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if inner is not None:
        return is_public(str(inner))
    return ip in _UNICAST and ip.is_global and ip.scope_id is None


def leads_here(address: str) -> bool:
    """Tell whether an address is one of this machine's own, public ones among them.

    Nothing is sent: the system is asked which address it would send from, and it takes the
    target's own address only to speak to itself.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, 9))
            return bool(probe.getsockname()[0] == address)
    except OSError:
        return False


def system_resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system for the addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedTransport(httpx2.BaseTransport):
    """Carries requests to public addresses only, each over a connection of its own.

    Parameters
    ----------
    allow_private
        True to carry them anywhere.
    resolve
        Where addresses come from.
    verify
        What certificates are checked against; by default the system's trusted authorities. The
        environment has no say in it.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        resolve: Resolve = system_resolve,
        verify: ssl.SSLContext | None = None,
    ) -> None:
        self._allow_private = allow_private
        self._resolve = resolve
        self._verify = verify

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request; its extension ``deadline`` bounds all of it, the answer included.

        Raises
        ------
        classifier.errors.AddressError
            If the host has an address that is not public.
        httpx2.TransportError
            If it cannot be reached, or speaks no HTTP.
        """
        deadline = request.extensions.get("deadline") or Deadline(_SECONDS)
        if self._verify is None and request.url.scheme == "https":
            self._verify = httpx2.create_ssl_context(trust_env=False)
        backend = _Backend(self._resolve, deadline, allow_private=self._allow_private)
        pool = httpcore2.ConnectionPool(ssl_context=self._verify, network_backend=backend)
        try:
            with _translated():
                answer = pool.handle_request(_as_core(request))
        except BaseException:
            pool.close()
            raise
        return httpx2.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer, pool),
            extensions=answer.extensions,
        )


class _Backend(httpcore2.NetworkBackend):
    """Makes connections, to addresses that have been looked at."""

    def __init__(self, resolve: Resolve, deadline: Deadline, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._resolve = resolve
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        addresses = self._addresses(host, port, timeout)
        for address in addresses:
            if not self._allow_private and (not is_public(address) or leads_here(address)):
                raise AddressError(not_public(host))
        failure: Exception = httpcore2.ConnectError("the host has no address")
        for address in addresses:
            seconds = _left(self._deadline, timeout, httpcore2.ConnectTimeout)
            try:
                stream = httpcore2.SyncBackend().connect_tcp(
                    address, port, seconds, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _Connection(stream, self._deadline)
        raise failure

    def _addresses(self, host: str, port: int, timeout: float | None) -> Sequence[str]:
        """Resolve a name, and do not wait for it longer than for anything else."""
        answers: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        # The system's own call cannot be given up; a thread that waits for it can be left alone.
        threading.Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=self._deadline.left(timeout))
        except queue.Empty as error:
            raise httpcore2.ConnectTimeout("the name of the host was not found in time") from error
        if isinstance(answer, Exception):
            # As the library itself wraps what it meets: it drops causes, and keeps this.
            raise httpcore2.ConnectError(answer) from answer
        return answer


class _Connection(httpcore2.NetworkStream):
    """A connection none of whose waits lasts beyond the deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        seconds = _left(self._deadline, timeout, httpcore2.ReadTimeout)
        return self._stream.read(max_bytes, seconds)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        seconds = _left(self._deadline, timeout, httpcore2.WriteTimeout)
        self._stream.write(buffer, seconds)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        seconds = _left(self._deadline, timeout, httpcore2.ConnectTimeout)
        stream = self._stream.start_tls(ssl_context, server_hostname, seconds)
        return _Connection(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Body(httpx2.SyncByteStream):
    """The body of an answer, with whose end the connection ends."""

    def __init__(self, answer: httpcore2.Response, pool: httpcore2.ConnectionPool) -> None:
        self._answer = answer
        self._pool = pool

    def __iter__(self) -> Iterator[bytes]:
        with _translated():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
        self._pool.close()


def not_public(host: str) -> str:
    """Say that a host may not be asked."""
    return f"{host} leads to this machine or a private network, where nothing is fetched from."


def _left(deadline: Deadline, timeout: float | None, error: type[Exception]) -> float:
    seconds = deadline.left(timeout)
    if seconds <= 0:
        raise error("the time for the whole of it is over")
    return seconds


def _as_core(request: httpx2.Request) -> httpcore2.Request:
    url = request.url
    return httpcore2.Request(
        method=request.method,
        url=httpcore2.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        ),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


@contextmanager
def _translated() -> Iterator[None]:
    """Raise what the lower library raises as the error of the same name of the upper one."""
    try:
        yield
    except (
        httpcore2.TimeoutException,
        httpcore2.NetworkError,
        httpcore2.ProtocolError,
    ) as error:
        raise getattr(httpx2, type(error).__name__)(str(error)) from error
