"""A limit on requests at once: memory is bounded, and the next one is told to come back."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from krynica.service.web.problems import busy, refuse


class Backpressure:
    """Refuses requests with a body while too many are read, wait or are answered.

    Parameters
    ----------
    app
        What answers.
    most
        Requests at once.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._free = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, or refuse it."""
        if scope["type"] != "http" or scope["method"] == "GET":
            await self._app(scope, receive, send)
        elif self._free <= 0:
            problem = busy("The service is busy; try again in a moment.")
            await refuse(problem, scope, receive, send)
        else:
            await self._admit(scope, receive, send)

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._free -= 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._free += 1
