"""Tokens come back with time, clients are told apart, and few are remembered."""

from __future__ import annotations

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from krynica.service.web.guards.rate import Rate


async def _app(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


class Clock:
    """Time that passes when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def ask(rate: Rate, client: str, path: str = "/v1/model") -> int:
    """Send a request of a client; return the status."""
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        said.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "client": (client, 1)}
    asyncio.run(rate(scope, receive, send))
    status: int = said[0]["status"]
    return status


def test_tokens_come_back() -> None:
    clock = Clock()
    rate = Rate(_app, per_minute=60, burst=3, clock=clock)
    assert [ask(rate, "192.0.2.1") for _ in range(5)] == [200, 200, 200, 429, 429]
    clock.now += 1
    assert [ask(rate, "192.0.2.1") for _ in range(2)] == [200, 429]
    clock.now += 3600
    assert [ask(rate, "192.0.2.1") for _ in range(4)] == [200, 200, 200, 429]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("what a proxy says", "what a proxy says", True),
    ],
)
def test_which_addresses_are_one_client(one: str, other: str, same: bool) -> None:  # noqa: FBT001
    rate = Rate(_app, per_minute=1, burst=1, clock=Clock())
    assert ask(rate, one) == 200
    assert ask(rate, one) == 429
    assert ask(rate, other) == (429 if same else 200)


def test_health_is_free() -> None:
    rate = Rate(_app, per_minute=1, burst=1, clock=Clock())
    assert [ask(rate, "192.0.2.1", "/health") for _ in range(5)] == [200] * 5


def test_the_client_of_long_ago_is_forgotten_first() -> None:
    rate = Rate(_app, per_minute=1, burst=1, clock=Clock(), clients=2)
    assert [ask(rate, f"192.0.2.{number}") for number in (1, 2, 3)] == [200, 200, 200]
    assert ask(rate, "192.0.2.3") == 429
    assert ask(rate, "192.0.2.1") == 200
