"""A web site on this machine, which every test furnishes for itself."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """Answers by path, and remembers what it was asked.

    Parameters
    ----------
    answers
        From a path to what answers there.
    asked
        Path and headers of each request so far.
    """

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                site.answers[self.path](self)
                self.close_connection = True

            def log_message(self, *_: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: Any) -> None:
                """A client that hangs up is what many of these tests are about."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = int(self.server.server_address[1])
        self.url = f"http://127.0.0.1:{self.port}"

    def secure(self, context: ssl.SSLContext) -> None:
        """Speak TLS from now on."""
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)

    def page(self, path: str, body: bytes, kind: str | None = "text/html", **headers: str) -> None:
        """Answer at a path with a body; header names have underscores for hyphens."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(200)
            if kind:
                request.send_header("Content-Type", kind)
            for name, value in headers.items():
                request.send_header(name.replace("_", "-"), value)
            request.send_header("Content-Length", str(len(body)))
            request.end_headers()
            request.wfile.write(body)

        self.answers[path] = answer

    def redirect(self, path: str, location: str, status: int = 302) -> None:
        """Lead from a path to another address."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            request.send_header("Location", location)
            request.send_header("Content-Length", "0")
            request.end_headers()

        self.answers[path] = answer


@contextmanager
def serving() -> Iterator[Site]:
    """Serve a site without pages, on a port of its own."""
    site = Site()
    thread = threading.Thread(target=site.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield site
    site.server.shutdown()
    site.server.server_close()
    thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    """A site without pages, on a port of its own."""
    with serving() as site:
        yield site
