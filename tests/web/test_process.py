"""The service as processes: it begins, ends, and outlives its workers."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx2
import pytest

from tests.service.tiny import COMMAND, JOURNALISM, PROPAGANDA, ROOT, environment
from tests.web.server import PATIENCE, Server, is_problem, serving

LONG = PROPAGANDA * 300
"""Takes a while to read."""


def children(server: Server) -> list[int]:
    """Processes of the workers."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            said = path.read_text("utf-8").rpartition(")")[2].split()
            words = (path.parent / "cmdline").read_bytes()
        except OSError:  # it has ended
            continue
        if int(said[1]) == server.process.pid and b"spawn_main" in words:
            found.append(int(path.parent.name))
    return found


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_requests_under_way_are_answered_at_the_end(tiny: Path, sign: signal.Signals) -> None:
    with serving("--model", tiny) as server, ThreadPoolExecutor() as threads:
        body = json.dumps({"text": LONG}).encode()
        with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as slow:
            head = "POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json"
            slow.sendall(f"{head}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body[:-1])
            in_flight(server)
            stopped = threads.submit(server.stop, sign)
            until_closed(server.port)
            slow.sendall(body[-1:])
            answer = b""
            while piece := slow.recv(65536):
                answer += piece
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert b'"verdict":"propaganda"' in answer
        assert stopped.result() == 0
        assert server.output.count("\n") == 1


def in_flight(server: Server) -> None:
    """Wait until what was sent before has been met: another request has been answered since."""
    assert server.client.get("/health").status_code == 200


def until_closed(port: int) -> None:
    for _ in range(PATIENCE * 20):
        try:
            socket.create_connection(("127.0.0.1", port), PATIENCE).close()
        except OSError:
            return
        time.sleep(0.05)
    raise AssertionError


def test_the_end_does_not_wait_for_a_client_that_dawdles(tiny: Path) -> None:
    with (
        serving("--model", tiny, KRYNICA_GRACE="1") as server,
        socket.create_connection(("127.0.0.1", server.port), PATIENCE) as slow,
    ):
        slow.sendall(b"POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{")
        in_flight(server)
        assert server.stop() == 0
        assert server.output.count("\n") == 1


@pytest.mark.parametrize("grace", ["20", "1"])
def test_the_end_waits_for_documents_for_its_grace(tmp_path: Path, tiny: Path, grace: str) -> None:
    """A document takes part in the end as any text does, and its client gets no 500."""
    slow = tmp_path / "slow.py"
    slow.write_text(SLOW_DOCUMENTS, "utf-8")
    env = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}", "KRYNICA_GRACE": grace}
    (tmp_path / "sitecustomize.py").write_text("import slow\n", "utf-8")
    with serving("--model", tiny, **env) as server, ThreadPoolExecutor() as threads:
        file = {"file": ("a.txt", JOURNALISM.encode())}
        asked = threads.submit(fresh_post, server.url, file)
        time.sleep(1)
        begin = time.monotonic()
        assert server.stop() == 0
        took = time.monotonic() - begin
        answer = asked.result()
        if grace == "20":
            assert answer == 200
        else:
            assert answer in {429, None}
            assert took < 4
        assert server.output.count("\n") == 1


SLOW_DOCUMENTS = """
import time
import krynica.data.documents.document as documents
real = documents.read_document
def slow(data, name):
    time.sleep(5)
    return real(data, name)
documents.read_document = slow
"""


def fresh_post(url: str, files: dict[str, tuple[str, bytes]]) -> int | None:
    """Return the status of an answer; None where the connection ended without one."""
    try:
        return httpx2.post(url, files=files, trust_env=False, timeout=PATIENCE).status_code
    except httpx2.TransportError:
        return None


@pytest.fixture
def many(tiny: Path) -> Iterator[Server]:
    with serving("--model", tiny, "--workers", "2") as server:
        until(lambda: len(children(server)) == 2)
        yield server


def until(condition: object) -> None:
    assert callable(condition)
    for _ in range(PATIENCE * 20):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError


