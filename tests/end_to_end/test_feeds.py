"""``krynica feed`` over a web of forty outlets: what is written and asked; what a stop costs."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.end_to_end.made_up_feeds import ITEMS
from tests.end_to_end.web_of_outlets import (
    BROKEN,
    FAILS_ONCE,
    FORBIDDEN_PAGES,
    LYING_CODE,
    OUTLETS,
    TOO_MANY,
    Web,
    web_of_outlets,
)
from tests.service.tiny import COMMAND, environment, write_tiny_model

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere not all of 127/8 is this machine"
)
READ = OUTLETS - len(BROKEN)
ROWS = READ * ITEMS + 2 + 1
"""Four items an outlet, a wire story once and once again nearly, an item without a text."""
SOME_ROWS = 14 * ITEMS + 2 + 1
"""Rows of the first fourteen outlets."""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with web_of_outlets() as web:
        yield web


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("feeds")


@pytest.fixture(scope="module")
def first(web: Web, model: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """The first run, over the web as it is."""
    return follow(web, model, folder)


def words(web: Web, model: Path, feeds: Sequence[str] = ()) -> list[str]:
    where = ["-o", "out.csv", "--model", str(model), "--allow-private", "--delay", "0.01"]
    return [*COMMAND, "feed", *(feeds or [web.url(1, "/opml")]), *where]


def follow(
    web: Web, model: Path, folder: Path, feeds: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words(web, model, feeds),
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def rows(folder: Path) -> list[dict[str, Any]]:
    table = pd.read_csv(folder / "out.csv")
    return table.astype(object).where(table.notna(), None).to_dict("records")


def test_what_is_there_is_written_and_what_is_broken_is_told_of(
    web: Web, first: subprocess.CompletedProcess[str], folder: Path
) -> None:
    done = first
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    failures = [line for line in lines if "/feed" in line]
    assert sorted(
        n for n in range(1, 41) for line in failures if f"127.0.1.{n}:" in line
    ) == sorted(BROKEN)
    assert sum("file:///etc/passwd, which is not an address" in line for line in lines) == 1
    assert "Traceback" not in done.stderr
    assert not any("puppet" in line or "council" in line for line in lines)

    table = rows(folder)
    assert len(table) == ROWS
    assert {row["outlet"] for row in table} == {
        *(f"127.0.1.{n}" for n in range(1, 41) if n not in BROKEN),
        "Outlet",
    }
    links = [row["url"] for row in table if row["url"]]
    assert len({*links}) == len(links)
    forbidden = f"127.0.1.{FORBIDDEN_PAGES}"
    why = {row["error"] for row in table if row["outlet"] == forbidden}
    assert all("robots.txt" in (error or "") for error in why)
    others = (row for row in table if row["outlet"] != forbidden)
    assert [row["title"] for row in others if row["error"]] == ["A picture"]
    assert {row["published"] for row in table} == {"2026-11-20T08:30:00+00:00"}
    assert {row["title"] for row in table} == {
        *(f"Item {n} & more" for n in range(ITEMS)),
        "A picture",
        "Wire",
    }
    (again,) = (row for row in table if row["duplicate_of"] is not None)
    assert again["title"] == table[int(again["duplicate_of"])]["title"] == "Wire"
    assert "not written, as their text is there already: 4 items" in done.stderr
    assert web.asked[FORBIDDEN_PAGES, "/0"] == 0
    for outlet in (FAILS_ONCE, TOO_MANY):
        assert web.asked[outlet, "/feed"] == 2
    assert f"127.0.1.{LYING_CODE}: 4 articles" in done.stdout
    assert done.stdout.count("127.0.1.") == READ


@pytest.mark.usefixtures("first")
def test_the_next_run_asks_conditionally_and_takes_what_is_new(
    web: Web, model: Path, folder: Path
) -> None:
    before = rows(folder)
    web.asked.clear()
    web.fresh.update({3: 1, 16: 2})
    try:
        done = follow(web, model, folder)
    finally:
        web.fresh.clear()
    after = rows(folder)
    assert after[:ROWS] == before
    assert sorted(row["url"] for row in after[ROWS:]) == sorted(
        [web.url(3, "/4"), web.url(16, "/4"), web.url(16, "/5")]
    )
    assert "krynica: 3 rows:" in done.stderr
    assert {*web.unchanged} == {*range(1, 41)} - BROKEN - {3, 16}
    pages = {key for key in web.asked if key[1].strip("/").isdigit()}
    assert pages == {(16, "/4"), (16, "/5")}


def test_a_killed_run_loses_nothing_and_writes_nothing_twice(
    web: Web, model: Path, tmp_path: Path
) -> None:
    some = [web.url(n, "/feed") for n in range(1, 15)]
    kill_midway(words(web, model, some), tmp_path)
    kept = cells(tmp_path)
    assert 0 < len(kept) < SOME_ROWS
    assert not (tmp_path / "out.csv").exists()
    follow(web, model, tmp_path, some)
    assert cells(tmp_path)[: len(kept)] == kept
    table = rows(tmp_path)
    assert len(table) == SOME_ROWS
    links = [row["url"] for row in table]
    assert len({*links}) == len(links)


def kill_midway(command: list[str], folder: Path) -> None:
    """Kill a run once its state has grown to 70,000 bytes, between 40,000 and 110,000."""
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        deadline = time.monotonic() + 60
        while _size(folder / "out.csv.state") < 70_000:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.01)
        process.kill()
    assert process.returncode == -signal.SIGKILL


def cells(folder: Path) -> list[str]:
    """Return the rows of a state as they are kept; it is copied, as reading it would mend it."""
    with tempfile.TemporaryDirectory() as copy:
        for path in folder.glob("out.csv.state*"):
            shutil.copy(path, copy)
        db = sqlite3.connect(Path(copy) / "out.csv.state")
        try:
            return [cell for (cell,) in db.execute("SELECT cells FROM row ORDER BY number")]
        finally:
            db.close()


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
