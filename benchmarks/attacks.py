"""What a hostile client may send, one function a kind; see ``hostile.py``."""

from __future__ import annotations

import gzip
import io
import json
import random
import socket
import time
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

CANARY = "canaryq8z7"
NETWORK = Path(__file__).resolve().parent / "attackers_network.py"
"""The service on a network of the attacker's."""

_SAMPLES = [
    path.read_text("utf-8")
    for path in sorted((NETWORK.parent.parent / "data" / "samples").glob("*.txt"))
]
_PATHS = ("/v1/score", "/v1/batch")
_CLOSE = b"Connection: close\r\n"
_JSON = b"Content-Type: application/json\r\n"
_MOST = 2_000_000
_INSIDE = """
127.0.0.1 localhost localhost. LOCALHOST 127.1 2130706433 0x7f000001 0177.0.0.1 [::1] [::] 0.0.0.0
[::ffff:127.0.0.1] [::ffff:7f00:1] [64:ff9b::7f00:1] 0 169.254.169.254 10.0.0.1 192.168.0.1
localhost.localdomain ip6-localhost ①②⑦.⓪.⓪.① 127。0。0。1 127.0.0.1%00.example
localhost%2eexample a@127.0.0.1 127.0.0.1@a xn--а
"""
"""Hosts as they may be written; most lead to this machine."""

Make = Callable[[random.Random, int], bytes]


@dataclass(frozen=True)
class Kind:
    """A kind of attack.

    Parameters
    ----------
    name
        What it is called in the table.
    weight
        How often it is chosen, beside the others.
    make
        Makes the bytes of a request, from chance and the port of a private server.
    pause
        Seconds before its answer is read, by which a large one is to have been given up.
    """

    name: str
    weight: float
    make: Make
    pause: float = 0

    def send(self, port: int, private: int, chance: random.Random, seconds: float) -> str:
        """Send one; return the status of its answer, or what became of it."""
        request = self.make(chance, private)
        answer = b""
        try:
            with socket.create_connection(("127.0.0.1", port), seconds) as connection:
                # It may have been answered before all of it was sent.
                with suppress(BrokenPipeError, ConnectionResetError):
                    connection.sendall(request)
                time.sleep(self.pause)
                while piece := connection.recv(65536):
                    answer += piece
        except TimeoutError:
            return "hangs"
        except ConnectionResetError:
            if not answer:
                return "reset"
        if self.pause and answer.rstrip().endswith(b"</html>"):
            return "kept"
        if answer.startswith(b"HTTP/1.1 100 "):
            answer = answer.partition(b"\r\n\r\n")[2]
        return answer[9:12].decode("ascii", "replace") or "no answer"


def _post(body: bytes, *headers: bytes, path: str = "/v1/score", kind: bytes = _JSON) -> bytes:
    size = b"Content-Length: %d\r\n" % len(body)
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\n".encode()
    return head + _CLOSE + kind + size + b"".join(headers) + b"\r\n" + body


def _chunked(pieces: list[bytes], *headers: bytes) -> bytes:
    head = b"POST /v1/score HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
    body = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)
    return head + _CLOSE + _JSON + b"".join(headers) + b"\r\n" + body + b"0\r\n\r\n"


def _text(chance: random.Random) -> str:
    text = chance.choice(_SAMPLES)
    return f"{text[: chance.randrange(len(text))]} {CANARY}"


def _value(chance: random.Random, depth: int = 0) -> object:
    kinds = (None, True, -0.0, 1e308, 10**400, "", CANARY, "\ud800", "\x00", "en", _text(chance))
    if depth > 3 or chance.random() < 0.6:
        return chance.choice(kinds)
    names = ("text", "html", "url", "title", "language", "articles", CANARY, "__proto__", "")
    if chance.random() < 0.5:
        return [_value(chance, depth + 1) for _ in range(chance.randrange(5))]
    return {chance.choice(names): _value(chance, depth + 1) for _ in range(chance.randrange(5))}


def _shapes(chance: random.Random, _: int) -> bytes:
    return _post(json.dumps(_value(chance)).encode(), path=chance.choice(_PATHS))


