"""``krynica feed`` over a channel of Telegram: pages back, posts once, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from krynica.service.feeds.elsewhere import PAGES, older, shows_channel
from krynica.service.feeds.places import as_place
from tests.data.conftest import Answer, Site, serving
from tests.data.telegram_pages import page, post
from tests.service.tiny import Run

A_PAGE = 4


class Channel:
    """A channel of a site, which shows so many posts a page, as Telegram does."""

    def __init__(self, site: Site, first: int, last: int) -> None:
        self.first, self.last = first, last
        self.written: dict[int, str] = {}
        self.broken: dict[int, Answer] = {}
        self.site = site
        site.answers["/robots.txt"] = status(404)
        site.answers["/s/dzien"] = self.answer
        for number in range(200):
            site.answers[f"/s/dzien?before={number}"] = self.answer

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        asked = parse_qs(urlsplit(request.path).query).get("before", [self.last + 1])
        before = int(asked[0])
        if before in self.broken:
            return self.broken[before](request)
        numbers = range(max(self.first, before - A_PAGE), min(before, self.last + 1))
        body = page(*map(self.post, numbers)).encode()
        request.send_response(200)
        request.send_header("Content-Type", "text/html; charset=utf-8")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)
        return None

    def post(self, number: int) -> str:
        return self.written.get(number) or post(number, f"The council passed budget {number}.")


def status(number: int, **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(number)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


class Follow:
    """Runs the command over a channel, with the tiny model and one output."""

    def __init__(self, call: Run, tiny: Path, site: Site, folder: Path) -> None:
        self.call, self.tiny, self.site, self.folder = call, tiny, site, folder
        self.said = self.shown = ""

    def __call__(self, *places: str, status: int = 0) -> list[dict[str, Any]]:
        where = ["-o", "out.csv", "--model", self.tiny, "--allow-private", "--delay", "0"]
        self.site.asked.clear()
        done = self.call("feed", *(places or [f"{self.site.url}/s/dzien"]), *where)
        self.said, self.shown = done.stderr.decode(), done.stdout.decode()
        assert done.returncode == status, self.said
        table = pd.read_csv(self.folder / "out.csv")
        rows: list[dict[str, Any]] = (
            table.astype(object).where(table.notna(), None).to_dict("records")
        )
        return rows

    def pages(self) -> list[str]:
        """The pages that were asked for in the last run."""
        return [path.partition("=")[2] for path, _ in self.site.asked if path != "/robots.txt"]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def follow(call: Run, tiny: Path, site: Site, tmp_path: Path) -> Follow:
    return Follow(call, tiny, site, tmp_path)


def numbers(rows: list[dict[str, Any]]) -> list[int]:
    return [int(row["url"].rpartition("/")[2]) for row in rows]


def test_a_row_a_post_from_the_oldest_on(follow: Follow, site: Site) -> None:
    Channel(site, 1, 10)
    rows = follow()
    assert numbers(rows) == [*range(1, 11)]
    assert follow.pages() == ["", "7", "3"]
    names = ("outlet", "feed", "url", "title", "published", "error")
    assert {name: rows[0][name] for name in names} == {
        "outlet": "t.me/dzien",
        "feed": f"{site.url}/s/dzien",
        "url": "https://t.me/dzien/1",
        "title": None,
        "published": "2024-03-01T07:00:00+00:00",
        "error": None,
    }
    assert "t.me/dzien: 10 articles" in follow.shown


def test_the_next_run_pages_back_to_what_is_known(follow: Follow, site: Site) -> None:
    channel = Channel(site, 1, 10)
    before = follow()
    channel.last = 16
    rows = follow()
    assert rows[: len(before)] == before
    assert numbers(rows)[10:] == [*range(11, 17)]
    assert follow.pages() == ["", "13"]
    follow()
    assert follow.pages() == [""]
    assert "0 rows" in follow.said


def test_paging_ends_at_the_limit_and_says_so(follow: Follow, site: Site) -> None:
    channel = Channel(site, 1, A_PAGE * PAGES + 9)
    rows = follow()
    assert numbers(rows) == [*range(10, A_PAGE * PAGES + 10)]
    assert len(follow.pages()) == PAGES
    assert "/s/dzien was read back to post 10, and no further.\n" in follow.said
    channel.last += A_PAGE * PAGES + 5
    assert len(follow(status=1)) == 2 * A_PAGE * PAGES
    assert "was read back to post 55, and no further.\n" in follow.said


def test_a_server_that_knows_no_paging_is_asked_twice(follow: Follow, site: Site) -> None:
    Channel(site, 5, 8)
    rows = follow()
    assert numbers(rows) == [5, 6, 7, 8]
    same = page(*(post(n, f"The council passed budget {n}.") for n in range(20, 24))).encode()
    site.page("/s/dzien", same)
    site.page("/s/dzien?before=20", same)
    assert numbers(follow())[4:] == [20, 21, 22, 23]
    assert follow.pages() == ["", "20"]


@pytest.mark.parametrize("failure", [404, 503])
def test_where_an_older_page_fails_what_is_there_is_written(
    follow: Follow, site: Site, failure: int
) -> None:
    channel = Channel(site, 1, 10)
    channel.broken[7] = status(failure)
    assert numbers(follow(status=1)) == [7, 8, 9, 10]
    assert f"/s/dzien?before=7 answered {failure}" in follow.said


def test_a_failure_leaves_no_gap(follow: Follow, site: Site) -> None:
    channel = Channel(site, 1, 4)
    follow()
    channel.last = 12
    channel.broken[9] = status(503)
    assert numbers(follow(status=1)) == [*range(1, 5)]
    channel.broken.clear()
    assert numbers(follow()) == [*range(1, 13)]


def test_it_waits_as_long_as_it_is_asked_to(follow: Follow, site: Site) -> None:
    channel = Channel(site, 1, 6)
    asked: list[str] = []

    def once(request: BaseHTTPRequestHandler) -> None:
        del channel.broken[3]
        asked.append(request.path)
        status(429, Retry_After="1")(request)

    channel.broken[3] = once
    assert numbers(follow()) == [*range(1, 7)]
    assert asked == ["/s/dzien?before=3"]


def test_what_robots_forbid_is_not_asked_for(follow: Follow, site: Site) -> None:
    Channel(site, 1, 6)
    site.page("/robots.txt", b"User-agent: *\nDisallow: /s/", "text/plain")
    assert follow(status=1) == []
    assert "robots.txt of 127.0.0.1 forbids" in follow.said
    assert follow.pages() == []


def test_forwards_albums_and_notices(follow: Follow, site: Site) -> None:
    channel = Channel(site, 1, 5)
    named = '<div class="tgme_widget_message_forwarded_from">from <a href="https://t.me/{}">X</a>'
    channel.written = {
        1: post(1, "Channel created").replace("js-widget_message", "service_message"),
        2: post(2, None),
        3: post(3, "Another council passed it.", before=f"{named.format('Vechar/9')}</div>"),
        4: post(4, "Somebody else said so.", before=named.format("+secret") + "</div>"),
        5: post(5, ""),
    }
    rows = follow()
    assert [(row["outlet"], row["error"]) for row in rows] == [("t.me/vechar", None), (None, None)]
    assert [row["url"] for row in rows] == ["https://t.me/dzien/3", "https://t.me/dzien/4"]
    assert "not written, as they have no text, such as pictures: 2 posts\n" in follow.said
    assert follow() == rows
    assert "no text" not in follow.said


def test_a_saved_page_is_read_as_it_is(follow: Follow, tmp_path: Path) -> None:
    (tmp_path / "dzien.html").write_text(page(post(7, "A budget."), post(8, "A bridge.")), "utf-8")
    rows = follow("dzien.html")
    assert [row["url"] for row in rows] == ["https://t.me/dzien/7", "https://t.me/dzien/8"]
    assert follow.site.asked == []


def test_what_is_no_channel_is_said(follow: Follow) -> None:
    follow("t.me/+AbCdEf", "https://t.me/dzien/100", status=1)
    for place in ("https://t.me/+AbCdEf", "https://t.me/dzien/100"):
        sentence = f"{place} is not a public Telegram channel: give its address, t.me/NAME."
        assert f"krynica: {sentence}\n" in follow.said


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("t.me/dzien", "https://t.me/s/dzien"),
        ("https://t.me/dzien", "https://t.me/s/dzien"),
        ("telegram.me/s/dzien", "https://t.me/s/dzien"),
        ("gazeta.by", "https://gazeta.by"),
        ("gazeta.by/navina?a=1", "https://gazeta.by/navina?a=1"),
        ("https://gazeta.by/feed", "https://gazeta.by/feed"),
        ("feed.xml", "feed.xml"),
        ("lists/all.opml", "lists/all.opml"),
        ("a" * 9_000, "a" * 9_000),
    ],
)
def test_what_a_word_stands_for(word: str, place: str) -> None:
    assert as_place(word) == place


def test_a_file_of_that_name_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gazeta.by").touch()
    assert as_place("gazeta.by") == "gazeta.by"


def test_where_older_posts_are() -> None:
    assert older("https://t.me/s/dzien?before=90", 70) == "https://t.me/s/dzien?before=70"
    assert shows_channel("https://t.me/s/dzien")
    assert not shows_channel("https://t.me/dzien/100?embed=1")
    assert not shows_channel("dzien.html")
