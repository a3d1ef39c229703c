"""A web of forty small outlets on this machine, many of them slow, broken or lying.

All of 127/8 is this machine on Linux: outlet *n* is 127.0.1.n, and all listen at one port. The
articles were made up for these tests.
"""

from __future__ import annotations

import gzip
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.end_to_end.made_up_feeds import ITEMS, atom, items_of, json_feed, rdf, rss

OUTLETS = 40

BROKEN = {28, 30, 33, 34, 35, 36, 37, 40}
"""Outlets whose feeds cannot be read: they lead in circles, hang up, break off, unpack without
end, declare entities, are pages, are not there, and are forbidden."""
FORBIDDEN_PAGES = 23
"""Has teasers, and its robots.txt forbids the pages."""
SLOW, LYING_KIND, LYING_CODE, MOVED = 29, 31, 32, 27
FAILS_ONCE, TOO_MANY = 38, 39


class Web:
    """The servers; what was asked is counted.

    Parameters
    ----------
    asked
        Paths asked for, by outlet.
    unchanged
        Outlets that answered that their feed is as it was.
    fresh
        Items beyond the usual ones, by outlet.
    """

    def __init__(self) -> None:
        self.asked: Counter[tuple[int, str]] = Counter()
        self.unchanged: Counter[int] = Counter()
        self.fresh: Counter[int] = Counter()
        self.servers = self._listen()
        self.port = int(self.servers[0].server_address[1])

    def url(self, outlet: int, path: str = "") -> str:
        """Return an address of an outlet."""
        return f"http://127.0.1.{outlet}:{self.port}{path}"

    def opml(self) -> str:
        """Return a list of all feeds, in groups, one of them twice, one that leads to a file."""
        lines = [
            f'<outline text="{n}" xmlUrl="{self.url(n, "/feed")}"/>' for n in range(1, OUTLETS + 1)
        ]
        return (
            '<opml version="2.0"><body>'
            f'<outline text="first">{"".join(lines[:20])}</outline>{"".join(lines[20:])}{lines[0]}'
            '<outline text="file" xmlUrl="file:///etc/passwd"/></body></opml>'
        )

    def feed(self, outlet: int) -> str:
        """Return the feed of an outlet as it is now."""
        items, base = items_of(outlet, ITEMS + self.fresh[outlet]), self.url(outlet)
        if outlet in range(9, 15):
            return atom(items, base)
        if outlet in range(15, 19):
            return rdf(items, base)
        if outlet in range(19, 23):
            return json_feed(items, base)
        return rss(items, base, whole=outlet not in range(23, 27))

    def sitemap(self, outlet: int) -> str:
        """Return the sitemap of an outlet: its pages, one that is not there, one of another."""
        count = ITEMS + self.fresh[outlet]
        urls = [*(self.url(outlet, f"/{n}") for n in range(count)), self.url(outlet, "/none")]
        entries = "".join(f"<url><loc>{url}</loc></url>" for url in [*urls, self.url(1, "/0")])
        return f"<urlset>{entries}</urlset>"

    def _listen(self) -> list[ThreadingHTTPServer]:
        first = _server(self, 1, 0)
        port = int(first.server_address[1])
        return [first, *(_server(self, n, port) for n in range(2, OUTLETS + 1))]

    def answer(self, request: BaseHTTPRequestHandler, outlet: int) -> None:
        """Answer one request."""
        path = request.path
        self.asked[outlet, path] += 1
        if path == "/robots.txt":
            self._robots(request, outlet)
        elif path == "/opml":
            _send(request, self.opml().encode(), "text/x-opml")
        elif path == "/feed" and outlet in _ODD and _ODD[outlet](self, request, outlet):
            return
        elif path == "/sitemap.xml":
            _send(request, self.sitemap(outlet).encode(), "text/xml")
        elif path in {"/feed", "/moved"}:
            self._feed(request, outlet)
        elif path.strip("/").isdigit():
            text = items_of(outlet, ITEMS + self.fresh[outlet])[int(path[1:])]["text"]
            page = f"<html><body><nav>Menu</nav><article><p>{text}</p></article></body></html>"
            _send(request, page.encode(), "text/html; charset=utf-8")
        else:
            _send(request, b"", status=404)

    def _robots(self, request: BaseHTTPRequestHandler, outlet: int) -> None:
        rules = {
            40: b"User-agent: *\nDisallow: /",
            FORBIDDEN_PAGES: b"User-agent: *\nAllow: /feed\nDisallow: /",
        }
        if outlet in rules:
            _send(request, rules[outlet], "text/plain")
        else:
            _send(request, b"", status=404)

    def _feed(self, request: BaseHTTPRequestHandler, outlet: int) -> None:
        etag = f'"{outlet}-{self.fresh[outlet]}"'
        if request.headers.get("If-None-Match") == etag:
            self.unchanged[outlet] += 1
            _send(request, b"", status=304)
            return
        body = self.feed(outlet).encode()
        kind = "application/xml"
        if outlet == LYING_KIND:
            kind = "image/png"
        if outlet == LYING_CODE:
            body, kind = (
                self.feed(outlet).replace("Outlet", "Навіны горада").encode("cp1251"),
                "text/xml; charset=utf-8",
            )
        if outlet == SLOW:
            time.sleep(1)
        _send(request, body, kind, ETag=etag)