def _fuzzed(chance: random.Random, _: int) -> bytes:
    """Return a good request, some of whose bytes have been changed."""
    article = {"text": _text(chance), "title": CANARY, "language": "en"}
    good = {"articles": [article, article]} if chance.random() < 0.3 else article
    body = bytearray(json.dumps(good, ensure_ascii=chance.random() < 0.5).encode())
    for _change in range(chance.choice((1, 1, 3, 30))):
        at = chance.randrange(len(body))
        body[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(3))
    return _post(bytes(body), path=chance.choice(_PATHS))


def _texts(chance: random.Random, _: int) -> bytes:
    """Return texts that no person wrote."""
    size = chance.choice((10, 1000, 20_000))
    alphabet = chance.choice(
        (
            [chr(code) for code in range(32)],
            [chr(code) for code in range(0x300, 0x370)],
            list("!?…—«»\"'()"),
            list("аaоoеeрpсc "),
            ["\u202e", "\u200b", "\ufeff", "a", " "],
            ["🇧🇾", "👩‍👩‍👧‍👦", "𝔘", "\U0010ffff"],
            ["\n", "\r", "\u2028", "\x85", "a"],
            [chr(chance.randrange(0xD800)) for _char in range(500)],
        )
    )
    text = "".join(chance.choices(alphabet, k=size))
    return _post(json.dumps({"text": text + CANARY}).encode())


