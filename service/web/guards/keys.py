"""Who asks must bring a key, where the operator gave any out."""

from __future__ import annotations

import base64
import binascii
import hmac
import os
from collections.abc import Sequence
from hashlib import blake2b

from pydantic import SecretStr
from starlette.types import ASGIApp, Receive, Scope, Send

from krynica.service.web.problems import Problem, refuse

OPEN = frozenset({"/health", "/ready"})
"""What tells that the service is alive needs no key."""

_SCHEMES = (
    ("WWW-Authenticate", "Bearer"),
    ("WWW-Authenticate", 'Basic realm="Krynica", charset="UTF-8"'),
)


class Keys:
    """Refuses requests without a key.

    A program sends it as ``Authorization: Bearer KEY``; a browser asks for a user name, which may
    be anything, and takes the key for the password.

    Parameters
    ----------
    app
        What answers.
    keys
        The keys. Only hashes of them are kept.
    """

    def __init__(self, app: ASGIApp, keys: Sequence[SecretStr]) -> None:
        self._app = app
        self._secret = os.urandom(32)
        self._known = [self._hash(key.get_secret_value().encode()) for key in keys]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, or refuse it."""
        if scope["type"] != "http" or scope["path"] in OPEN or self._is_known(_key(scope)):
            await self._app(scope, receive, send)
            return
        problem = Problem(401, "Missing or invalid key.", *_SCHEMES)
        await refuse(problem, scope, receive, send)

    def _is_known(self, key: bytes) -> bool:
        given = self._hash(key)
        # All are compared, each in constant time: how long it takes tells nothing.
        return any([hmac.compare_digest(given, known) for known in self._known])  # noqa: C419

    def _hash(self, key: bytes) -> bytes:
        return blake2b(key, key=self._secret).digest()


def _key(scope: Scope) -> bytes:
    header: bytes = dict(scope["headers"]).get(b"authorization", b"")
    scheme, _, value = header.partition(b" ")
    value = value.strip()
    if scheme.lower() == b"bearer":
        return value
    if scheme.lower() != b"basic":
        return b""
    try:
        return base64.b64decode(value, validate=True).partition(b":")[2]
    except binascii.Error:
        return b""
