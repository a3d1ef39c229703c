"""A batch that is stopped loses nothing, and its output is the same to the byte."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.service.tiny import (
    COMMAND,
    JOURNALISM,
    MIXED,
    POLISH,
    PROPAGANDA,
    Run,
    environment,
    write_tiny_model,
)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
ROWS = 1536


@pytest.fixture
def table(tmp_path: Path) -> Path:
    texts = [PROPAGANDA, JOURNALISM, MIXED, POLISH, None]
    rows = [{"n": i, "text": (t := texts[i % 5]) and f"{t} {i}"} for i in range(ROWS)]
    pd.DataFrame(rows).to_csv(tmp_path / "in.csv", index=False)
    return tmp_path / "in.csv"


def stop_in_the_middle(words: list[str], parts: Path, number: signal.Signals) -> bytes:
    """Stop a run once some of its parts are there; return what it said on standard error."""
    said = parts.parent / "stderr"
    with (
        said.open("wb") as stderr,
        subprocess.Popen(
            [*COMMAND, *words],
            cwd=parts.parent,
            env=environment(),
            stderr=stderr,
            start_new_session=True,
        ) as process,
    ):
        deadline = time.monotonic() + 60
        while len(list(parts.glob("0*.jsonl"))) < 2:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.02)
        if number == signal.SIGKILL:
            process.kill()
        else:
            os.killpg(process.pid, number)
    assert process.returncode == {signal.SIGINT: 130, signal.SIGTERM: 143}.get(number, -number)
    return said.read_bytes()


@pytest.mark.parametrize(("kind", "workers"), [("csv", "1"), ("parquet", "2")])
def test_killed_and_run_again(
    kind: str, workers: str, table: Path, tiny: Path, krynica: Run
) -> None:
    folder = table.parent
    whole = krynica("batch", "in.csv", "-o", f"whole.{kind}", "--model", tiny)
    assert whole.returncode == 1
    words = ["batch", "in.csv", "-o", f"out.{kind}", "--model", str(tiny), "--workers", workers]
    parts = folder / f"out.{kind}.parts"
    stop_in_the_middle(words, parts, signal.SIGKILL)
    assert not (folder / f"out.{kind}").exists()
    kept = {path.name: path.stat().st_mtime_ns for path in parts.glob("0*.jsonl")}
    assert 2 <= len(kept) < ROWS / 256
    assert not any(b"puppet" in path.read_bytes() for path in parts.iterdir())
    again = subprocess.Popen([*COMMAND, *words], cwd=folder, env=environment())
    while again.poll() is None:
        for name, written in kept.items():
            try:
                assert (parts / name).stat().st_mtime_ns == written
            except FileNotFoundError:
                assert again.wait(60) == 1
        time.sleep(0.05)
    assert (folder / f"out.{kind}").read_bytes() == (folder / f"whole.{kind}").read_bytes()
    assert not parts.exists()


@pytest.mark.parametrize(
    ("number", "workers"), [(signal.SIGINT, "1"), (signal.SIGINT, "2"), (signal.SIGTERM, "2")]
)
def test_stopped_by_a_person_it_is_quiet(
    number: signal.Signals, workers: str, table: Path, tiny: Path
) -> None:
    words = ["batch", "in.csv", "-o", "out.csv", "--model", str(tiny), "--workers", workers]
    said = stop_in_the_middle(words, table.parent / "out.csv.parts", number)
    told = b"krynica: Stopped. The same command resumes where it was.\n"
    assert said == (told if number == signal.SIGINT else b"")


def test_killed_ten_times_at_any_moment(table: Path, tiny: Path, krynica: Run) -> None:
    folder, moments = table.parent, np.random.default_rng(0)
    words = ["batch", "in.csv", "--model", str(tiny)]
    assert krynica(*words, "-o", "whole.csv").returncode == 1
    kills = 0
    for attempt in range(10):
        with subprocess.Popen(
            [*COMMAND, *words, "-o", "out.csv", "--workers", str(1 + attempt % 2)],
            cwd=folder,
            env=environment(),
        ) as process:
            try:
                process.wait(moments.uniform(0.2, 1.8))
            except subprocess.TimeoutExpired:
                process.kill()
                kills += 1
    assert kills >= 3
    assert krynica(*words, "-o", "out.csv").returncode == 1
    assert (folder / "out.csv").read_bytes() == (folder / "whole.csv").read_bytes()
    assert sorted(path.name for path in folder.iterdir()) == ["in.csv", "out.csv", "whole.csv"]


def test_killed_while_the_output_is_written(table: Path, tiny: Path, krynica: Run) -> None:
    folder = table.parent
    words = ["batch", "in.csv", "-o", "out.parquet", "--model", str(tiny)]
    with subprocess.Popen([*COMMAND, *words], cwd=folder, env=environment()) as process:
        while not (hidden := list(folder.glob(".out.*.part.parquet"))):
            assert process.poll() is None
            time.sleep(0.001)
        process.kill()
    assert hidden[0].exists()
    assert not (folder / "out.parquet").exists()
    assert krynica(*words).returncode == 1
    assert krynica(*words[:2], "-o", "whole.parquet", *words[4:]).returncode == 1
    assert (folder / "out.parquet").read_bytes() == (folder / "whole.parquet").read_bytes()
    assert not list(folder.glob(".*"))


@pytest.mark.parametrize("limit", [40_000, 400_000])
def test_a_disk_that_is_full_is_one_sentence_and_harms_nothing(
    limit: int, table: Path, tiny: Path, krynica: Run
) -> None:
    import resource

    words = ["batch", "in.csv", "-o", "out.csv", "--model", str(tiny), "--overwrite"]
    (table.parent / "out.csv").write_text("an earlier result")
    # A limit on the size of any file fails as a full disk does, at a part or at the output.
    said = subprocess.run(
        [*COMMAND, *words],
        cwd=table.parent,
        env=environment(),
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert said.returncode == 1
    assert said.stderr.count(b"\n") == 1
    assert b"could not be written: File too large." in said.stderr
    assert (table.parent / "out.csv").read_text() == "an earlier result"
    assert krynica(*words).returncode == 1
    assert krynica(*words[:3], "whole.csv", *words[4:]).returncode == 1
    assert (table.parent / "out.csv").read_bytes() == (table.parent / "whole.csv").read_bytes()


def test_a_target_that_cannot_be_written_is_one_sentence(table: Path, krynica: Run) -> None:
    (table.parent / "file").write_text("")
    for target in ("/proc/out.csv", "/dev/null/out.csv", "file/out.csv", "nowhere/out.csv"):
        said = krynica("batch", "in.csv", "-o", target)
        assert said.returncode == 1
        assert said.stderr.count(b"\n") == 1
        assert target.rpartition("/")[0].encode() in said.stderr


def test_another_input_or_model_starts_anew(table: Path, tiny: Path, krynica: Run) -> None:
    words = ["batch", "in.csv", "-o", "out.csv", "--model", str(tiny)]
    parts = table.parent / "out.csv.parts"
    stop_in_the_middle(words, parts, signal.SIGKILL)
    other = write_tiny_model(table.parent / "other", version="0.2")
    table.write_text(f"text\n{PROPAGANDA}\n")
    assert krynica("batch", "in.csv", "-o", "out.csv", "--model", other).returncode == 0
    (row,) = pd.read_csv(table.parent / "out.csv").to_dict("records")
    assert str(row["model_version"]) == "0.2"
    assert not parts.exists()
