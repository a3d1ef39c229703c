"""How far a long run is."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import time
from pathlib import Path

import pandas as pd
import pytest

from krynica.service.progress import Lines
from tests.service.tiny import COMMAND, JOURNALISM, environment


def test_a_line_tells_rows_rate_and_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(every=0.0)
    lines.begin("scoring", 1000)
    lines.done(400, now=False)
    time.sleep(0.1)
    lines.done(100)
    first, second = capsys.readouterr().err.splitlines()
    assert first == "krynica: scoring: 400 of 1,000 rows"
    found = re.fullmatch(
        r"krynica: scoring: 500 of 1,000 rows, (\d+) a second, (\d+) s left", second
    )
    assert found is not None
    rate, left = map(int, found.groups())
    assert 0 < rate <= 1000  # of the hundred that were done now
    assert left == pytest.approx(500 / rate, abs=1)


def test_it_is_silent_until_it_is_time(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(every=60.0)
    lines.begin("scoring", None)
    lines.done(100)
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
def test_a_terminal_shows_it_and_is_left_clean(tiny: Path, tmp_path: Path) -> None:
    texts = [f"{JOURNALISM} {'word ' * (n % 50)} {n}" for n in range(1500)]
    pd.DataFrame({"text": texts}).to_csv(tmp_path / "in.csv", index=False)
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "batch", "in.csv", "-o", "out.csv", "--model", str(tiny)],
        cwd=tmp_path,
        env=environment(TERM="xterm", COLUMNS="120"),
        stderr=theirs,
    ):
        os.close(theirs)
        seen = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            seen += piece
    os.close(ours)
    assert b"scoring" in seen
    assert b"/1500" in seen
    assert b"rows a second" in seen
    last = re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", seen).splitlines()[-1]
    assert last.startswith(b"krynica: ")
