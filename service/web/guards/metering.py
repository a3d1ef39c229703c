"""Requests are counted and timed, by the template of their route and nothing else."""

from __future__ import annotations

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from krynica.service.web.metrics import Metrics


class Metering:
    """Tells `Metrics` of every answer.

    Parameters
    ----------
    app
        What answers.
    metrics
        What counts.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begin = time.perf_counter()
        status = None

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        await self._app(scope, receive, noted)
        if status is not None:
            route = getattr(scope.get("route"), "path", None) or "other"
            self._metrics.answered(scope["method"], route, status, time.perf_counter() - begin)
