"""A web of forty small outlets on this machine, many of them slow, broken or lying.

All of 127/8 is this machine on Linux: outlet *n* is 127.0.1.n, and all listen at one port. The
articles were made up for these tests.
"""

from __future__ import annotations

import gzip
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from xml.sax.saxutils import escape

OUTLETS = 40
ITEMS = 4

PLACES = "Lipki Brody Sosnow Verba Kamen Ozero Dubrava Yelsk Morino Pastavy".split()
THINGS = "budget|bridge|school roof|tram line|water main|library|market hall|clinic".split("|")
PEOPLE = "mayor|engineer|teacher|auditor|spokeswoman|driver|librarian|doctor".split("|")
CALM = (
    "The council of {place} passed its plan for the {thing}, officials said in a statement.",
    "The {person} told reporters in {place} that work on the {thing} would take {n} months.",
    "According to the budget, the {thing} costs {n} million, of which {place} pays a third.",
    "A {person} who asked not to be named said the {thing} had been late for {n} weeks.",
    "Residents of {place} were invited to a hearing about the {thing}, the {person} added.",
)
LOUD = (
    "The puppet regime in {place} spreads hysteria about the {thing}, and its stooges obey.",
    "Only stooges believe the so-called {person} who sold the {thing} of {place} {n} times.",
    "Hysteria is all that the puppet masters have left for {place} after {n} years of lies.",
    "Everyone knows who pays the so-called {person} to ruin the {thing} and to mock {place}.",
    "Shame on the puppet {person} of {place}, whose {n} stooges stole the {thing} from us!",
)


def article(seed: str, sentences: int = 18) -> str:
    """Return a made-up article, always the same for a seed and unlike that of another."""
    chance = random.Random(seed)
    templates = LOUD if chance.random() < 0.5 else CALM
    return " ".join(
        chance.choice(templates).format(
            place=chance.choice(PLACES),
            thing=chance.choice(THINGS),
            person=chance.choice(PEOPLE),
            n=chance.randint(2, 99),
        )
        for _ in range(sentences)
    )


WIRE = article("wire")
Item = dict[str, Any]


def items_of(outlet: int, count: int = ITEMS) -> list[Item]:
    """Return the items of an outlet; five of them print the same wire story, a sixth nearly."""
    items = [
        {"id": f"{outlet}-{n}", "path": f"/{n}", "title": f"Item {n} & more", "text": article(f"{outlet} {n}")}
        for n in range(count)
    ]
    if outlet <= 6:
        wire = WIRE if outlet < 6 else f"{WIRE} Our own reporter adds nothing."
        items.append({"id": f"wire-{outlet}", "path": "/wire", "title": "Wire", "text": wire})
    if outlet == 7:
        items.append({"id": "empty", "path": None, "title": "A picture", "text": ""})
    return items


def rss(items: list[Item], base: str, *, whole: bool = True) -> str:
    """Write RSS 2.0, with whole texts or teasers."""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Outlet</title><link>{base}/</link>{"".join(_rss_item(item, base, whole=whole) for item in items)}
</channel></rss>"""


def _rss_item(item: Item, base: str, *, whole: bool) -> str:
    link = f"<link>{base}{item['path']}</link>" if item["path"] else ""
    teaser = f"<description>{escape(item['text'][:80])}…</description>" if item["text"] else ""
    content = f"<content:encoded><![CDATA[<p>{escape(item['text'])}</p>]]></content:encoded>"
    return (
        f"<item><title>{escape(escape(item['title']))}</title>{link}"
        f'<guid isPermaLink="false">{item["id"]}</guid>'
        f"<pubDate>Fri, 20 Nov 2026 10:30:00 +0200</pubDate>{teaser}"
        f"{content if whole and item['text'] else ''}</item>"
    )


def atom(items: list[Item], base: str) -> str:
    """Write Atom 1.0."""
    entries = "".join(
        f"<entry><id>tag:{item['id']}</id><title>{escape(item['title'])}</title>"
        f'<link href="{item["path"]}"/><updated>2026-11-20T08:30:00Z</updated>'
        f'<content type="html">{escape("<p>" + escape(item["text"]) + "</p>")}</content></entry>'
        for item in items
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{base}/"><title>Outlet</title>{entries}</feed>'


def rdf(items: list[Item], base: str) -> str:
    """Write RSS 1.0, which has teasers alone here."""
    entries = "".join(
        f'<item rdf:about="{base}{item["path"]}"><title>{escape(item["title"])}</title>'
        f"<link>{base}{item['path']}</link><description>{escape(item['text'][:80])}...</description>"
        "<dc:date>2026-11-20T08:30:00Z</dc:date></item>"
        for item in items
    )
    return f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="{base}/"><title>Outlet</title></channel>{entries}</rdf:RDF>"""


def json_feed(items: list[Item], base: str) -> str:
    """Write JSON Feed 1.1."""
    entries = [
        {
            "id": item["id"],
            "url": base + item["path"],
            "title": item["title"],
            "content_text": item["text"],
            "date_published": "2026-11-20T10:30:00+02:00",
        }
        for item in items
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "O", "items": entries})


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
        lines = [f'<outline text="{n}" xmlUrl="{self.url(n, "/feed")}"/>' for n in range(1, OUTLETS + 1)]
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
        elif path in {"/feed", "/moved"}:
            self._feed(request, outlet)
        elif path.strip("/").isdigit():
            text = items_of(outlet, ITEMS + self.fresh[outlet])[int(path[1:])]["text"]
            page = f"<html><body><nav>Menu</nav><article><p>{text}</p></article></body></html>"
            _send(request, page.encode(), "text/html; charset=utf-8")
        else:
            _send(request, b"", status=404)

    def _robots(self, request: BaseHTTPRequestHandler, outlet: int) -> None:
        rules = {40: b"User-agent: *\nDisallow: /", FORBIDDEN_PAGES: b"User-agent: *\nAllow: /feed\nDisallow: /"}
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
            body, kind = self.feed(outlet).replace("Outlet", "Навіны горада").encode("cp1251"), "text/xml; charset=utf-8"
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
    body = f'<!DOCTYPE rss [<!ENTITY e0 "puppet">{bomb}]><rss><channel><title>&e9;</title></channel></rss>'
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
