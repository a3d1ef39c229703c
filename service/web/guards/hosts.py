"""The service answers to its own names alone: a page of elsewhere cannot rebind one to it."""

from __future__ import annotations

from collections.abc import Collection

from starlette.types import ASGIApp, Receive, Scope, Send

from krynica.service.web.problems import Problem, refuse

HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})


class KnownHosts:
    """Refuses requests whose ``Host`` is neither this machine nor one of the names.

    Parameters
    ----------
    app
        What answers.
    hosts
        Names beside those of this machine.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = HERE | set(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, or refuse it."""
        if scope["type"] != "http" or _name(scope) in self._hosts:
            await self._app(scope, receive, send)
            return
        detail = "The service is not known by this name; the setting “hosts” lists its names."
        await refuse(Problem(400, detail), scope, receive, send)


def _name(scope: Scope) -> str:
    host: str = dict(scope["headers"]).get(b"host", b"").decode("latin-1").lower()
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdecimal() else host
