"""HTTP/1.1 as uvicorn speaks it, but that nobody may dawdle, asking or reading, or shout."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from krynica.service.web.guards.headers import HEADERS
from krynica.service.web.problems import MEDIA_TYPE, Problem, busy


class PatientProtocol(H11Protocol):
    """Ends connections on which no request arrives or no answer is read.

    What is no HTTP is answered with a problem.
    """

    head_seconds = 15.0
    """Time for the head of a request, from its connection or the answer before it."""

    answer_seconds = 30.0
    """Time for what was written to be read."""
    most = 500
    """Connections at once; the next is refused. Those that only wait hold a few kilobytes each."""

    _unread_timer: asyncio.TimerHandle | None = None
    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head."""
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=0)  # `pause_writing` where anything is unread
        if len(self.connections) > self.most:
            self._refuse(busy("The service has too many connections; try again in a moment."))
        else:
            self._await_head()

    def data_received(self, data: bytes) -> None:
        """Read, and wait on where the head is not whole."""
        super().data_received(data)
        self._await_head()

    def on_response_complete(self) -> None:
        """Begin to wait for the next head."""
        super().on_response_complete()
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more, and let go of the request: it and its connection hold one another."""
        super().connection_lost(exc)
        self._forget_head()
        self._forget_unread()
        self.cycle = None  # type: ignore[assignment]  # as before the first request

    def pause_writing(self) -> None:
        """Begin to wait until what was written is read."""
        super().pause_writing()
        self._unread_timer = self.loop.call_later(self.answer_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Wait no more: all is read."""
        super().resume_writing()
        self._forget_unread()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP."""
        self._refuse(Problem(400, msg))

    def _await_head(self) -> None:
        if self.conn.their_state is not h11.IDLE or self.transport.is_closing():
            self._forget_head()
        elif self._head_timer is None:
            self._head_timer = self.loop.call_later(self.head_seconds, self._too_slow)

    def _forget_head(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _forget_unread(self) -> None:
        if self._unread_timer is not None:
            self._unread_timer.cancel()
            self._unread_timer = None

    def _too_slow(self) -> None:
        self._head_timer = None
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            detail = f"The head of the request did not arrive within {self.head_seconds:g} seconds."
            self._refuse(Problem(408, detail))

    def _refuse(self, problem: Problem) -> None:
        body = json.dumps(problem.as_dict()).encode()
        headers = {
            **HEADERS,
            "Cache-Control": "no-store",
            "Content-Type": MEDIA_TYPE,
            "Content-Length": str(len(body)),
            "Connection": "close",
            **dict(problem.headers),
        }
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            answer: list[Any] = [
                h11.Response(status_code=problem.status, headers=list(headers.items())),
                h11.Data(data=body),
                h11.EndOfMessage(),
            ]
            self.transport.write(b"".join(self.conn.send(event) or b"" for event in answer))
        self.transport.close()
