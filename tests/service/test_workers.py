"""Whoever works, the answers are the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from classifier.errors import KrynicaError, TableError
from service.errors import CallError
from service.rows import Columns, Row
from service.scoring import load
from service.tasks import Score, Task
from service.workers import Workers, crew
from tests.service.tiny import JOURNALISM, MIXED, POLISH, PROPAGANDA, Run, environment


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
    with crew(Workers(number)) as hands:
        call = Score(hands.model(model), observed=False)
        return list(hands.work(call, tasks))


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
    import shutil

    folder = tmp_path / "copy"
    shutil.copytree(tiny, folder)
    model = load(folder)
    (folder / "SHA256SUMS").write_text("")
    with crew(Workers(2)) as hands, pytest.raises(KrynicaError):
        list(hands.work(Score(hands.model(model), observed=False), iter([task(0)])))


def test_a_scheduler_needs_dask() -> None:
    with pytest.raises(CallError):
        Workers(scheduler="tcp://127.0.0.1:8786")


def test_without_the_extra_dask_is_one_sentence(table: Path, tiny: Path, krynica: Run) -> None:
    try:
        import distributed  # noqa: F401
    except ImportError:
        said = krynica("batch", table, "-o", "o.csv", "--model", tiny, "--engine", "dask")
        assert said.returncode == 1
        assert said.stderr.count(b"\n") == 1
        assert b"krynica[dask]" in said.stderr
        assert not (table.parent / "o.csv.parts").exists()


class TestDask:
    @pytest.fixture(autouse=True)
    def extra(self) -> None:
        pytest.importorskip("distributed")

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
