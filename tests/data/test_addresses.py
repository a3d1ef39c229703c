"""Pages from a real server on this machine, and every way in which one may misbehave."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest

from krynica.classifier.errors import AddressError, NothingToReadError, UnreadableError
from krynica.data.documents.document_kinds import CONTENT_TYPES
from krynica.data.documents.files import read_page
from krynica.data.net.addresses import fetch
from krynica.data.net.answers import Limits
from krynica.data.net.fetcher import Fetcher
from krynica.data.net.transport import GuardedTransport

if TYPE_CHECKING:
    from tests.data.conftest import Site

TEXT = "Музей ткацтва зачыняюць на рамонт. Пра гэта паведаміла дырэктарка, якой вядома пра дах."
HTML = (
    f"<html><head><title>Музей</title></head><body><article><p>{TEXT}</p></article></body></html>"
)
QUICK = Limits(wait=0.3, total=0.6)


def here(_host: str, _port: int) -> Sequence[str]:
    """Resolve every name to this machine."""
    return ["127.0.0.1"]


# ------------------------------------------------------------------------------------ what works


def test_a_page(site: Site) -> None:
    site.page("/a?b=c", HTML.encode(), "text/html; charset=utf-8")
    page = fetch(f" {site.url}/a?b=c#d ", allow_private=True)
    assert (page.title, page.text) == ("Музей", TEXT)
    path, headers = site.asked[0]
    assert path == "/a?b=c"
    assert headers["user-agent"].startswith("krynica/")
    assert headers["host"] == f"127.0.0.1:{site.port}"
    assert headers["accept-encoding"] == "gzip, deflate"
    assert not {"cookie", "authorization", "referer"} & set(headers)


def test_plain_text_is_kept_as_it_is(site: Site) -> None:
    text = TEXT + "\r\n<b>&amp;</b>\n"
    site.page("/", text.encode(), "text/plain")
    page = fetch(site.url, allow_private=True)
    assert (page.title, page.text) == (None, text)


def test_no_cookie_goes_from_one_request_to_another(site: Site) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Set-Cookie", "who=you; Path=/")
        request.send_header("Location", "/there")
        request.send_header("Content-Length", "0")
        request.end_headers()

    site.answers["/"] = answer
    site.page("/there", HTML.encode())
    fetcher = Fetcher(allow_private=True)
    for _ in range(2):
        fetcher.get(site.url, kinds=["text/html"])
    assert [path for path, _ in site.asked] == ["/", "/there"] * 2
    assert not any("cookie" in headers for _, headers in site.asked)


@pytest.mark.parametrize("codec", ["utf-8", "cp1251", "koi8-u"])
@pytest.mark.parametrize("kind", ["text/html", "application/xhtml+xml", "text/plain"])
@pytest.mark.parametrize("said", [True, False])
def test_encodings(site: Site, codec: str, kind: str, said: bool) -> None:  # noqa: FBT001
    text = "Мешканці міста чекають на відповідь мера: чому вода в кранах стала іржавою?"
    body = text if kind == "text/plain" else HTML.replace(TEXT, text)
    site.page("/", body.encode(codec, "ignore"), f"{kind}; charset={codec}" if said else kind)
    assert fetch(site.url, allow_private=True).text == text


@pytest.mark.parametrize("wbits", [31, 15, -15], ids=["gzip", "deflate", "bare deflate"])
def test_compressed_pages(site: Site, wbits: int) -> None:
    packer = zlib.compressobj(wbits=wbits)
    body = packer.compress(HTML.encode()) + packer.flush()
    site.page("/", body, Content_Encoding="gzip" if wbits == 31 else "deflate")
    assert fetch(site.url, allow_private=True).text == TEXT


def test_redirects_to_other_paths_hosts_and_back(site: Site) -> None:
    site.redirect("/1", "2", 301)
    site.redirect("/2", "/3", 302)
    site.redirect("/3", f"//127.0.0.1:{site.port}/4", 303)
    site.redirect("/4", f"http://localhost:{site.port}/5#part", 307)
    site.redirect("/5", "?six", 308)
    site.page("/5?six", HTML.encode())
    assert fetch(f"{site.url}/1", allow_private=True).text == TEXT
    found = Fetcher(allow_private=True).get(f"{site.url}/3", kinds=["text/html"])
    assert found.url == f"http://localhost:{site.port}/5?six"


def test_the_environment_has_no_say(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login u password p\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.page("/", HTML.encode())
    assert fetch(site.url, allow_private=True).text == TEXT
    assert "authorization" not in site.asked[0][1]


def test_other_kinds_can_be_asked_for(site: Site) -> None:
    site.page("/", b"<rss/>", "Application/RSS+XML; charset=utf-8")
    found = Fetcher(allow_private=True).get(site.url, kinds=["application/rss+xml"])
    assert (found.kind, found.charset, found.data) == ("application/rss+xml", "utf-8", b"<rss/>")
    assert site.asked[0][1]["accept"] == "application/rss+xml"


def test_a_transport_can_be_given() -> None:
    seen = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(str(request.url))
        return httpx2.Response(200, headers={"Content-Type": "text/html"}, content=HTML.encode())

    page = fetch("https://крыніца.example/навіна", transport=httpx2.MockTransport(answer))
    assert page.text == TEXT
    assert seen[0].startswith("https://xn--")


# ------------------------------------------------------------------------- where it may not go


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f.0.0.1/",
        "http://127。0。0。1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/",
        "http://0.0.0.0/", "http://localhost/", "http://LOCALHOST./", "http://a.localhost/", "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/", "http://192.168.1.1:8080/",
    ],
)  # fmt: skip
def test_this_machine_and_private_networks_are_out_of_bounds(url: str) -> None:
    with pytest.raises(AddressError, match=r"leads to this machine or a private network.*\.$"):
        fetch(url)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "gopher://x/",
        "example.org/news", "//example.org/", "", " ", "http://", "http:///news", "https:news", "http://\x00/",
        "http://[::1", "http://a:99999/", "http://a:b/", "http://a:0/", "http://0177.0.0.1/",
         "x" * 10_000, "http://exa\nmple.org/",
        "\ud800",
    ],
)  # fmt: skip
@pytest.mark.parametrize("allow", [True, False])
def test_what_is_no_address_of_the_web(url: str, allow: bool) -> None:  # noqa: FBT001
    with pytest.raises(
        AddressError, match=r"is not an (http or https )?address(: .*)?\.$"
    ) as caught:
        fetch(url, allow_private=allow)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_user_names_are_never_sent_and_passwords_never_shown(site: Site) -> None:
    site.redirect("/", f"http://name:secret@127.0.0.1:{site.port}/a")
    for url in ("http://name:secret@example.org/", "http://name@example.org/", site.url):
        with pytest.raises(AddressError, match="has a user name in it") as caught:
            fetch(url, allow_private=True)
        assert "secret" not in str(caught.value)
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/b",
        "http://localhost:{port}/b",
        "http://inside.example:{port}/b",
        "http://[::1]/",
    ],
)
def test_a_redirect_is_looked_at_like_the_first_address(site: Site, target: str) -> None:
    site.page("/b", HTML.encode())

    def resolve(host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.1"] if host == "inside.example" else ["192.0.2.1"]

    class Outside(httpx2.BaseTransport):
        """Answers for the outside world; what leads elsewhere is guarded."""

        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            if request.url.host == "news.example":
                return httpx2.Response(302, headers={"Location": target.format(port=site.port)})
            return GuardedTransport(resolve=resolve).handle_request(request)

    with pytest.raises(AddressError, match="leads to this machine or a private network"):
        fetch("http://news.example/a", transport=Outside())
    assert site.asked == []


def test_a_redirect_to_another_kind_of_address(site: Site) -> None:
    site.redirect("/", "file:///etc/passwd")
    with pytest.raises(AddressError, match="“file:/etc/passwd” is not an http or https address"):
        fetch(site.url, allow_private=True)


def test_a_name_is_resolved_once_and_the_connection_goes_there(site: Site) -> None:
    """A name server that answers the check one address and the connection another gains nothing."""
    site.page("/", HTML.encode())
    answers = iter([["127.0.0.1"], ["192.0.2.1"]])
    guarded = GuardedTransport(allow_private=True, resolve=lambda _host, _port: next(answers))
    url = f"http://news.example:{site.port}/"
    assert fetch(url, allow_private=True, transport=guarded).text == TEXT
    assert site.asked[0][1]["host"] == f"news.example:{site.port}"
    assert len(list(answers)) == 1


def test_the_next_address_is_tried_where_one_does_not_answer(site: Site) -> None:
    site.page("/", HTML.encode())
    guarded = GuardedTransport(
        allow_private=True, resolve=lambda _host, _port: ["127.0.0.2", "127.0.0.1"]
    )
    assert (
        fetch(f"http://news.example:{site.port}/", allow_private=True, transport=guarded).text
        == TEXT
    )


# ------------------------------------------------------------------------------------- over TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for news.example, with its key."""
    path = tmp_path_factory.mktemp("tls") / "news.pem"
    crt = path.with_suffix(".crt")
    command = "openssl req -x509 -nodes -days 2 -newkey ec -pkeyopt ec_paramgen_curve:P-256"
    subject = "-subj /CN=news.example -addext subjectAltName=DNS:news.example"
    files = ["-keyout", str(path), "-out", str(crt)]
    subprocess.run([*command.split(), *subject.split(), *files], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + crt.read_bytes())
    return path


