"""Whoever works, the answers are the same."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest

from krynica.classifier.errors import KrynicaError, TableError
from krynica.service.batch.tasks import Score, Task
from krynica.service.batch.workers import Workers, worker_pool
from krynica.service.errors import CallError
from krynica.service.rows import Columns, Row
from krynica.service.scoring import load
from tests.service.tiny import (
    COMMAND,
    JOURNALISM,
    MIXED,
    POLISH,
    PROPAGANDA,
    Run,
    copy_model,
    environment,
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    texts = [PROPAGANDA, JOURNALISM, MIXED, POLISH, None]
    rows = [{"n": i, "text": (t := texts[i % 5]) and f"{t} {i}"} for i in range(600)]
    pd.DataFrame(rows).to_parquet(tmp_path / "in.parquet")
    return tmp_path / "in.parquet"


def test_two_workers_give_the_bytes_of_one(table: Path, tiny: Path, krynica: Run) -> None:
    for workers in (1, 2):
        words = ("batch", table, "-o", f"{workers}.parquet", "--model", tiny, "--workers", workers)
        assert krynica(*map(str, words)).returncode == 1
    one, two = (table.with_name(f"{n}.parquet").read_bytes() for n in (1, 2))
    assert one == two


def task(first: int) -> Task:
    return Task(first, 1, [Row(PROPAGANDA)], Columns())


def results(tasks: Iterator[Task], folder: Path, number: int) -> list[object]:
    model = load(folder)
    with worker_pool(Workers(number)) as pool:
        call = Score(pool.model(model), observed=False)
        return list(pool.work(call, tasks))


def tasks_that_fail() -> Iterator[Task]:
    """Give a few tasks, then find that the table is harmed."""
    for first in range(20):
        yield task(first)
    raise TableError("Line 21 is no row.")


@pytest.mark.parametrize("number", [1, 2])
def test_a_table_that_breaks_off_is_told_as_such(number: int, tiny: Path) -> None:
    with pytest.raises(TableError, match="Line 21"):
        results(tasks_that_fail(), tiny, number)


def test_a_worker_that_has_another_model_refuses(tiny: Path, tmp_path: Path) -> None:
    folder = copy_model(tiny, tmp_path / "copy")
    model = load(folder)
    (folder / "SHA256SUMS").write_text("")
    with worker_pool(Workers(2)) as pool, pytest.raises(KrynicaError):
        list(pool.work(Score(pool.model(model), observed=False), iter([task(0)])))


def test_a_scheduler_needs_dask() -> None:
    with pytest.raises(CallError):
        Workers(scheduler="tcp://127.0.0.1:8786")


class TestDask:
    def test_local_processes(self, table: Path, tiny: Path, krynica: Run) -> None:
        krynica("batch", table, "-o", "1.parquet", "--model", tiny)
        said = krynica(
            "batch", table, "-o", "2.parquet", "--model", tiny, "--engine", "dask", "--workers", "2"
        )
        assert said.returncode == 1
        assert all(line.startswith(b"krynica: ") for line in said.stderr.splitlines())
        one, two = (table.with_name(f"{n}.parquet").read_bytes() for n in (1, 2))
        assert one == two

    def test_a_scheduler_that_is_not_there(self, table: Path, tiny: Path, krynica: Run) -> None:
        said = krynica(
            "batch", table, "-o", "o.csv", "--model", tiny,
            "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9",
        )  # fmt: skip
        assert said.returncode == 1
        assert said.stderr == b"krynica: No Dask scheduler answers at tcp://127.0.0.1:9.\n"
        assert not (table.parent / "o.csv.parts").exists()

    def test_a_cluster_of_others(self, table: Path, tiny: Path, krynica: Run) -> None:
        program = (
            "from distributed import LocalCluster; import sys\n"
            "if __name__ == '__main__':\n"
            "    with LocalCluster(n_workers=1, threads_per_worker=2, processes=False,\n"
            "                      dashboard_address=None, protocol='tcp://') as cluster:\n"
            "        print(cluster.scheduler_address, flush=True); sys.stdin.read()\n"
        )
        krynica("batch", table, "-o", "1.parquet", "--model", tiny)
        with subprocess.Popen(
            [sys.executable, "-c", program],
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as cluster:
            assert cluster.stdout is not None
            address = cluster.stdout.readline().strip()
            said = krynica(
                "batch", table, "-o", "2.parquet", "--model", tiny,
                "--engine", "dask", "--scheduler", address,
            )  # fmt: skip
            cluster.communicate("")
        assert said.returncode == 1, said.stderr
        one, two = (table.with_name(f"{n}.parquet").read_bytes() for n in (1, 2))
        assert one == two

    def test_a_worker_that_is_killed_loses_nothing(
        self, tiny: Path, tmp_path: Path, krynica: Run
    ) -> None:
        texts = [PROPAGANDA, JOURNALISM, MIXED, POLISH]
        rows = [{"text": f"{texts[n % 4]} {'word ' * (n % 97)}{n}"} for n in range(3000)]
        pd.DataFrame(rows).to_parquet(tmp_path / "in.parquet", row_group_size=100)
        words = ("batch", "in.parquet", "--model", str(tiny))
        assert krynica(*words, "-o", "whole.parquet").returncode == 0
        with cluster(tmp_path) as (address, workers):
            out = ("-o", "out.parquet", "--engine", "dask", "--scheduler", address)
            with subprocess.Popen(
                [*COMMAND, *words, *out], cwd=tmp_path, env=environment()
            ) as process:
                parts = tmp_path / "out.parquet.parts"
                while len(list(parts.glob("0*.jsonl"))) < 5:
                    assert process.poll() is None
                    time.sleep(0.02)
                workers[0].kill()
                assert len(list(parts.glob("0*.jsonl"))) < 30
            assert process.returncode == 0
        assert (tmp_path / "out.parquet").read_bytes() == (tmp_path / "whole.parquet").read_bytes()

    def test_a_scheduler_that_is_lost_is_one_sentence(self, tiny: Path, tmp_path: Path) -> None:
        rows = [{"text": f"{PROPAGANDA} {n}"} for n in range(3000)]
        pd.DataFrame(rows).to_parquet(tmp_path / "in.parquet", row_group_size=100)
        with cluster(tmp_path) as (address, _), subprocess.Popen(
            [
                *COMMAND, "batch", "in.parquet", "--model", str(tiny),
                "-o", "out.parquet", "--engine", "dask", "--scheduler", address,
            ],
            cwd=tmp_path,
            env=environment(),
            stderr=subprocess.PIPE,
        ) as process:  # fmt: skip
            parts = tmp_path / "out.parquet.parts"
            while len(list(parts.glob("0*.jsonl"))) < 5:
                assert process.poll() is None
                time.sleep(0.02)
            for pid in map(int, (tmp_path / "scheduler.pid").read_text().split()):
                os.kill(pid, signal.SIGKILL)
            _, said = process.communicate(timeout=90)
        assert process.returncode == 1
        assert said.count(b"\n") == 1, said
        assert b"scheduler was lost" in said
        assert parts.exists()


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Run a scheduler and two workers, each a process of its own."""
    dask = [sys.executable, "-m", "distributed.cli.dask_worker", "--no-nanny", "--no-dashboard"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment()}
    place = folder / "scheduler.json"
    scheduler = subprocess.Popen(
        [
            sys.executable, "-m", "distributed.cli.dask_scheduler", "--no-dashboard",
            "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(place),
        ],
        **quiet,
    )  # fmt: skip
    (folder / "scheduler.pid").write_text(str(scheduler.pid))
    running = [scheduler]
    try:
        while not place.exists():
            assert scheduler.poll() is None
            time.sleep(0.05)
        address = json.loads(place.read_text())["address"]
        workers = [
            subprocess.Popen(
                [*dask, "--nthreads", "1", "--local-directory", str(folder / f"w{n}"), address],
                **quiet,
            )
            for n in range(2)
        ]
        running += workers
        yield address, workers
    finally:
        for process in running:
            process.kill()
            process.wait()


@pytest.mark.skipif(not Path("/proc").exists(), reason="reads /proc")
def test_no_worker_outlives_the_command(table: Path, tiny: Path, krynica: Run) -> None:
    mark = f"{os.getpid()}-{table.parent.name}"
    words = ("batch", table, "-o", "o.csv", "--model", tiny, "--workers", "2")
    assert krynica(*words, env={"KRYNICA_TEST_MARK": mark}).returncode == 1
    left = []
    for environ in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in environ.read_bytes():
                left.append(environ)
        except OSError:
            continue
    assert left == []
