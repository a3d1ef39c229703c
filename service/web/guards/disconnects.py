"""Work for a client that disconnected is cancelled."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class EndsOnDisconnect:
    """Gives up a request whose connection ends before its answer; stands where bodies are whole."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, and look out for its end."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body: Message | None = await receive()
        gone = asyncio.ensure_future(receive())

        async def give() -> Message:
            nonlocal body
            given, body = body, None
            return given if given is not None else await asyncio.shield(gone)

        work = asyncio.ensure_future(self._app(scope, give, send))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            work.cancel()  # changes nothing where it is done
            await asyncio.wait({work, gone})
        if not work.cancelled():
            work.result()
