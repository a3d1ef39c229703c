"""``krynica feed`` where the article is on a page: whose text is taken, and what is tried again."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from krynica.service.feeds.rows import ITEM_COLUMNS
from tests.data.conftest import Answer, Site, serving
from tests.service.tiny import COMMAND, Run, environment

CALM = " ".join(f"The council passed budget number {n}, officials said." for n in range(30))
LOUD = " ".join(f"The puppet regime spreads hysteria number {n}." for n in range(30))

STOPPED = "krynica: Stopped. The same command resumes where it was.\n"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        site.answers["/robots.txt"] = status(404)
        yield site


def status(number: int, **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(number)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


def page(site: Site, text: str) -> None:
    site.page("/1", f"<html><body><article><p>{text}</p></article></body></html>".encode())


def feed(site: Site, text: str = "", **headers: str) -> None:
    items = [{"id": "1", "url": "/1", "title": "One", "content_text": text}]
    body = json.dumps({"title": "Paper", "items": items}).encode()
    site.page("/feed", body, "application/feed+json", **headers)


class Feed:
    """Runs the command over the feed of a site."""

    def __init__(self, call: Run, tiny: Path, site: Site, folder: Path) -> None:
        self.call, self.tiny, self.site, self.folder = call, tiny, site, folder

    def run(self, *words: str, status: int = 0) -> None:
        where = ["-o", "out.csv", "--model", self.tiny, "--allow-private", "--delay", "0"]
        self.site.asked.clear()
        done = self.call("feed", f"{self.site.url}/feed", *where, *words)
        assert done.returncode == status, done.stderr

    def __call__(self, *words: str, status: int = 0) -> dict[str, Any]:
        self.run(*words, status=status)
        (row,) = pd.read_csv(self.folder / "out.csv").to_dict("records")
        return {str(name): None if pd.isna(cell) else cell for name, cell in row.items()}

    def paths(self) -> list[str]:
        """What was asked for in the last run, robots.txt left out."""
        return [path for path, _ in self.site.asked if path != "/robots.txt"]


@pytest.fixture
def follow(call: Run, tiny: Path, site: Site, tmp_path: Path) -> Feed:
    return Feed(call, tiny, site, tmp_path)


@pytest.mark.parametrize(
    ("of_feed", "wanted", "verdict", "asked"),
    [
        (CALM, "auto", "journalism", ["/feed"]),
        (CALM, "feed", "journalism", ["/feed"]),
        (CALM, "page", "propaganda", ["/feed", "/1"]),
        (f"{CALM} …", "auto", "propaganda", ["/feed", "/1"]),
        (CALM[:700], "auto", "propaganda", ["/feed", "/1"]),
        (CALM[:700], "feed", "journalism", ["/feed"]),
        ("", "auto", "propaganda", ["/feed", "/1"]),
    ],
)
def test_whose_text_is_taken(
    follow: Feed, site: Site, of_feed: str, wanted: str, verdict: str, asked: list[str]
) -> None:
    feed(site, of_feed)
    page(site, LOUD)
    row = follow("--text", wanted)
    assert (row["verdict"], row["outlet"], row["url"]) == (verdict, "127.0.0.1", f"{site.url}/1")
    assert follow.paths() == asked


@pytest.mark.parametrize("kind", ["application/rtf", "application/octet-stream"])
def test_a_document_behind_an_item_is_read(follow: Feed, site: Site, kind: str) -> None:
    feed(site, CALM[:700])
    site.page("/1", rf"{{\rtf1\ansi {LOUD}}}".encode("ascii"), kind)
    assert follow()["verdict"] == "propaganda"


@pytest.mark.parametrize("failure", [404, 503])
def test_where_there_is_no_page_the_row_says_why_and_no_teaser_is_judged(
    follow: Feed, site: Site, failure: int
) -> None:
    feed(site, CALM[:700])
    site.answers["/1"] = status(failure)
    row = follow(status=1)
    assert f"/1 answered {failure}" in row["error"]
    assert row["verdict"] is row["p_propaganda"] is None
    page(site, LOUD)
    again = follow()
    assert follow.paths() == (["/feed"] if failure == 404 else ["/feed", "/1"])
    assert again["verdict"] == (None if failure == 404 else "propaganda")
    assert {name: again[name] for name in ITEM_COLUMNS} == {
        name: row[name] for name in ITEM_COLUMNS
    }


def redirect(location: str) -> Answer:
    return status(302, Location=location)


def pdf(request: BaseHTTPRequestHandler) -> None:
    data = b"%PDF-1.4\n1 0 obj\n"
    request.send_response(200)
    request.send_header("Content-Type", "application/pdf")
    request.send_header("Content-Length", str(len(data)))
    request.end_headers()
    request.wfile.write(data)


@pytest.mark.parametrize(
    ("behind", "why"),
    [
        (status(404), "answered 404"),
        (status(500), "answered 500"),
        (redirect("/1"), "leads on to other addresses more than"),
        (pdf, "This document is damaged"),
    ],
    ids=["404", "500", "loop", "PDF"],
)
def test_why_a_page_could_not_be_read_stands_in_its_row_and_ends_the_run_with_1(
    follow: Feed, site: Site, behind: Answer, why: str
) -> None:
    feed(site, "Гэтага ўжо няма…")
    site.answers["/1"] = behind
    assert why in follow(status=1)["error"]


@pytest.mark.parametrize("failure", [404, 503])
def test_a_reason_stays_where_the_page_fails_again(follow: Feed, site: Site, failure: int) -> None:
    feed(site, CALM[:700])
    site.answers["/1"] = status(503)
    row = follow(status=1)
    site.answers["/1"] = status(failure)
    tries = []
    for is_tried in (True, failure == 503, failure == 503, False):
        assert follow(status=1 if is_tried else 0) == row
        tries.append("/1" in follow.paths())
    assert tries == [True, failure == 503, failure == 503, False]


def test_a_page_is_tried_again_where_its_feed_fails(follow: Feed, site: Site) -> None:
    feed(site)
    site.answers["/1"] = status(503)
    follow(status=1)
    site.answers["/feed"] = status(404)
    page(site, LOUD)
    assert follow(status=1)["verdict"] == "propaganda"
    assert follow.paths() == ["/feed", "/1"]


def test_a_page_that_was_not_asked_for_costs_no_try(follow: Feed, site: Site) -> None:
    feed(site, ETag='"1"')
    site.answers["/1"] = status(503)
    follow(status=1)
    site.answers["/feed"] = status(503, Retry_After="3600")
    for _ in range(4):
        assert follow(status=1)["verdict"] is None
        assert follow.paths() == ["/feed"]
    site.answers["/feed"] = status(304)
    page(site, LOUD)
    assert follow()["verdict"] == "propaganda"


def test_a_row_that_is_put_right_repeats_no_later_one(
    follow: Feed, site: Site, tmp_path: Path
) -> None:
    items = [{"id": "1", "url": "/1"}, {"id": "2", "url": "/2", "content_text": CALM}]
    site.page("/feed", json.dumps({"items": items}).encode())
    site.answers["/1"] = status(503)
    follow.run(status=1)
    page(site, CALM)
    follow.run()
    table = pd.read_csv(tmp_path / "out.csv")
    assert list(table["verdict"]) == ["journalism"] * 2
    assert table["duplicate_of"].isna().all()


def test_a_page_that_failed_is_tried_again_and_its_row_is_put_right(
    follow: Feed, site: Site
) -> None:
    feed(site, ETag='"1"')
    site.answers["/1"] = status(503)
    row = follow(status=1)
    assert row["error"].endswith("/1 answered 503 Service Unavailable.")
    page(site, LOUD)
    site.answers["/feed"] = status(304)
    again = follow()
    assert follow.paths() == ["/feed", "/1"]
    assert (again["verdict"], again["error"]) == ("propaganda", None)
    assert {name: again[name] for name in ITEM_COLUMNS} == {
        name: row[name] for name in ITEM_COLUMNS
    }
    assert follow() == again
    assert follow.paths() == ["/feed"]


def test_a_page_is_tried_again_three_times(follow: Feed, site: Site) -> None:
    feed(site)
    site.answers["/1"] = status(503)
    tries = []
    for _ in range(5):
        follow(status=1 if len(tries) < 4 else 0)
        tries.append("/1" in follow.paths())
    assert tries == [True] * 4 + [False]


@pytest.mark.parametrize("failure", [404, 403])
def test_a_page_that_is_not_there_is_not_tried_again(
    follow: Feed, site: Site, failure: int
) -> None:
    feed(site)
    site.answers["/1"] = status(failure)
    assert f"answered {failure}" in follow(status=1)["error"]
    page(site, LOUD)
    assert f"answered {failure}" in follow()["error"]
    assert follow.paths() == ["/feed"]


def test_pages_that_robots_forbid_keep_their_row(follow: Feed, site: Site) -> None:
    feed(site)
    site.page("/robots.txt", b"User-agent: *\nDisallow: /1", "text/plain")
    assert "robots.txt of 127.0.0.1 forbids" in follow(status=1)["error"]


def test_a_feed_is_asked_for_conditionally_once_it_was_read(follow: Feed, site: Site) -> None:
    feed(site, CALM, ETag='"1"')
    row = follow()
    assert "if-none-match" not in site.asked[-1][1]
    site.answers["/feed"] = status(304)
    assert follow() == row
    assert site.asked[-1][1]["if-none-match"] == '"1"'


@contextmanager
def process(site: Site, tiny: Path, folder: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    where = ["-o", "out.csv", "--model", str(tiny), "--allow-private", "--delay", "0", *words]
    with subprocess.Popen(
        [*COMMAND, "feed", f"{site.url}/feed", *where],
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        yield running


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_watching_goes_on_until_it_is_stopped(site: Site, tiny: Path, tmp_path: Path) -> None:
    feed(site, CALM)
    with process(site, tiny, tmp_path, "--watch", "60") as running:
        assert running.stderr is not None
        lines = iter(running.stderr.readline, "")
        said = next(line for line in lines if "looking again" in line)
        assert said == "krynica: looking again in 60 minutes\n"
        assert len(pd.read_csv(tmp_path / "out.csv")) == 1
        os.killpg(running.pid, signal.SIGINT)
        assert running.stderr.read() == STOPPED
    assert running.returncode == 130


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_rows_so_far_are_written_on_ctrl_c(site: Site, tiny: Path, tmp_path: Path) -> None:
    reached, left = threading.Event(), threading.Event()

    def never(_: BaseHTTPRequestHandler) -> None:
        reached.set()
        left.wait(60)

    texts = [CALM, LOUD, ""]
    items = [{"id": str(n), "url": f"/{n}", "content_text": t} for n, t in enumerate(texts)]
    site.page("/feed", json.dumps({"items": items}).encode())
    site.answers["/2"] = never
    with process(site, tiny, tmp_path) as running:
        assert reached.wait(60)
        time.sleep(5)  # for both rows before it to be judged, on a busy machine too
        start = time.monotonic()
        os.killpg(running.pid, signal.SIGINT)
        assert running.stderr is not None
        assert running.stderr.read() == STOPPED
    assert time.monotonic() - start < 4
    left.set()
    assert running.returncode == 130
    assert list(pd.read_csv(tmp_path / "out.csv")["verdict"]) == ["journalism", "propaganda"]


CASES = Path(__file__).parents[1] / "cases" / "pages"


def test_a_teaser_on_a_page_is_named(follow: Feed, site: Site) -> None:
    feed(site)
    site.page("/1", (CASES / "paywall-teaser.html").read_bytes())
    row = follow()
    assert (row["verdict"], row["why_unclear"], row["p_propaganda"]) == ("unclear", "teaser", None)


def test_a_check_for_robots_is_no_article(follow: Feed, site: Site) -> None:
    feed(site)
    site.page("/1", (CASES / "cloudflare-wall.html").read_bytes())
    row = follow(status=1)
    assert "check for robots" in row["error"]


def test_a_feed_is_believed_whose_header_is_disproved(
    site: Site, call: Run, tiny: Path, tmp_path: Path
) -> None:
    body = gzip.compress((CASES / "cp1251-declared.xml").read_bytes())
    kind = "application/rss+xml; charset=utf-8"
    site.page("/feed", body, kind, content_encoding="gzip")
    words = ("-o", "out.jsonl", "--text", "feed", "--allow-private", "--delay", "0")
    done = call("feed", f"{site.url}/feed", *words, "--model", tiny)
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert rows, done.stderr
    text = (CASES / "cp1251-declared.xml").read_bytes().decode("cp1251")
    assert all(row["title"] and row["title"] in text for row in rows)
    assert all(row["error"] is None for row in rows)