def test_a_worker_that_dies_is_replaced(many: Server) -> None:
    before = children(many)
    os.kill(before[0], signal.SIGKILL)
    until(lambda: len(set(children(many)) - set(before)) == 1)
    many.wait_until_ready()
    for _ in range(20):
        with fresh(many) as client:
            answer = client.post("/v1/score", json={"text": PROPAGANDA})
            assert answer.json()["verdict"] == "propaganda"
    workers = children(many)
    assert many.stop() == 0
    until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
    assert "canary" not in many.output
    assert "Traceback" not in many.output


@contextmanager
def fresh(server: Server) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=server.url, trust_env=False, timeout=PATIENCE) as client:
        yield client


def test_workers_count_together(many: Server) -> None:
    for _ in range(12):
        with fresh(many) as client:
            client.post("/v1/score", json={"text": JOURNALISM}).raise_for_status()
    for _ in range(4):
        with fresh(many) as client:
            said = client.get("/metrics").text
            pattern = r'^krynica_answers_total{.*"journalism".*} (\S+)$'
            counted = re.search(pattern, said, re.MULTILINE)
            assert counted
            assert float(counted.group(1)) == 12


@pytest.mark.parametrize("seconds", [0.5, 1.0])
def test_ctrl_c_while_workers_begin(tiny: Path, seconds: float) -> None:
    """A terminal sends it to all processes; wherever they are, none answers with a traceback."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--workers", "2", "--model", str(tiny)],
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode in {0, 130, -signal.SIGINT}
    assert said.count(b"\n") <= 1


def test_workers_end_with_the_first_process(many: Server) -> None:
    workers = children(many)
    many.process.kill()
    until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))


@pytest.mark.parametrize("env", [{}, {"KRYNICA_QUEUE": "3"}])
def test_fifty_at_once_are_all_answered(tiny: Path, env: dict[str, str]) -> None:
    with serving("--model", tiny, **env) as server:

        def ask(number: int) -> httpx2.Response:
            with fresh(server) as client:
                text = PROPAGANDA if number % 2 else JOURNALISM
                return client.post("/v1/score", json={"text": text * 5})

        with ThreadPoolExecutor(50) as threads:
            answers = list(threads.map(ask, range(150)))
        good = [number for number, answer in enumerate(answers) if answer.status_code == 200]
        assert good
        for number, answer in enumerate(answers):
            if answer.status_code == 200:
                verdict = "propaganda" if number % 2 else "journalism"
                assert answer.json()["verdict"] == verdict
            else:
                is_problem(answer, 429)
                assert int(answer.headers["retry-after"]) >= 1
        if not env:
            assert len(good) == 150


def test_a_client_that_leaves_frees_its_place(tiny: Path) -> None:
    with serving("--model", tiny, KRYNICA_QUEUE="1", KRYNICA_SECONDS="3000") as server:
        for _ in range(3):
            with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as leaving:
                head = b"POST /v1/score HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
                leaving.sendall(head + b"Expect: 100-continue\r\n\r\n")
                assert b" 100 " in leaving.recv(65536)  # its body is waited for: it has the place
                is_problem(server.score(text=PROPAGANDA), 429)
            until(lambda: server.score(text=PROPAGANDA).status_code == 200)


def test_an_answer_that_nobody_reads_has_a_place_and_ends(tiny: Path) -> None:
    """The form comes again with its text, in which each ``&`` is five characters."""
    with serving("--model", tiny, KRYNICA_QUEUE="1", KRYNICA_SECONDS="3") as server:
        body = b"&" * 1_900_000
        kind = "multipart/form-data; boundary=b"
        body = b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n%b\r\n--b--\r\n' % body
        head = f"POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\n"
        with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as unread:
            unread.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            assert unread.recv(15) == b"HTTP/1.1 200 OK"
            is_problem(server.score(text=PROPAGANDA), 429)
            until(lambda: server.score(text=PROPAGANDA).status_code == 200)
            size = 0
            with suppress(ConnectionResetError):
                while piece := unread.recv(65536):
                    size += len(piece)
            assert size < 5 * 1_900_000