def test_tls_is_checked_against_the_name_and_not_the_address(site: Site, certificate: Path) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    names: list[str | None] = []
    server.sni_callback = lambda _socket, name, _context: names.append(name)
    site.secure(server)
    site.page("/", HTML.encode())
    trust = ssl.create_default_context(cafile=certificate)
    guarded = GuardedTransport(allow_private=True, resolve=here, verify=trust)
    assert (
        fetch(f"https://news.example:{site.port}/", allow_private=True, transport=guarded).text
        == TEXT
    )
    assert names == ["news.example"]
    with pytest.raises(AddressError, match=r"other\.example.*its certificate cannot be trusted"):
        fetch(f"https://other.example:{site.port}/", allow_private=True, transport=guarded)
    system = GuardedTransport(allow_private=True, resolve=here)
    with pytest.raises(AddressError, match="its certificate cannot be trusted"):
        fetch(f"https://news.example:{site.port}/", allow_private=True, transport=system)


def test_tls_where_there_is_none(site: Site) -> None:
    with pytest.raises(AddressError, match="no secure connection came about"):
        fetch(f"https://127.0.0.1:{site.port}/", allow_private=True)


# ------------------------------------------------------------------------------ what goes wrong


def test_a_host_that_does_not_exist() -> None:
    with pytest.raises(
        AddressError, match=r"could not be reached: the name of its host is not known\.$"
    ):
        fetch("http://nothing.invalid/")


