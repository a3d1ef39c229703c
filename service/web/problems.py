"""Errors over HTTP: problem details (RFC 9457), one sentence each, no word of the request."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus

from fastapi.responses import JSONResponse
from starlette.types import Receive, Scope, Send

MEDIA_TYPE = "application/problem+json"
UNREADABLE = "The body cannot be read as JSON."

_DRAIN_SECONDS = 3.0
_DRAIN_BYTES = 32_000_000
"""What is read and forgotten of a body before its request is refused: a client that is still
writing would otherwise see a broken connection in place of the answer."""


class Problem(Exception):  # noqa: N818  # the standard's word
    """A request that is refused.

    Parameters
    ----------
    status
        HTTP status.
    detail
        One sentence.
    headers
        More headers of the answer; a name may come twice.
    """

    def __init__(self, status: int, detail: str, *headers: tuple[str, str]) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = headers

    def as_dict(self) -> dict[str, object]:
        """Return the members of the standard."""
        title = HTTPStatus(self.status).phrase
        return {
            "type": "about:blank",
            "title": title,
            "status": self.status,
            "detail": self.detail,
        }

    def response(self) -> JSONResponse:
        """Return the answer."""
        answer = JSONResponse(self.as_dict(), self.status, media_type=MEDIA_TYPE)
        for name, value in self.headers:
            answer.headers.append(name, value)
        return answer


def busy(detail: str, seconds: float = 1.0) -> Problem:
    """Tell a client to come back later."""
    return Problem(429, detail, ("Retry-After", str(max(1, round(seconds + 0.5)))))


async def refuse(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request whose body has not been read."""
    answer = problem.response()
    if problem.status == HTTPStatus.REQUEST_TIMEOUT or not await _drained(scope, receive):
        answer.headers["Connection"] = "close"
    await answer(scope, receive, send)


async def _drained(scope: Scope, receive: Receive) -> bool:
    """Read the rest of a body and forget it; tell whether its end came."""
    headers: Mapping[bytes, bytes] = dict(scope["headers"])
    if headers.get(b"expect", b"").lower() == b"100-continue":
        return False  # such a client waits for the answer before it sends anything
    left = _DRAIN_BYTES
    with suppress(TimeoutError):
        async with asyncio.timeout(_DRAIN_SECONDS):
            while left > 0:
                message = await receive()
                if not message.get("more_body", False):
                    return True
                left -= len(message.get("body", b""))
    return False
