"""Answers are sent piece by piece, no faster than they are read, and within a time limit."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PIECE = 65536


class BoundedDelivery:
    """Keeps a request going until its client has nearly all of the answer, or gives it up.

    The server takes whatever it is given into its own memory at once, and waits only before it
    takes more: in one piece, an answer that nobody reads would cost nobody a place.

    Parameters
    ----------
    app
        What answers.
    seconds
        Time for an answer to be read.
    """

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, and its answer in pieces."""

        async def hand_over(message: Message) -> None:
            # An answer that is cut short has the server end the connection.
            with suppress(TimeoutError):
                async with asyncio.timeout(self._seconds):
                    await _in_pieces(message, send)

        await self._app(scope, receive, hand_over if scope["type"] == "http" else send)


async def _in_pieces(message: Message, send: Send) -> None:
    rest = memoryview(message.get("body", b""))
    while len(rest) > _PIECE:
        await send({**message, "body": bytes(rest[:_PIECE]), "more_body": True})
        rest = rest[_PIECE:]
    await send({**message, "body": bytes(rest)} if rest else message)
