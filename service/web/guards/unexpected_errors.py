"""An error nobody thought of becomes one sentence, and is written down nowhere."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from krynica.service.errors import explain, sentence
from krynica.service.web.problems import Problem, busy


class UnexpectedErrors:
    """Answers 500 where an error comes through; its message may quote a text, so it stays here."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except asyncio.CancelledError:
            # The server stops and waits no longer; the rest of its end is not this request's.
            if not started:
                await busy("The service is stopping; try again later.").response()(
                    scope, receive, send
                )
        except Exception as error:  # noqa: BLE001  # whatever it is, the server logs it otherwise
            explain(error)
            if isinstance(error, OSError):
                error.filename = None  # where things lie on this machine is not for who asks
            if not started:
                await Problem(500, sentence(error)).response()(scope, receive, send)
