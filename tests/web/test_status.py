"""What watchers see: alive, ready, the card, the counts; and what stands on every answer."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.service.tiny import CHINESE, PROPAGANDA
from tests.web.server import Server, is_problem


def test_health_and_ready(service: Server) -> None:
    assert service.client.get("/health").json() == {"status": "ok"}
    assert service.client.get("/ready").json() == {"status": "ok"}


def test_the_card(service: Server, tiny: Path) -> None:
    card = service.client.get("/v1/model").json()
    manifest = json.loads((tiny / "manifest.json").read_text("utf-8"))
    assert {name: card[name] for name in manifest} == manifest
    assert card["card"] == (tiny / "MODEL_CARD.md").read_text("utf-8")
    answer = service.score(text=PROPAGANDA).json()["model"]
    assert {name: card[name] for name in answer} == answer


def counts(server: Server) -> dict[tuple[str, ...], float]:
    answer = server.client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def settled(server: Server) -> dict[tuple[str, ...], float]:
    """Return the counts when nothing is left to count: an answer is counted after it was read."""
    last: dict[tuple[str, ...], float] = {}
    while (now := {key: n for key, n in counts(server).items() if "/metrics" not in key}) != last:
        last = now
        time.sleep(0.2)
    return now


def test_what_is_counted(service: Server) -> None:
    before = settled(service)
    service.score(text=PROPAGANDA)
    service.score(text=CHINESE, language="zh")
    service.score(text="")
    service.client.get("/canary/canary?canary=1")
    service.client.request("CANARY", "/v1/score")
    after = settled(service)
    more = {name: n - before.get(name, 0) for name, n in after.items() if n != before.get(name, 0)}
    requests = {name[1:]: n for name, n in more.items() if name[0] == "krynica_requests_total"}
    answers = {name[1:]: n for name, n in more.items() if name[0] == "krynica_answers_total"}
    assert requests[("POST", "/v1/score", "200")] == 2
    assert requests[("POST", "/v1/score", "422")] == 1
    assert requests[("GET", "other", "404")] == 1
    assert answers == {("en", "propaganda"): 1, ("other", "unclear"): 1, ("und", "error"): 1}
    assert more[("krynica_request_seconds_count", "/v1/score")] >= 3
    assert "canary" not in service.client.get("/metrics").text.lower()


@pytest.mark.parametrize("path", ["/health", "/v1/model", "/", "/nowhere", "/metrics"])
def test_headers_stand_on_every_answer(service: Server, path: str) -> None:
    headers = service.client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers
    assert not [name for name in headers if name.startswith("access-control-")]


@pytest.mark.parametrize("path", ["/", "/health", "/v1/model", "/openapi.json", "/metrics"])
def test_the_head_of_what_can_be_got(service: Server, path: str) -> None:
    head, whole = service.client.head(path), service.client.get(path)
    assert head.status_code == 200
    assert head.content == b""
    assert set(head.headers) == set(whole.headers)


def test_nothing_here_and_not_so(service: Server) -> None:
    is_problem(service.client.get("/nowhere"), 404)
    is_problem(service.client.post("/v1/score/", json={"text": PROPAGANDA}), 404)
    assert service.client.head("/nowhere").status_code == 404
    assert service.client.head("/v1/score").status_code == 405
    refused = service.client.get("/v1/score")
    is_problem(refused, 405)
    assert refused.headers["allow"] == "POST"
    is_problem(service.client.options("/v1/score", headers={"Origin": "https://a.example"}), 405)