def test_nobody_there() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(AddressError, match=rf"127\.0\.0\.1:{port}/ could not be reached: .*\.$"):
        fetch(f"http://127.0.0.1:{port}/", allow_private=True)


@pytest.mark.parametrize("status", [204, 400, 403, 404, 429, 500, 503])
def test_answers_that_are_no_page(site: Site, status: int) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Type", "text/html")
        request.send_header("Content-Length", "0")
        request.end_headers()

    site.answers["/"] = answer
    with pytest.raises(AddressError, match=rf"^{site.url}/? answered {status} .+\.$"):
        fetch(site.url, allow_private=True)


@pytest.mark.parametrize("kind", ["image/png", "application/json", "text/css", "x", None])
def test_kinds_that_are_no_articles(site: Site, kind: str | None) -> None:
    site.page("/", HTML.encode(), kind)
    with pytest.raises(
        AddressError, match=rf"gives ({kind or 'something unnamed'}), which is not read"
    ):
        fetch(site.url, allow_private=True)


def test_redirects_without_end(site: Site) -> None:
    site.redirect("/", "/")
    with pytest.raises(AddressError, match="leads on to other addresses more than 5 times"):
        fetch(site.url, allow_private=True)
    assert len(site.asked) == 6


def test_a_page_without_an_article(site: Site) -> None:
    site.page("/", b"<html><body><a href=a>Home</a></body></html>")
    with pytest.raises(UnreadableError, match=rf"The page {site.url}\S* holds no article"):
        fetch(site.url, allow_private=True)
    site.page("/", b"", "text/plain")
    with pytest.raises(NothingToReadError):
        fetch(site.url, allow_private=True)


@pytest.mark.parametrize("stated", [True, False], ids=["with its length", "without"])
def test_a_page_that_is_too_large(site: Site, stated: bool) -> None:  # noqa: FBT001
    sent = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/plain")
        if stated:
            request.send_header("Content-Length", str(100_000_000))
        request.end_headers()
        for _ in range(1_000):
            request.wfile.write(b"word " * 20_000)
            sent.append(1)

    site.answers["/"] = answer
    with pytest.raises(AddressError, match=r"is larger than 10 MB\.$"):
        fetch(site.url, allow_private=True)
    assert len(sent) < 500


