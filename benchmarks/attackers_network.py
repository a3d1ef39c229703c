"""The service on a network of the attacker's: names lead where they like, and change their mind.

Started by ``hostile.py``. A name is public at the first look, where the attacker's own page
answers, and leads inwards at the next.
"""

from __future__ import annotations

import os
import random
import socket
from collections.abc import Sequence
from urllib.parse import urlsplit

import httpx2
import uvicorn

from krynica.data.documents.pages import Page
from krynica.data.net.addresses import fetch
from krynica.data.net.transport import GuardedTransport
from krynica.service.process import quiet_libraries
from krynica.service.server.app import create_app
from krynica.service.web.protocol import PatientProtocol
from krynica.service.web.scorer import Scorer
from krynica.service.web.settings import read_settings

PORT = int(os.environ.get("ATTACKED_PORT", "80"))
_INSIDE = ("127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "0.0.0.0")  # noqa: S104


class Network(httpx2.BaseTransport):
    """Answers the first request of a fetch, and lets the guarded way carry the next."""

    def __init__(self) -> None:
        self._asked = 0
        self._guarded = GuardedTransport(resolve=self._resolve)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Lead on to somewhere inside."""
        self._asked += 1
        kind = request.url.host.partition(".")[0]
        if kind in {"mixed", "late"} or (self._asked > 1 and kind != "endless"):
            return self._guarded.handle_request(request)
        target = {
            "turning": f"http://turning.example:{PORT}/",
            "moved": f"http://{random.choice(('127.0.0.1', 'localhost', '[::1]'))}:{PORT}/",  # noqa: S311
            "endless": "/again",
        }.get(kind, f"http://inside.example:{PORT}/")
        return httpx2.Response(302, headers={"Location": target})

    def _resolve(self, host: str, _port: int) -> Sequence[str]:
        inside = random.choice(_INSIDE)  # noqa: S311
        return ["93.184.216.34", inside] if host.startswith("mixed") else [inside]


def from_there(url: str) -> Page:
    """Fetch an article on this network."""
    return fetch(url, transport=Network() if urlsplit(url).scheme else None)


def main() -> None:
    """Serve on a free port."""
    quiet_libraries()
    app = create_app(read_settings(), scorer=Scorer(fetcher=from_there))
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"Krynica is at http://127.0.0.1:{listener.getsockname()[1]}/", flush=True)
    config = uvicorn.Config(app, http=PatientProtocol, ws="none", log_config=None, access_log=False)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
