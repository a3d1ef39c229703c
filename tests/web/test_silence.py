"""Nothing that is sent comes out of the process, whatever becomes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.service.tiny import PROPAGANDA
from tests.web.server import Server, serving

CANARY = "canaryx7f3"
KEY = "key-of-tests-0123456789"


def bodies() -> list[bytes]:
    """Every kind of body, a canary in each."""
    article = f"{PROPAGANDA} {CANARY}"
    good = [
        {"text": article},
        {"text": CANARY},
        {"text": article, "title": CANARY},
        {"text": article, "language": CANARY},
        {"text": article, CANARY: CANARY},
        {"text": CANARY + "\x00" * 99},
        {"text": f"{CANARY} \ud800"},
        {"html": f"<p>{article}</p>"},
        {"html": f"<{CANARY}"},
        {"url": f"http://127.0.0.1/{CANARY}"},
        {"url": f"http://{CANARY}.invalid/"},
        {"articles": [{"text": article}, {CANARY: CANARY}, CANARY, {"url": CANARY}]},
        {"articles": CANARY},
        [CANARY],
        CANARY,
    ]
    bad = [CANARY, f'{{"text": "{CANARY}', f'{{"text": "{CANARY}\xff', f"[{CANARY}" * 99_999]
    return [json.dumps(body).encode() for body in good] + [body.encode("latin-1") for body in bad]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_no_text_is_said(tiny: Path, workers: str) -> None:
    env = {"KRYNICA_KEYS": KEY, "KRYNICA_MAX_BYTES": "500000", "KRYNICA_FETCH": "true"}
    with serving("--model", tiny, "--workers", workers, **env) as server:
        send_everything(server)
        assert server.stop() == 0
        assert CANARY not in server.output
        assert KEY not in server.output
        assert server.output.count("\n") == 1, server.output


def send_everything(server: Server) -> None:
    headers = {"Authorization": f"Bearer {KEY}"}
    for path in ("/v1/score", "/v1/batch", f"/{CANARY}"):
        for kind in ("application/json", f"text/plain; charset={CANARY}"):
            for body in bodies():
                sent = {**headers, "Content-Type": kind, "X-Canary": CANARY}
                answer = server.client.post(f"{path}?{CANARY}", content=body, headers=sent)
                assert answer.status_code < 500
    for request in (
        f"{CANARY}\r\n\r\n",
        f"GET /{CANARY} HTTP/1.1\r\n{CANARY}\r\n\r\n",
        f"GET /{CANARY} HTTP/1.1\r\nHost: {CANARY}\r\nConnection: close\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\n"
        f"Upgrade: {CANARY}\r\n\r\n",
        f"POST /v1/score HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic {CANARY}\r\n"
        f"Transfer-Encoding: chunked\r\n\r\n{CANARY}\r\n",
    ):
        server.raw(request.encode())
