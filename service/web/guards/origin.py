"""A page of another site cannot make a reader's browser send anything here."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from krynica.service.web.problems import Problem, refuse

_READING = frozenset({"GET", "OPTIONS"})
_OWN = frozenset({b"same-origin", b"none"})


class SameOrigin:
    """Refuses what a browser sends on behalf of another site; programs are no browsers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, or refuse it."""
        if scope["type"] != "http" or scope["method"] in _READING or _is_own(scope):
            await self._app(scope, receive, send)
            return
        problem = Problem(
            403, "This came from another site; only the service's own page may send it."
        )
        await refuse(problem, scope, receive, send)


def _is_own(scope: Scope) -> bool:
    headers: dict[bytes, bytes] = dict(scope["headers"])
    site, origin = headers.get(b"sec-fetch-site"), headers.get(b"origin")
    if site is not None:
        return site.strip().lower() in _OWN
    # An old browser says no more than where the page is from.
    return origin is None or _place(origin) == headers.get(b"host", b"").lower()


def _place(origin: bytes) -> bytes:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return b""
