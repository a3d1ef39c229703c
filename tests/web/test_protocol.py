"""A connection on which no request arrives, or no answer is read, ends."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from krynica.service.web.protocol import PatientProtocol


class Hasty(PatientProtocol):
    """Waits for a blink."""

    head_seconds = 0.2
    answer_seconds = 1
    most = 2


async def _app(scope: Scope, receive: Receive, send: Send) -> None:
    large = scope["path"] == "/large"
    await send({"type": "http.response.start", "status": 200 if large else 204, "headers": []})
    await send({"type": "http.response.body", "body": b"a" * LARGE if large else b""})


@asynccontextmanager
async def _serving() -> AsyncIterator[tuple[str, int]]:
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(_app, http=Hasty, ws="none", lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server._serve([listener]))
    yield listener.getsockname()
    server.should_exit = True
    await serving


async def _talk(*pieces: bytes, after: float = 0) -> bytes:
    async with _serving() as address:
        reader, writer = await asyncio.open_connection(*address, limit=1000)
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        await asyncio.sleep(after)
        answer = bytearray()  # it grows in place: a reader must not be slow for its own sake
        with suppress(ConnectionResetError):
            while piece := await reader.read(65536):
                answer += piece
            writer.close()
            await writer.wait_closed()
    return bytes(answer)


async def _crowd(number: int) -> list[bytes]:
    async with _serving() as address:
        talks = [await asyncio.open_connection(*address) for _ in range(number)]
        answers = [await reader.read() for reader, _ in talks]
        for _, writer in talks:
            writer.close()
            await writer.wait_closed()
    return answers


LARGE = 10_000_000
GOOD = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.mark.parametrize("sent", [b"", b"G", b"GET / HTTP/1.1\r\nHost: localhost\r\n"])
def test_a_head_that_does_not_come(sent: bytes) -> None:
    answer = asyncio.run(_talk(sent))
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"application/problem+json" in answer


def test_the_next_head_is_waited_for_as_well() -> None:
    answer = asyncio.run(_talk(GOOD + GOOD[:20]))
    first, _, second = answer.partition(b"HTTP/1.1 408 ")
    assert first.startswith(b"HTTP/1.1 204 ")
    assert second


@pytest.mark.parametrize("after", [0, 3])
def test_an_answer_that_is_not_read_is_given_up(after: float) -> None:
    large = GOOD.replace(b"/ ", b"/large ", 1).replace(
        b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"
    )
    answer = asyncio.run(_talk(large, after=after))
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert (answer.count(b"a" * 1000) == LARGE // 1000) == (not after)


def test_more_connections_than_may_be() -> None:
    statuses = [answer.split(b" ")[1] for answer in asyncio.run(_crowd(3))]
    assert sorted(statuses) == [b"408", b"408", b"429"]