def _sizes(chance: random.Random, _: int) -> bytes:
    """Return bodies about the greatest size, and far above it."""
    size = chance.choice((0, 1, _MOST - 100, _MOST + 1, 3 * _MOST, 10 * _MOST))
    filling = chance.choice((b"a", b"a ", b" ", CANARY.encode() + b" ", b"<p>", b"\\n"))
    body = b'{"text": "' + b"".join(islice(cycle([filling]), max(0, size - 12) // len(filling)))
    body += b'"}'
    if chance.random() < 0.5:
        return _post(body)
    return _chunked([body[at : at + 100_000] for at in range(0, len(body), 100_000)])


def _nested(chance: random.Random, _: int) -> bytes:
    depth = chance.choice((500, 5_000, 100_000, 400_000))
    opened, closed = chance.choice(((b"[", b"]"), (b'{"text":', b"}"), (b'{"articles":[', b"]}")))
    body = opened * depth + chance.choice((b"1", b"", CANARY.encode())) + closed * depth
    return _post(body[:_MOST], path=chance.choice(_PATHS))


def _encodings(chance: random.Random, _: int) -> bytes:
    article = json.dumps({"text": _text(chance)}, ensure_ascii=False)
    encoding = chance.choice(
        ("utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-7", "cp1251", "koi8-u")
    )
    declared = chance.choice(("utf-8", "utf-16", "cp037", CANARY, "\xff"))
    kind = f"Content-Type: application/json; charset={declared}\r\n".encode("latin-1")
    return _post(
        article.encode(encoding, "replace") + chance.randbytes(chance.randrange(4)), kind=kind
    )


def _bombs(chance: random.Random, _: int) -> bytes:
    """Return small bodies that would be large once decompressed."""
    name, body = chance.choice(_PACKED)
    declared = chance.choice((name, b"br", b"zstd", b"gzip, gzip", b"identity", b"compress"))
    return _post(body, b"Content-Encoding: " + declared + b"\r\n")


_ZEROS = b'{"text": "' + b"a" * 50_000_000 + b'"}'
_PACKED = (
    (b"gzip", gzip.compress(_ZEROS)),
    (b"gzip", gzip.compress(gzip.compress(_ZEROS))),
    (b"deflate", zlib.compress(_ZEROS)),
)


def _pages(chance: random.Random, _: int) -> bytes:
    """Return pages that no browser should be given."""
    n = chance.choice((10, 1_000, 30_000))
    page = chance.choice(
        (
            "<div>" * n,
            f"<p>{CANARY}</p>" * n,
            f"<a {CANARY}='1' " * n,
            f"<p {'x=1 ' * n}>{CANARY}</p>",
            '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><p>&b;</p>' * (n // 10 + 1),
            f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;{CANARY}</p>',
            f"<iframe src='http://127.0.0.1/{CANARY}'></iframe><p>{_text(chance)}</p>",
            f"<svg><script>{CANARY}</script></svg>" * n,
            "&#x0;&#xD800;&#1114112;" * n,
            f"<p>{_text(chance)}</p>",
            "<" * n,
            "]]>" * n,
        )
    )
    return _post(json.dumps({"html": page[:1_900_000]}).encode())


def _addresses(chance: random.Random, private: int) -> bytes:
    """Return addresses that lead to this machine, or nowhere."""
    scheme = chance.choice(("http", "http", "https", "HTTP", "file", "gopher", "javascript", ""))
    tail = chance.choice(("", "/", f"/{CANARY}", "/?x=http://a", "#@a", "\\@a", "/\r\nHost: a"))
    url = f"{scheme}://{chance.choice(_INSIDE.split())}:{private}{tail}"
    body = {"url": chance.choice((url, url, f" {url}\n", url * 50, CANARY))}
    return _post(json.dumps(body if chance.random() < 0.8 else {"articles": [body] * 3}).encode())


def _framing(chance: random.Random, _: int) -> bytes:
    """Return what is nearly HTTP."""
    head = b"POST /v1/score HTTP/1.1\r\nHost: localhost\r\n" + _CLOSE + _JSON
    word = CANARY.encode()
    return chance.choice(
        (
            head + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
            head + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            head + b"Content-Length: -5\r\n\r\n",
            head + b"Content-Length: +5\r\n\r\nabcde",
            head + b"Content-Length: 0x5\r\n\r\nabcde",
            head + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
            head + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            head + b"Transfer-Encoding: chunked\r\n\r\n" + word + b"\r\n",
            head + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\n",
            head + b"Transfer-Encoding: chunked\r\n\r\n5;" + word * 50 + b"\r\nabcde\r\n0\r\n\r\n",
            head + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\nX: " + word + b"\r\n\r\n",
            head + b" folded: " + word + b"\r\n\r\n",
            head + word + b" : x\r\n\r\n",
            head + b"X: \x00" + word + b"\r\n\r\n",
            b"GET http://127.0.0.1/"
            + word
            + b" HTTP/1.1\r\nHost: localhost\r\n"
            + _CLOSE
            + b"\r\n",
            b"CONNECT 127.0.0.1:80 HTTP/1.1\r\nHost: localhost\r\n" + _CLOSE + b"\r\n",
            b"GET /" + word + b" HTTP/2.0\r\nHost: localhost\r\n" + _CLOSE + b"\r\n",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            b"GET /\r\n\r\n",
            b"\r\n\r\n\r\n" + word + b"\r\n\r\n",
            chance.randbytes(200) + b"\r\n\r\n",
        )
    )


def _headers(chance: random.Random, _: int) -> bytes:
    """Return requests with junk in their heads."""
    word = CANARY.encode()
    junk = chance.choice(
        (
            b"X-A: " + chance.randbytes(30).translate(None, b"\r\n\x00") + b"\r\n",
            b"".join(b"X-%d: %b\r\n" % (n, word) for n in range(chance.choice((10, 1000)))),
            b"Cookie: " + word * 3000 + b"\r\n",
            b"Authorization: Basic " + word + b"\r\n",
            b"X-Forwarded-For: " + word + b", 127.0.0.1\r\nForwarded: for=" + word + b"\r\n",
            b"Sec-Fetch-Site: " + word + b"\r\n",
            b"Origin: http://[" + word + b"\r\n",
            b"Accept-Language: " + b"be;q=" + word + b",*" * 2000 + b"\r\n",
            b"Upgrade: websocket\r\nSec-WebSocket-Key: " + word + b"\r\n",
            b"Range: bytes=0-0,-1," + b"1-2," * 500 + b"\r\n",
            b"Expect: 100-continue\r\n",
            b"Expect: " + word + b"\r\n",
        )
    )
    method = chance.choice((b"GET", b"POST", b"PUT", b"HEAD", b"OPTIONS", b"TRACE", word))
    path = chance.choice(
        (
            *(b"/", b"/v1/score", b"/v1/model", b"/metrics", b"/static/../../etc/passwd", b"*"),
            *(b"/%2e%2e/%2e%2e/etc/passwd", b"/%00", b"/%ff" * 50, b"/static/%2f" + word),
            *(b"//" + word, b"/" + word * 500, b"/?" + word),
        )
    )
    host = chance.choice((b"localhost", b"localhost", b"localhost", word, b"", b"[", b"a:b:c"))
    head = b"%b %b HTTP/1.1\r\nHost: %b\r\n" % (method, path, host)
    return head + _CLOSE + junk + b"Content-Length: 0\r\n\r\n"


def _slow(chance: random.Random, _: int) -> bytes:
    """Return a request whose body does not end."""
    head = b"POST /v1/score HTTP/1.1\r\nHost: localhost\r\n" + _JSON
    length = chance.choice((b"Content-Length: 99999", b"Transfer-Encoding: chunked"))
    return head + length + b'\r\n\r\n5\r\n{"tex'


def _headless(_: random.Random, __: int) -> bytes:
    """Return the beginning of a head."""
    return b"POST /v1/score HTTP/1.1\r\nX: " + CANARY.encode()


def _unread(_: random.Random, __: int) -> bytes:
    """Return a form that comes back five times as large."""
    part = b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
    body = part + CANARY.encode() + b"&" * 1_900_000 + b"\r\n--b--\r\n"
    return _post(body, path="/form", kind=b"Content-Type: multipart/form-data; boundary=b\r\n")


def _archive(**parts: bytes) -> bytes:
    """Return an office document of some parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", data)
    return out.getvalue()


_LAUGHS = b"<!DOCTYPE a [<!ENTITY a 'ha'>%b]>" % b"".join(
    b"<!ENTITY %c '%b'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
_DOCUMENTS = (
    ("a.docx", _archive(word__document=b"<a>" + b" " * 100_000_000)),
    ("a.docx", _archive(word__document=b"<p>" * 200_000)),
    ("a.docx", _archive(word__document=_LAUGHS + b"<document><p><t>&j;</t></p></document>")),
    ("a.docx", _archive(word__document=b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><document/>")),
    ("a.odt", _archive(content=b"<p>" * 200_000, **{"META-INF__manifest": b"<a/>"})),
    ("a.odt", _archive(content=b"x" * 90_000_000, **{"META-INF__manifest": b"<a/>"})),
    ("a.rtf", b"{\\rtf1 " + b"{" * 1_500_000),
    ("a.rtf", b"{\\rtf1\\bin999999999 " + b"\\u-1 ?" * 200_000),
    ("a.eml", b"MIME-Version: 1.0\nContent-Type: message/rfc822\n\n" * 30_000),
    (
        "a.eml",
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 400_000,
    ),
    ("a.mhtml", b"Content-Type: text/html\nMIME-Version: 1.0\n\n" + b"<div>" * 300_000),
    ("a.pdf", b"%PDF-1.4\n" + b"1 0 obj\n<<" * 150_000),
    ("a.xlsx", _archive(xl__workbook=b"<a/>")),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500_000)),
)


def _documents(chance: random.Random, _: int) -> bytes:
    """Return documents that unpack, nest and refer without end."""
    name, data = chance.choice(_DOCUMENTS)
    head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{CANARY}{name}"'
    body = f"{head}\r\n\r\n".encode() + data + CANARY.encode() + b"\r\n--b--\r\n"
    return _post(body, path="/form", kind=b"Content-Type: multipart/form-data; boundary=b\r\n")


def _inwards(chance: random.Random, _: int) -> bytes:
    """Return addresses on the attacker's network; see ``attackers_network.py``."""
    host = chance.choice(("turning", "moved", "endless", "mixed", "late"))
    url = f"http://{host}.example/{chance.randrange(1000)}/{CANARY}"
    return _post(json.dumps({"url": url}).encode())


KINDS = (
    Kind("shapes", 15, _shapes),
    Kind("fuzzed", 25, _fuzzed),
    Kind("texts", 8, _texts),
    Kind("sizes", 1, _sizes),
    Kind("nested", 3, _nested),
    Kind("encodings", 8, _encodings),
    Kind("bombs", 4, _bombs),
    Kind("pages", 2, _pages),
    Kind("addresses", 10, _addresses),
    Kind("framing", 10, _framing),
    Kind("headers", 12, _headers),
    Kind("slow", 0.5, _slow),
    Kind("headless", 0.1, _headless),
    Kind("unread", 0.2, _unread, pause=8),
    Kind("documents", 1, _documents),
)
inwards = Kind("inwards", 1, _inwards)
