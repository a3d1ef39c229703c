"""The only way out to the network: to addresses that have been looked at first.

A host name is resolved once, every address it gives is checked, and the connection goes to one
of exactly those, so that nothing can answer one address to the check and another to the
connection. The name stays in the request and in the check of the certificate.
"""

from __future__ import annotations

import queue
import ssl
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import httpcore2
import httpx2

from krynica.classifier.errors import AddressError
from krynica.data.net.guard import Resolve, is_public, leads_here, not_public, system_resolve

_SECONDS = 30.0
"""Time for a request that brings no deadline of its own."""


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


def _left(deadline: Deadline, timeout: float | None, error: type[Exception]) -> float:
    seconds = deadline.left(timeout)
    if seconds <= 0:
        raise error("it took too long")
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
