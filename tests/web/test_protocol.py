"""A connection on which no request arrives ends, with a problem."""

from __future__ import annotations

import asyncio
import socket

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from service.web.protocol import PatientProtocol


class Hasty(PatientProtocol):
    """Waits for a blink."""

    head_seconds = 0.2


async def _app(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def _talk(*pieces: bytes) -> bytes:
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(_app, http=Hasty, ws="none", lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server._serve([listener]))
    reader, writer = await asyncio.open_connection(*listener.getsockname())
    for piece in pieces:
        writer.write(piece)
        await writer.drain()
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    server.should_exit = True
    await serving
    return answer


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
