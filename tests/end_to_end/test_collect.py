"""``krynica collect`` over a web of outlets: a corpus, and what a stop costs."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from krynica.data.tables.table import read_table
from tests.end_to_end.made_up_feeds import ITEMS
from tests.end_to_end.web_of_outlets import BROKEN, FORBIDDEN_PAGES, Web, web_of_outlets
from tests.service.tiny import COMMAND, environment

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere not all of 127/8 is this machine"
)
MAPPED = (30, 33)
"""Outlets whose feeds are broken, and whose sitemaps are not."""
VISITED = {1, 2, 6, 9, 15, 19, FORBIDDEN_PAGES, 24, 27, 29, 31, 32, 38, 39} | BROKEN
"""Some of each kind: all forms of feeds, slow ones, lying ones, and those that get better."""
WORDS = [*COMMAND, "collect", "outlets.toml", "-o", "out.jsonl", "--allow-private"]
WORDS += ["--delay", "0.01"]
SOME = (1, 2, 3, 4)
MORE = 8
"""Pages that these have beyond the usual ones."""


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with web_of_outlets() as web:
        yield web


def write_list(
    web: Web, folder: Path, numbers: Iterable[int], sitemaps: Iterable[int], *, feeds: bool = True
) -> None:
    entries = [
        "[[outlet]]\n"
        f'domain = "127.0.1.{n}"\nname = "{n}"\ncountry = "BY"\nlanguages = ["en"]\n'
        f'label = "{"propaganda" if n % 2 else "journalism"}"\n'
        + (f'feeds = ["{web.url(n, "/feed")}"]\n' if feeds else "")
        + (f'sitemaps = ["{web.url(n, "/sitemap.xml")}"]\n' if n in sitemaps else "")
        for n in numbers
    ]
    (folder / "outlets.toml").write_text("".join(entries), "utf-8")


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        WORDS,
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_what_is_there_is_collected_and_what_is_broken_is_told_of(web: Web, tmp_path: Path) -> None:
    write_list(web, tmp_path, sorted(VISITED), MAPPED)
    done = run(tmp_path)
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    failed = [line for line in lines if line.startswith("krynica: 127.0.1.")]
    assert sorted({int(line.split(":")[1].rpartition(".")[2]) for line in failed}) == sorted(BROKEN)
    assert "Traceback" not in done.stderr
    assert not any("puppet" in line or "council" in line for line in lines)

    table = read_table(tmp_path / "out.jsonl")
    counts = table["outlet"].value_counts()
    whole = VISITED - BROKEN - {FORBIDDEN_PAGES} | {*MAPPED}
    assert {f"127.0.1.{n}" for n in whole} == {*counts.index}
    # The first six print a wire story too.
    assert all(counts[f"127.0.1.{n}"] == ITEMS + (n <= 6) for n in whole)
    assert {*table["date"].dropna()} == {"2026-11-20"}
    assert table.groupby("outlet")["label"].nunique().max() == 1
    assert "printed by several outlets word for word, and kept for each: 1 text" in done.stdout
    assert web.asked[FORBIDDEN_PAGES, "/0"] == 0
    for n in MAPPED:
        assert f"127.0.1.{n} (" in done.stdout
        assert web.asked[n, "/none"] == 1


def test_a_run_that_is_stopped_ends_as_one_that_was_not(web: Web, tmp_path: Path) -> None:
    write_list(web, tmp_path, SOME, SOME, feeds=False)
    web.fresh.update(dict.fromkeys(SOME, MORE))
    try:
        assert stop_midway(web, tmp_path, signal.SIGKILL) == -signal.SIGKILL
        assert not (tmp_path / "out.jsonl").exists()
        assert stop_midway(web, tmp_path, signal.SIGINT) == 130
        some = len(read_table(tmp_path / "out.jsonl"))
        done = run(tmp_path)
    finally:
        web.fresh.clear()
    new = [int(line.split()[4]) for line in done.stdout.splitlines()[: len(SOME)]]
    urls = [web.url(n, f"/{page}") for n in SOME for page in range(ITEMS + MORE)]
    assert list(read_table(tmp_path / "out.jsonl")["url"]) == urls
    # Each outlet may have been at an article when the table was written.
    assert 0 <= len(urls) - some - sum(new) <= len(SOME)
    assert some > 0 < sum(new)
    assert not list(tmp_path.glob(".*.part*"))


def stop_midway(web: Web, folder: Path, sign: signal.Signals) -> int:
    """Stop a run once it has asked for fifteen pages more; return its exit status."""
    before = pages_asked(web)
    with subprocess.Popen(
        WORDS,
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        deadline = time.monotonic() + 60
        while pages_asked(web) < before + 15:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.005)
        process.send_signal(sign)
        assert process.stderr is not None
        told = "krynica: Stopped. The same command resumes where it was.\n"
        assert process.stderr.read() == (told if sign == signal.SIGINT else "")
    return process.returncode


def pages_asked(web: Web) -> int:
    return sum(count for (_, path), count in [*web.asked.items()] if path[1:].isdigit())
