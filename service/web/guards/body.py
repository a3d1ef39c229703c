"""A body is read whole before anything looks at it, within limits of size and time."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from krynica.service.web.problems import Problem, busy, refuse

_BODIES = 16
"""Bodies of the greatest size that a process holds at once, or smaller ones that weigh the same."""


class WholeBody:
    """Refuses bodies that are too large, too slow, or compressed.

    Parameters
    ----------
    app
        What answers.
    max_bytes
        Size of the largest body.
    seconds
        Time for all of it to arrive.
    """

    def __init__(self, app: ASGIApp, max_bytes: int, seconds: float) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._seconds = seconds
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = bytearray()
        try:
            self._check_headers(dict(scope["headers"]))
            whole = await self._read(receive, body)
        except Problem as problem:
            await refuse(problem, scope, receive, send)
        else:
            if whole:
                await self._app(scope, _once(bytes(body), receive), send)
        finally:
            self._held -= len(body)

    def _check_headers(self, headers: dict[bytes, bytes]) -> None:
        if headers.get(b"content-encoding", b"identity").strip().lower() not in {b"identity", b""}:
            raise Problem(400, "A compressed body is not taken; send it as it is.")
        declared = headers.get(b"content-length", b"0")
        if len(declared) > 18 or int(declared) > self._max_bytes:
            raise self._too_large()

    def _too_large(self) -> Problem:
        return Problem(413, f"The body is larger than {self._max_bytes / 1e6:g} MB.")

    async def _read(self, receive: Receive, body: bytearray) -> bool:
        """Read a body; tell whether its end came, and not that of the connection."""
        try:
            async with asyncio.timeout(self._seconds):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return False
                    self._hold(message.get("body", b""), body)
                    if not message.get("more_body", False):
                        return True
        except TimeoutError:
            detail = f"The body did not arrive within {self._seconds:g} seconds."
            raise Problem(408, detail) from None

    def _hold(self, piece: bytes, body: bytearray) -> None:
        if len(body) + len(piece) > self._max_bytes:
            raise self._too_large()
        if self._held + len(piece) > _BODIES * self._max_bytes:
            raise busy("The service holds too many large texts; try again in a moment.")
        body += piece
        self._held += len(piece)


def _once(body: bytes, receive: Receive) -> Receive:
    """Give the body as one message, then what the connection says."""
    given = False

    async def give() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return give