Handler = BaseHTTPRequestHandler


def _leads_on(_web: Web, request: Handler, outlet: int) -> bool:
    _send(request, b"", status=301, Location="/moved" if outlet == MOVED else "/feed")
    return True


def _hangs_up(_web: Web, request: Handler, _outlet: int) -> bool:
    request.close_connection = True
    return True


def _breaks_off(web: Web, request: Handler, outlet: int) -> bool:
    body = web.feed(outlet).encode()
    _send(request, body, "text/xml", Content_Length=str(2 * len(body)))
    return True


def _unpacks_without_end(_web: Web, request: Handler, _outlet: int) -> bool:
    body = gzip.compress(b"<rss>" + b" " * 30_000_000, 1)
    _send(request, body, "text/xml", Content_Encoding="gzip")
    return True


def _declares_entities(_web: Web, request: Handler, _outlet: int) -> bool:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE rss [<!ENTITY e0 "puppet">{bomb}]>'
    body = f"{head}<rss><channel><title>&e9;</title></channel></rss>"
    _send(request, body.encode(), "application/rss+xml")
    return True


def _is_a_page(_web: Web, request: Handler, _outlet: int) -> bool:
    _send(request, b"<!DOCTYPE html><html><body>Welcome</body></html>", "application/rss+xml")
    return True


def _is_not_there(_web: Web, request: Handler, _outlet: int) -> bool:
    _send(request, b"", status=404)
    return True


def _fails_once(web: Web, request: Handler, outlet: int) -> bool:
    first = web.asked[outlet, "/feed"] == 1
    if first:
        waits = {"Retry_After": "1"} if outlet == TOO_MANY else {}
        _send(request, b"", status=429 if waits else 500, **waits)
    return first


_ODD: dict[int, Callable[[Web, Handler, int], bool]] = {
    MOVED: _leads_on, 28: _leads_on, 30: _hangs_up, 33: _breaks_off, 34: _unpacks_without_end,
    35: _declares_entities, 36: _is_a_page, 37: _is_not_there,
    FAILS_ONCE: _fails_once, TOO_MANY: _fails_once,
}  # fmt: skip


def _send(request: Handler, body: bytes, kind: str = "", status: int = 200, **headers: str) -> None:
    request.send_response(status)
    sent = {"Content-Length": str(len(body))} | {k.replace("_", "-"): v for k, v in headers.items()}
    for name, value in (({"Content-Type": kind} if kind else {}) | sent).items():
        request.send_header(name, value)
    request.end_headers()
    if status != 304:
        request.wfile.write(body)


def _server(web: Web, outlet: int, port: int) -> ThreadingHTTPServer:
    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            web.answer(self, outlet)
            self.close_connection = True

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            """Clients that hang up are none of our business."""

    return Server((f"127.0.1.{outlet}", port), Answers)


@contextmanager
def web_of_outlets() -> Iterator[Web]:
    """Serve the outlets."""
    web = Web()
    threads = [
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
        for server in web.servers
    ]
    for thread in threads:
        thread.start()
    try:
        yield web
    finally:
        stops = [threading.Thread(target=server.shutdown) for server in web.servers]
        for stop in stops:
            stop.start()
        for stop in stops:
            stop.join()
        for server in web.servers:
            server.server_close()
