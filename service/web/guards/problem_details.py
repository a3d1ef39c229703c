"""What Starlette's own guards refuse in plain text, as a problem with our sentence."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from krynica.service.web.problems import Problem, refuse


class ProblemDetails:
    """Answers with a problem in place of a plain refusal.

    Parameters
    ----------
    app
        What answers.
    details
        One sentence for each status that is refused in plain text.
    """

    def __init__(self, app: ASGIApp, details: Mapping[int, str]) -> None:
        self._app = app
        self._details = details

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, and word what became of it."""
        problem: Problem | None = None

        async def worded(message: Message) -> None:
            nonlocal problem
            if message["type"] == "http.response.start" and _is_plain(message):
                detail = self._details.get(message["status"])
                problem = None if detail is None else Problem(message["status"], detail)
            if problem is None:
                await send(message)

        await self._app(scope, receive, worded if scope["type"] == "http" else send)
        if problem is not None:
            await refuse(problem, scope, receive, send)


def _is_plain(message: Message) -> bool:
    return Headers(raw=message["headers"]).get("content-type", "").startswith("text/plain")
