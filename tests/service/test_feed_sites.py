"""``krynica feed`` where a site is named: its feed is found, and politely."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from tests.data.conftest import Site, serving
from tests.service.test_feed_telegram import status
from tests.service.tiny import JOURNALISM, PROPAGANDA, Run

ITEMS = [
    ("https://news.example.org/1", JOURNALISM * 4),
    ("https://news.example.org/2", PROPAGANDA * 4),
]
FEED = json.dumps(
    {"title": "Paper", "items": [{"id": u, "url": u, "content_text": t} for u, t in ITEMS]}
).encode()
HEAD = "<!DOCTYPE html><html><head>{}</head><body><h1>Paper</h1></body></html>"
ALTERNATE = '<link rel="alternate" type="application/rss+xml" href="{}">'


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        for path in ("/robots.txt", "/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml",
                     "/index.xml"):  # fmt: skip
            site.answers[path] = status(404)
        yield site


class Follow:
    """Runs the command over a site."""

    def __init__(self, call: Run, tiny: Path, site: Site, folder: Path) -> None:
        self.call, self.tiny, self.site, self.folder = call, tiny, site, folder

    def __call__(self, *places: str, status: int = 0) -> list[str]:
        where = ["-o", "out.csv", "--model", self.tiny, "--allow-private", "--delay", "0"]
        self.site.asked.clear()
        done = self.call("feed", *(places or [f"{self.site.url}/"]), *where)
        self.said = done.stderr.decode()
        assert done.returncode == status, self.said
        return list(pd.read_csv(self.folder / "out.csv")["feed"])

    def paths(self) -> list[str]:
        return [path for path, _ in self.site.asked if path != "/robots.txt"]


@pytest.fixture
def follow(call: Run, tiny: Path, site: Site, tmp_path: Path) -> Follow:
    return Follow(call, tiny, site, tmp_path)


def test_the_feed_that_a_page_names_is_read(follow: Follow, site: Site) -> None:
    site.page("/", HEAD.format(ALTERNATE.format("/all.json")).encode())
    site.page("/all.json", FEED, ETag='"1"')
    assert follow() == [f"{site.url}/all.json"] * 2
    assert follow.paths() == ["/", "/all.json"]
    site.answers["/all.json"] = status(304)
    assert len(follow()) == 2
    assert site.asked[-1][1]["if-none-match"] == '"1"'


def test_a_feed_that_is_none_gives_way_to_the_next(follow: Follow, site: Site) -> None:
    links = "".join(map(ALTERNATE.format, ["/gone", "/page", "/all.json"]))
    site.page("/", HEAD.format(links).encode())
    site.answers["/gone"] = status(404)
    site.page("/page", HEAD.format("").encode())
    site.page("/all.json", FEED)
    assert follow() == [f"{site.url}/all.json"] * 2


def test_where_the_page_names_none_feeds_are_where_they_usually_are(
    follow: Follow, site: Site
) -> None:
    site.page("/", HEAD.format("").encode())
    site.page("/rss.xml", FEED)
    assert follow() == [f"{site.url}/rss.xml"] * 2
    assert follow.paths() == ["/", "/feed/", "/rss", "/rss.xml"]


def test_a_site_without_a_feed_is_said(follow: Follow, site: Site) -> None:
    site.page("/", HEAD.format("").encode())
    assert follow(status=1) == []
    assert f"krynica: The feed {site.url}/ is a web page, not a feed.\n" in follow.said


def test_a_header_that_lies_about_the_encoding_is_disproved(
    follow: Follow, site: Site, tmp_path: Path
) -> None:
    titles = ("У Гродне адкрылі абноўлены мост", "В Гродно объявили об этом подъёме")
    items = (
        f"<item><title>{title}</title><guid>tag:{n}</guid><description>{JOURNALISM * n} {title}"
        "</description></item>"
        for n, title in enumerate(titles, 4)
    )
    rss = '<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel>'
    body = gzip.compress(f"{rss}{''.join(items)}</channel></rss>".encode("cp1251"))
    kind = "application/rss+xml; charset=utf-8"
    site.page("/all.xml", body, kind, Content_Encoding="gzip")
    follow(f"{site.url}/all.xml", "--text", "feed")
    assert list(pd.read_csv(tmp_path / "out.csv")["title"]) == list(titles)


def test_robots_are_heard(follow: Follow, site: Site) -> None:
    site.page("/", HEAD.format("").encode())
    site.page("/feed/", FEED)
    site.page("/robots.txt", b"User-agent: *\nDisallow: /feed", "text/plain")
    assert follow(status=1) == []
    assert "/feed/" not in follow.paths()


def test_a_site_that_is_out_of_order_is_left_alone(follow: Follow, site: Site) -> None:
    site.page("/", HEAD.format("").encode())
    site.answers["/feed/"] = status(503, Retry_After="3600")
    assert follow(status=1) == []
    assert "/rss" not in follow.paths()


def test_pages_that_failed_are_tried_again(follow: Follow, site: Site, tmp_path: Path) -> None:
    site.page("/", HEAD.format(ALTERNATE.format("/all.json")).encode())
    site.page("/all.json", json.dumps({"items": [{"id": "1", "url": "/1"}]}).encode())
    site.answers["/1"] = status(503)
    follow(status=1)
    site.page("/1", f"<html><body><article><p>{PROPAGANDA}</p></article></body></html>".encode())
    follow()
    assert list(pd.read_csv(tmp_path / "out.csv")["verdict"]) == ["propaganda"]


def test_a_saved_page_leads_to_addresses_alone(follow: Follow, site: Site, tmp_path: Path) -> None:
    site.page("/all.json", FEED)
    (tmp_path / "secret.json").write_bytes(FEED)
    links = map(ALTERNATE.format, ["secret.json", f"file://{tmp_path}/secret.json"])
    (tmp_path / "a.html").write_text(HEAD.format("".join(links)))
    assert follow("a.html", status=1) == []
    (tmp_path / "b.html").write_text(HEAD.format(ALTERNATE.format(f"{site.url}/all.json")))
    assert follow("b.html") == [f"{site.url}/all.json"] * 2
