"""``krynica serve`` as a real process, on a free port of this machine."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2

from tests.service.tiny import COMMAND, ROOT, environment

_LINE = re.compile(r"^krynica: Krynica is at (http://\S+/) \(Ctrl-C stops it\)\.$", re.MULTILINE)
PATIENCE = 60
"""Seconds after which a test gives up; nothing here is about time."""


class Server:
    """A running service."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self._log = log
        self.url = self._wait_for_line()
        self.port = int(urlsplit(self.url).port or 0)
        self.client = httpx2.Client(base_url=self.url, trust_env=False, timeout=PATIENCE)

    @property
    def output(self) -> str:
        """All that it has said so far."""
        return self._log.read_text("utf-8")

    def _wait_for_line(self) -> str:
        for _ in range(PATIENCE * 20):
            if said := _LINE.search(self.output):
                return said.group(1)
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(self.output)

    def wait_until_ready(self) -> None:
        for _ in range(PATIENCE * 20):
            if self.client.get("/ready").status_code == 200:
                return
            time.sleep(0.05)
        raise AssertionError(self.output)

    def score(self, **article: Any) -> httpx2.Response:
        return self.client.post("/v1/score", json=article)

    def raw(self, request: bytes) -> bytes:
        """Send bytes over a connection of their own, and read until the service ends it."""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as connection:
            connection.sendall(request)
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
        return answer

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> int:
        self.client.close()
        self.process.send_signal(sign)
        return self.process.wait(PATIENCE)


@contextmanager
def serving(*words: str | Path, **env: str) -> Iterator[Server]:
    """Start the service, wait until the model answers, and stop it in the end."""
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("wb") as log:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", "0", *map(str, words)],
            cwd=ROOT,
            env=environment(**env),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            server = Server(process, Path(log.name))
            server.wait_until_ready()
            with closing(server.client):
                yield server
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE)
            finally:
                process.kill()


def is_problem(answer: httpx2.Response, status: int) -> str:
    """Check that an answer is a problem of this status; return its sentence."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert set(said) == {"type", "title", "status", "detail"}
    assert said["status"] == status
    assert said["detail"].endswith(".")
    detail: str = said["detail"]
    return detail