@pytest.mark.parametrize("layers", [1, 2, 50])
def test_a_decompression_bomb(site: Site, layers: int) -> None:
    body = b"\0" * 200_000_000
    for _ in range(min(layers, 2)):
        body = gzip.compress(body, 1)
    site.page("/", body, "text/plain", Content_Encoding=", ".join(["gzip"] * layers))
    start = time.monotonic()
    with pytest.raises(AddressError, match=r"is larger than 10 MB|compressed in a way"):
        fetch(site.url, allow_private=True)
    assert time.monotonic() - start < 5


def test_what_cannot_be_decompressed(site: Site) -> None:
    site.page("/", b"this is no gzip", Content_Encoding="gzip")
    with pytest.raises(AddressError, match=r"cannot be decompressed\.$"):
        fetch(site.url, allow_private=True)


def drip(header: bytes, pause: float) -> socket.socket:
    """Serve one connection: a beginning, then a byte now and then."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            try:
                connection.sendall(header)
                for _ in range(200):
                    time.sleep(pause)
                    connection.sendall(b"x")
            except OSError:
                pass

    threading.Thread(target=serve, daemon=True).start()
    return listener


@pytest.mark.parametrize(
    ("header", "pause", "sentence"),
    [
        (b"", 30, r"did not answer within 0\.3 seconds\.$"),
        (b"HTTP/1.1 200 OK\r\nX-Slow: ", 0.05, r"took longer than 0\.6 seconds\.$"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n",
            0.05,
            r"took longer than 0\.6 seconds\.$",
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nx",
            30,
            r"did not answer within 0\.3 seconds\.$",
        ),
    ],
    ids=["silent", "slow header", "slow body", "stalled body"],
)
def test_servers_that_take_their_time(header: bytes, pause: float, sentence: str) -> None:
    with drip(header, pause) as listener:
        start = time.monotonic()
        with pytest.raises(AddressError, match=sentence):
            fetch(
                f"http://127.0.0.1:{listener.getsockname()[1]}/", allow_private=True, limits=QUICK
            )
        assert time.monotonic() - start < 2


def test_the_time_is_for_all_redirects_together(site: Site) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        time.sleep(0.2)
        request.send_response(302)
        request.send_header("Location", "/")
        request.send_header("Content-Length", "0")
        request.end_headers()

    site.answers["/"] = answer
    with pytest.raises(AddressError, match=r"took longer than 0\.6 seconds\.$"):
        fetch(site.url, allow_private=True, limits=QUICK)


@pytest.mark.parametrize(
    "noise", [b"", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 200 OK\r\nContent-Le", b"\x00" * 200_000]
)
def test_servers_that_speak_something_else(noise: bytes) -> None:
    with (
        drip(noise, 0) as listener,
        pytest.raises(AddressError, match=r"^http://127.*\.$") as caught,
    ):
        fetch(f"http://127.0.0.1:{listener.getsockname()[1]}/", allow_private=True, limits=QUICK)
    assert "\n" not in str(caught.value)


# ------------------------------------------------------------------------------------- documents

BROUGHT = Path(__file__).parent / "brought"
DOCUMENTS = {
    "tracked-changes.docx": CONTENT_TYPES[5],
    "article.odt": "application/vnd.oasis.opendocument.text",
    "article.rtf": "application/rtf",
    "cp1251-glyphs-winansi-be.pdf": "application/pdf",
    "newsletter-ru-base64.eml": "message/rfc822",
    "saved-by-chrome.mhtml": "multipart/related",
}


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("kind", [None, "application/octet-stream", "text/html; charset=utf-8"])
def test_documents_at_addresses(site: Site, name: str, kind: str | None) -> None:
    site.page("/download?id=1", (BROUGHT / name).read_bytes(), kind or DOCUMENTS[name])
    found = fetch(f"{site.url}/download?id=1", allow_private=True)
    assert found == read_page(BROUGHT / name)


def test_documents_that_are_not_read_are_answered_with_advice(site: Site) -> None:
    site.page("/a", (BROUGHT / "excel.xlsx").read_bytes(), "application/octet-stream")
    with pytest.raises(UnreadableError, match="a workbook, not an article"):
        fetch(f"{site.url}/a", allow_private=True)
    for body, kind in ((b"\x89PNG\r\n", "application/octet-stream"), (b"{}", "application/pdf")):
        site.page("/b", body, kind)
        with pytest.raises(AddressError, match=f"gives {kind}, which is not read here"):
            fetch(f"{site.url}/b", allow_private=True)
