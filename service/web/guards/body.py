"""A body is read whole before anything looks at it, within a time."""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from krynica.service.web.problems import Problem, busy, refuse


class WholeBody:
    """Refuses bodies that are compressed or too slow, and holds only so much of all of them.

    Parameters
    ----------
    app
        What answers.
    most
        Bytes of bodies that are held at once.
    seconds
        Time for all of it to arrive.
    """

    def __init__(self, app: ASGIApp, most: int, seconds: float) -> None:
        self._app = app
        self._most = most
        self._seconds = seconds
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = bytearray()
        try:
            _refuse_compressed(scope)
            whole = await self._read(receive, body)
        except Problem as problem:
            await refuse(problem, scope, receive, send)
        else:
            if whole:
                await self._app(scope, _once(bytes(body), receive), send)
        finally:
            self._held -= len(body)

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
        if self._held + len(piece) > self._most:
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


def _refuse_compressed(scope: Scope) -> None:
    encoding = Headers(scope=scope).get("content-encoding", "identity")
    if encoding.strip().lower() not in {"identity", ""}:
        raise Problem(400, "Compressed bodies are not accepted; send it uncompressed.")
