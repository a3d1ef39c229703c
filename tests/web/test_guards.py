"""Who is let in: hosts, sites, keys, rates, sizes, times."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from starlette.types import Receive, Scope, Send

from krynica.service.web.guards.unexpected_errors import UnexpectedErrors
from tests.service.tiny import PROPAGANDA
from tests.web.server import Server, is_problem, serving

KEY, OTHER = "first-key-of-tests-0001", "other-key-of-tests-0002"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:80", "LOCALHOST:8000", "[::1]:9"])
def test_names_of_this_machine(service: Server, host: str) -> None:
    assert service.client.get("/health", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["example.org", "localhost.example.org", "127.0.0.1.example", "", "localhost:x", "[::1"]
)
def test_other_names_are_refused(service: Server, host: str) -> None:
    for path in ("/health", "/", "/v1/model"):
        is_problem(service.client.get(path, headers={"Host": host}), 400)


def test_the_address_listened_on_is_known(tiny: Path) -> None:
    with serving("--model", tiny, "--host", "127.0.0.2") as server:
        assert server.url.startswith("http://127.0.0.2:")
        for host in ("127.0.0.2", "localhost"):
            assert server.client.get("/health", headers={"Host": host}).status_code == 200
        is_problem(server.client.get("/health", headers={"Host": "127.0.0.3"}), 400)


OWN = [
    {},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    {"Origin": "http://krynica.example"},
]
FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "canary"},
    {"Origin": "http://elsewhere.example"},
    {"Origin": "http://krynica.example:81"},
    {"Origin": "null"},
    {"Origin": "http://[krynica.example"},
]


@pytest.fixture(scope="module")
def guarded(tiny: Path) -> Iterator[Server]:
    """A service with keys, another name, and narrow limits."""
    with serving(
        "--model",
        tiny,
        KRYNICA_KEYS=f"{KEY}, {OTHER}",
        KRYNICA_HOSTS="krynica.example",
        KRYNICA_MAX_BYTES="5000",
        KRYNICA_SECONDS="0.5",
    ) as server:
        yield server
        assert server.stop() == 0
        assert server.output.count("\n") == 1, server.output


def post(server: Server, key: str = KEY, **headers: str) -> httpx2.Response:
    headers = {"Authorization": f"Bearer {key}", **headers}
    return server.client.post("/v1/score", json={"text": PROPAGANDA}, headers=headers)


@pytest.mark.parametrize("headers", OWN)
def test_the_own_page_and_programs(guarded: Server, headers: dict[str, str]) -> None:
    assert post(guarded, Host="krynica.example", **headers).status_code == 200


@pytest.mark.parametrize("headers", FOREIGN)
def test_pages_of_other_sites(guarded: Server, headers: dict[str, str]) -> None:
    answer = post(guarded, Host="krynica.example", **headers)
    assert "canary" not in is_problem(answer, 403)


def basic(words: bytes) -> str:
    return f"Basic {base64.b64encode(words).decode()}"


@pytest.mark.parametrize(
    "authorization",
    [
        f"Bearer {KEY}",
        f"bearer  {OTHER}",
        basic(f":{KEY}".encode()),
        basic(f"імя:{OTHER}".encode()),
    ],
)
def test_keys(guarded: Server, authorization: str) -> None:
    for path in ("/v1/model", "/", "/metrics", "/openapi.json"):
        headers = {"Authorization": authorization}
        assert guarded.client.get(path, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        KEY,
        "Bearer",
        f"Bearer {KEY}x",
        f"Bearer {KEY[:-1]}",
        f"Bearer {KEY},{OTHER}",
        f"Digest {KEY}",
        "Basic !!!",
        basic(KEY.encode()),
        basic(f"{KEY}:".encode()),
        basic(b"\xff"),
    ],
)
def test_no_key(guarded: Server, authorization: str) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    for path in ("/v1/model", "/", "/metrics", "/nowhere"):
        answer = guarded.client.get(path, headers=headers)
        assert KEY not in is_problem(answer, 401)
        schemes = answer.headers.get_list("www-authenticate")
        assert [scheme.partition(" ")[0] for scheme in schemes] == ["Bearer", "Basic"]
    assert is_problem(guarded.client.post("/v1/score", content=b"x" * 99_999), 401)
    for path in ("/health", "/ready"):
        assert guarded.client.get(path, headers=headers).status_code == 200


def test_keys_are_described(guarded: Server) -> None:
    described = guarded.client.get("/openapi.json", headers={"Authorization": f"Bearer {KEY}"})
    assert set(described.json()["components"]["securitySchemes"]) == {"bearer", "basic"}


HEAD = f"POST /v1/score HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {KEY}\r\n".encode()
JSON = b"Content-Type: application/json\r\n"


def status(answer: bytes) -> int:
    assert b"application/problem+json" in answer
    return int(answer.split(b" ", 2)[1])


def test_a_body_that_is_too_large(guarded: Server) -> None:
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}

    def pieces() -> Iterator[bytes]:
        for _ in range(100):
            yield b"x" * 1000

    for body in (b"x" * 5001, b"x" * 9_999_999, pieces()):
        answer = guarded.client.post("/v1/score", content=body, headers=headers)
        assert is_problem(answer, 413) == "The body is larger than 0.005 MB."
    fits = json.dumps({"text": PROPAGANDA}).encode().ljust(5000)
    answer = guarded.client.post("/v1/score", content=fits, headers=headers)
    assert answer.status_code == 200


def test_a_size_that_no_number_is_for(guarded: Server) -> None:
    head = HEAD + b"Connection: close\r\n"
    assert status(guarded.raw(head + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n")) == 400
    assert status(guarded.raw(head + b"Content-Length: " + b"9" * 20 + b"\r\n\r\n")) == 413


def test_a_client_that_asks_before_it_sends(guarded: Server) -> None:
    request = HEAD + b"Expect: 100-continue\r\nContent-Length: 9999\r\n\r\n"
    assert status(guarded.raw(request)) == 413


@pytest.mark.parametrize(
    "begun", [b"Content-Length: 99\r\n\r\n{", b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"]
)
def test_a_body_that_does_not_come(guarded: Server, begun: bytes) -> None:
    assert status(guarded.raw(HEAD + JSON + begun)) == 408


@pytest.mark.parametrize(
    "request_",
    [
        b"canary\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /canary HTTP/9\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\ncanary\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nA: " + b"canary" * 20_000,
        HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
        HEAD + b"Content-Length: -1\r\n\r\n{}",
        HEAD + b"Transfer-Encoding: gzip\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\ncanary\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    ],
)
def test_what_is_no_http(guarded: Server, request_: bytes) -> None:
    answer = guarded.raw(request_)
    assert status(answer) == 400
    assert b"canary" not in answer
    assert b"content-security-policy" in answer.lower()


def test_a_client_that_asks_too_often(tiny: Path) -> None:
    with serving("--model", tiny, KRYNICA_RATE="1", KRYNICA_BURST="20") as server:
        answers = [server.client.get("/v1/model") for _ in range(25)]
        refused = [answer for answer in answers if answer.status_code != 200]
        assert len(refused) >= 5
        for answer in refused:
            is_problem(answer, 429)
            assert 1 <= int(answer.headers["retry-after"]) <= 61
        assert server.client.get("/health").status_code == 200


def test_who_a_proxy_speaks_for(tiny: Path) -> None:
    limits = {"KRYNICA_RATE": "1", "KRYNICA_BURST": "4"}
    for believed, env in ((True, {"KRYNICA_PROXIES": "127.0.0.1"}), (False, {})):
        with serving("--model", tiny, **limits, **env) as server:
            answers = [
                server.client.get("/openapi.json", headers={"X-Forwarded-For": f"192.0.2.{number}"})
                for number in range(10)
            ]
            statuses = {answer.status_code for answer in answers}
            assert statuses == ({200} if believed else {200, 429})


def test_an_unforeseen_error_tells_no_path() -> None:
    async def opens(_scope: Scope, _receive: Receive, _send: Send) -> None:
        Path("/nowhere/private").read_bytes()  # noqa: ASYNC240  # it fails at once

    async def ask() -> httpx2.Response:
        transport = httpx2.ASGITransport(UnexpectedErrors(opens))
        async with httpx2.AsyncClient(transport=transport, base_url="http://here") as client:
            return await client.get("/")

    assert is_problem(asyncio.run(ask()), 500) == "No such file or directory."
