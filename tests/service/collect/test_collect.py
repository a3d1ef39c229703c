"""``krynica collect`` over feeds and sitemaps: what is a row, what is left out, what is asked."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from krynica.classifier.errors import KrynicaError
from krynica.data.corpus.labelled import read_corpus
from krynica.service.collect.articles import Articles
from krynica.service.feeds.state import State as FeedState
from tests.data.conftest import Site, serving
from tests.service.collect.collected import Collect, html, status, text_of, urlset
from tests.service.tiny import Run

COLUMNS = [
    *("text", "label", "outlet", "date", "lang", "title", "url", "kind", "source", "licence"),
    *("hash", "quality", "extraction"),
]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        site.answers["/robots.txt"] = status(404)
        yield site


@pytest.fixture(scope="module")
def articles() -> Iterator[Articles]:
    with Articles() as articles:
        yield articles


@pytest.fixture
def collect(articles: Articles, tmp_path: Path) -> Collect:
    return Collect(articles, tmp_path)


@pytest.fixture
def mapped(collect: Collect, site: Site) -> Collect:
    """One outlet with a sitemap at ``/map.xml``."""
    collect.outlet(sitemaps=[f"{site.url}/map.xml"])
    return collect


def pages(site: Site, *numbers: int, **more: Any) -> None:
    """Serve articles at ``/1`` and so on, and a sitemap of them."""
    for number in numbers:
        site.page(f"/{number}", html(text_of(number), title=f"Title {number}", **more))
    site.page("/map.xml", urlset(site, *(f"/{number}" for number in numbers)), "text/xml")


def asked(site: Site) -> list[str]:
    """Return what was asked for since this was called last, robots.txt left out."""
    paths = [path for path, _ in site.asked if path != "/robots.txt"]
    site.asked.clear()
    return paths


def feed(site: Site, *items: dict[str, Any], **headers: str) -> None:
    body = json.dumps({"title": "Paper", "items": items}).encode()
    site.page("/feed", body, "application/feed+json", **headers)


# ------------------------------------------------------------------------------------------- rows


def test_a_row_an_article(mapped: Collect, site: Site) -> None:
    pages(site, 1, 2)
    rows = mapped()
    assert list(rows[0]) == COLUMNS
    assert rows[0]["text"].split("\n")[-3:] == text_of(1).split("\n")
    assert len({row["hash"] for row in rows}) == 2
    assert {name: rows[1][name] for name in COLUMNS if name not in {"text", "hash"}} == {
        "label": "journalism",
        "outlet": "127.0.0.1",
        "date": "2026-03-04",
        "lang": "en",
        "title": "Title 2",
        "url": f"{site.url}/2",
        "kind": "article",
        "source": "collected",
        "licence": "not stated",
        "quality": 1.0,
        "extraction": None,
    }
    assert mapped.shown == [
        "127.0.0.1 (journalism): 2 articles, 2 of them new",
        "corpus: 2 articles: 0 propaganda, 2 journalism",
        "languages: en 2",
    ]
    assert not mapped.said


def test_every_kind_of_table_is_a_corpus(collect: Collect, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    for number in (1, 2):
        (tmp_path / "pages" / f"{number}.html").write_bytes(html(text_of(number)))
    collect.outlet("example.org", archives=["pages"])
    for ending in ("csv", "tsv", "parquet", "jsonl"):
        collect.output = tmp_path / f"out.{ending}"
        texts = [row["text"] for row in collect(state=tmp_path / "s.state")]
        corpus = read_corpus([collect.output])
        assert list(corpus.articles["outlet"]) == ["example.org"] * 2
        assert list(corpus.articles["text"]) == texts
        assert not corpus.left_out


def test_the_next_run_takes_only_what_is_new(mapped: Collect, site: Site) -> None:
    pages(site, 1, 2)
    before = mapped()
    assert asked(site) == ["/map.xml", "/1", "/2"]
    pages(site, 3, 1, 2)
    assert [row["title"][-1] for row in mapped()] == ["1", "2", "3"]
    assert asked(site) == ["/map.xml", "/3"]
    assert before == mapped()[:2]
    assert "0 of them new" in mapped.shown[0]


def test_what_has_not_changed_is_not_sent_again(mapped: Collect, site: Site) -> None:
    pages(site, 1)
    site.page("/map.xml", urlset(site, "/1"), "text/xml", ETag='"1"')
    mapped()
    site.asked.clear()
    site.answers["/map.xml"] = status(304)
    assert len(mapped()) == 1
    assert [headers.get("if-none-match") for path, headers in site.asked if path == "/map.xml"] == [
        '"1"'
    ]


def test_feeds_give_whole_texts_or_lead_to_pages(collect: Collect, site: Site) -> None:
    collect.outlet(feeds=[f"{site.url}/feed"])
    pages(site, 2)
    whole = "".join(f"<p>{line}</p>" for line in text_of(1).split("\n"))
    feed(
        site,
        {"id": "1", "url": "/1", "title": "Whole &amp; good", "content_html": whole},
        {"id": "2", "url": "/2", "content_text": text_of(2)[:200], "title": "Cut"},
        {"id": "3", "title": "No address", "content_html": whole},
    )
    first, second = collect()
    assert asked(site) == ["/feed", "/2"]
    assert (first["title"], first["extraction"], first["date"]) == ("Whole & good", "feed", None)
    assert first["text"] == text_of(1)
    assert (second["title"], second["extraction"]) == ("Cut", None)
    assert second["text"] != text_of(2)[:200]
    assert collect.left_out() == {"without an address": 1}


def test_the_day_of_a_feed_or_of_news_stands_above_that_of_the_page(
    mapped: Collect, site: Site
) -> None:
    pages(site, 1, 2)
    news = "<news:news><news:publication_date>2026-02-0{}</news:publication_date></news:news>"
    site.page("/map.xml", urlset(site, "/1", "/2", extra=lambda path: news.format(path[1:])))
    assert [(row["url"][-1], row["date"]) for row in mapped()] == [
        ("2", "2026-02-02"),
        ("1", "2026-02-01"),
    ]


def test_a_language_that_the_outlet_does_not_print_in_is_kept_and_counted(
    mapped: Collect, site: Site
) -> None:
    mapped.outlets[0]["languages"] = ["be"]
    pages(site, 1)
    (row,) = mapped()
    assert (row["lang"], row["extraction"]) == ("en", "language")
    said = "in a language that their outlet does not print in, by the list: 1 article"
    assert said in mapped.shown


def test_labels_are_those_of_the_list_as_it_is_now(mapped: Collect, site: Site) -> None:
    pages(site, 1)
    mapped()
    mapped.outlets[0] |= {"label": "propaganda"}
    site.asked.clear()
    assert [row["label"] for row in mapped()] == ["propaganda"]
    assert asked(site) == ["/map.xml"]


def test_contested_outlets_are_left_out_unless_they_are_asked_for(
    mapped: Collect, site: Site
) -> None:
    pages(site, 1)
    mapped.outlets[0] |= {"contested": True, "why_contested": "Sources disagree."}
    with pytest.raises(KrynicaError, match="All outlets in "):
        mapped()
    assert asked(site) == []
    assert len(mapped(contested=True)) == 1
    mapped.outlet("example.org", "propaganda")
    assert mapped() == []
    assert mapped.shown[-1].startswith("kept in the state, and not in the corpus: 1 article of 1 ")


# --------------------------------------------------------------------------------- what is left out


def test_what_is_no_article_is_left_out_and_counted(mapped: Collect, site: Site) -> None:
    lead = "The council passed the budget, officials said. "
    wall = "We use cookies here. Accept all cookies, or choose the cookies that you want. " * 5
    site.page("/short", html(lead))
    site.page("/gone", html("The page that you look for is gone, sorry.", title="Page not found"))
    site.page("/wall", html(wall))
    site.page("/empty", b"<html><body></body></html>")
    site.page("/picture", b"\x89PNG\r\n\x1a\n" + bytes(99))
    paths = ["/short", "/gone", "/wall", "/empty", "/picture", "/tag/bridge", "/"]
    site.page("/map.xml", urlset(site, *paths))
    assert mapped() == []
    assert mapped.left_out() == {
        "an error page": 1,
        "a wall of consent or payment": 1,
        "too short": 1,
        "no article": 2,
        "at an address of lists": 2,
    }
    assert not {"/", "/tag/bridge"} & {*asked(site)}
    again = mapped.left_out()
    mapped()
    assert mapped.left_out() == again
    assert asked(site) == ["/map.xml"]


def test_the_same_article_is_taken_once(mapped: Collect, site: Site) -> None:
    text = text_of(1)
    site.page("/1", html(text, own="/1"))
    site.page("/1/amp", html(text, own="/1"))
    site.page("/copy", html(text.upper()))
    site.page("/nearly", html(f"{text}\nOur reporter knows no more of it."))
    paths = ["/1", "/1?utm_source=x", "/1/#top", "/1/amp", "/copy", "/nearly"]
    site.page("/map.xml", urlset(site, *paths))
    assert [row["url"] for row in mapped()] == [f"{site.url}/1"]
    assert asked(site) == ["/map.xml", "/1", "/1/amp", "/copy", "/nearly"]
    assert mapped.left_out() == {
        "under another address already": 1,
        "the same text": 1,
        "nearly the same text": 1,
    }


def test_a_front_page_that_all_pages_give_as_their_address_is_a_mistake(
    mapped: Collect, site: Site
) -> None:
    pages(site, 1, 2, own=site.url)
    assert [row["url"] for row in mapped()] == [f"{site.url}/1", f"{site.url}/2"]


def test_articles_of_others_are_not_taken_for_the_outlet_s(mapped: Collect, site: Site) -> None:
    elsewhere = f"http://localhost:{site.port}"
    site.page("/theirs", html(text_of(1)))
    site.redirect("/leads", f"{elsewhere}/theirs")
    site.page("/says", html(text_of(2), own="https://other.example.org/2"))
    site.page("/map.xml", urlset(site, "/leads", "/says", f"{elsewhere}/theirs"))
    assert mapped() == []
    assert mapped.left_out() == {"of another outlet": 3}
    assert asked(site) == ["/map.xml", "/leads", "/theirs", "/says"]


def test_several_outlets_may_print_the_same(collect: Collect, site: Site, tmp_path: Path) -> None:
    pages(site, 1)
    collect.outlet(sitemaps=[f"{site.url}/map.xml"])
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "1.html").write_bytes(html(text_of(1)))
    collect.outlet("example.org", "propaganda", archives=["pages"])
    assert [row["outlet"] for row in collect()] == ["127.0.0.1", "example.org"]
    assert "printed by several outlets word for word, and kept for each: 1 text" in collect.shown


# ------------------------------------------------------------------------------------ the words


def test_no_more_than_so_many_of_an_outlet(mapped: Collect, site: Site) -> None:
    pages(site, 1, 2, 3, 4)
    assert len(mapped(limit=2)) == 2
    assert asked(site) == ["/map.xml", "/1", "/2"]
    assert len(mapped(limit=2)) == 2
    assert asked(site) == ["/map.xml"]
    assert len(mapped(limit=3)) == 3
    assert len(mapped()) == 4


def test_nothing_from_before_a_day(mapped: Collect, site: Site) -> None:
    for number, day in enumerate(["2026-03-04", "2026-03-05", ""]):
        site.page(f"/{number}", html(text_of(number), day=day))
    site.page("/old", html(text_of(9)))
    old = "<lastmod>2025-01-01</lastmod>"
    paths = ["/0", "/1", "/2", "/old"]
    made = urlset(site, *paths, extra=lambda path: old if path == "/old" else "")
    site.page("/map.xml", made, ETag='"1"')
    rows = mapped(since=dt.date(2026, 3, 5))
    assert [row["date"] for row in rows] == ["2026-03-05"]
    assert mapped.left_out() == {"before 2026-03-05": 2, "without a date": 1}
    assert "/old" not in asked(site)
    assert mapped(since=dt.date(2026, 3, 5)) == rows
    site.page("/map.xml", made)
    assert mapped(since=dt.date(2026, 3, 5)) == rows
    assert {*asked(site)} == {"/map.xml"}
    assert len(mapped()) == 4
    assert not mapped.left_out()


@pytest.mark.parametrize(
    "words",
    [
        ["outlets.toml"],
        ["-o", "out.csv"],
        ["outlets.toml", "-o", "out.ods"],
        ["outlets.toml", "-o", "out.html"],
        ["outlets.toml", "-o", "out.csv", "--review", "out.csv"],
        ["outlets.toml", "-o", "out.csv", "--review", "sheet.html"],
        ["outlets.toml", "-o", "out.csv", "--state", "outlets.toml"],
        ["outlets.toml", "-o", "out.csv", "--checked", "out.csv"],
        ["outlets.toml", "-o", "out.csv", "--since", "yesterday"],
        ["outlets.toml", "-o", "out.csv", "--limit", "0"],
        ["outlets.toml", "-o", "out.csv", "--delay", "nan"],
    ],
)
def test_words_that_are_off_give_2(call: Run, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "outlets.toml").write_text("# none\n")
    done = call("collect", *words)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"outlets.toml"}


def test_what_stands_there_is_not_overwritten(mapped: Collect, site: Site, tmp_path: Path) -> None:
    pages(site, 1)
    mapped.output.write_text('{"text": "mine"}\n')
    with pytest.raises(KrynicaError, match="already exists, and was not written from"):
        mapped()
    assert mapped.output.read_text() == '{"text": "mine"}\n'
    mapped.output.unlink()
    before = mapped()
    mapped.output.unlink()
    assert mapped() == before
    sheet = tmp_path / "mine.csv"
    sheet.write_text("a,b\n1,2\n")
    with pytest.raises(KrynicaError, match="is not a review sheet of krynica collect"):
        mapped(review=sheet)
    assert sheet.read_text() == "a,b\n1,2\n"


def test_a_state_of_another_verb_is_refused(mapped: Collect, tmp_path: Path) -> None:
    with FeedState(tmp_path / "feeds.state"):
        pass
    with pytest.raises(KrynicaError, match="is no state of krynica collect, or of another ver"):
        mapped(state=tmp_path / "feeds.state")


# --------------------------------------------------------------------------------- what goes wrong


def test_places_that_fail_are_told_of_a_line_each(collect: Collect, site: Site) -> None:
    pages(site, 1)
    site.page("/page", b"<html><body>Welcome</body></html>")
    site.page("/list", b'<opml><body><outline xmlUrl="/feed"/></body></opml>')
    site.answers["/gone"] = status(404)
    feeds = ["/gone", "/page", "/list"]
    collect.outlet(
        feeds=[site.url + path for path in feeds],
        sitemaps=[f"{site.url}{path}" for path in ("/page", "/map.xml")],
        archives=["nowhere"],
    )
    assert len(collect(whole=False)) == 1
    lines = collect.said
    assert len(lines) == 5
    assert all(line.startswith("127.0.0.1: ") for line in lines)
    assert "There is no folder" in lines[0]
    assert "/gone answered 404 Not Found." in lines[1]
    assert "is a web page, not a feed" in lines[2]
    assert "is a list of feeds: name these." in lines[3]
    assert "is not a sitemap" in lines[4]


def test_pages_that_fail_are_counted_and_told_of_by_kind(mapped: Collect, site: Site) -> None:
    pages(site, 1, 2, 3)
    site.answers |= {"/1": status(404), "/2": status(404)}
    assert len(mapped(whole=False)) == 1
    assert mapped.left_out() == {"not to be fetched": 2}
    assert len(mapped.said) == 1
    assert mapped.said[0].startswith("2 rows: such as")
    asked(site)
    assert len(mapped()) == 1
    assert asked(site) == ["/map.xml"]


def test_a_page_that_may_come_back_is_tried_again(mapped: Collect, site: Site) -> None:
    pages(site, 1)
    site.page("/map.xml", urlset(site, "/1"), ETag='"1"')
    site.answers["/1"] = status(503)
    assert mapped(whole=False) == []
    site.page("/1", html(text_of(1)))
    site.asked.clear()
    assert len(mapped()) == 1
    assert "if-none-match" not in site.asked[1][1]


def test_a_host_that_is_given_up_is_left_alone(mapped: Collect, site: Site) -> None:
    pages(site, *range(1, 30))
    site.answers |= {f"/{n}": status(503, Retry_After="3600") for n in range(1, 30)}
    assert mapped(whole=False) == []
    assert asked(site) == ["/map.xml", "/1"]
    assert any("127.0.0.1 was given up" in line for line in mapped.said)


def test_robots_are_heard(mapped: Collect, site: Site) -> None:
    pages(site, 1, 2)
    site.page("/robots.txt", b"User-agent: *\nDisallow: /1", "text/plain")
    assert [row["url"][-1] for row in mapped(whole=False)] == ["2"]
    assert asked(site) == ["/map.xml", "/2"]
    assert "forbids" in mapped.said[0]


def test_nothing_private_is_asked_for_unless_it_is_allowed(mapped: Collect, site: Site) -> None:
    pages(site, 1)
    assert mapped(whole=False, allow_private=False) == []
    assert "leads to this machine or a private network" in mapped.said[0]
    assert site.asked == []


def test_indexes_that_lead_in_circles(mapped: Collect, site: Site) -> None:
    pages(site, 1, 2)
    index = "<sitemapindex>{}</sitemapindex>".format(
        "".join(
            f"<sitemap><loc>{site.url}{path}</loc></sitemap>"
            for path in ("/map.xml", "/pages.xml.gz", "/deep0")
        )
    )
    site.page("/pages.xml.gz", gzip.compress(urlset(site, "/1", "/2")), "application/gzip")
    site.page("/map.xml", index.encode())
    for n in range(9):
        lead = f"<sitemapindex><sitemap><loc>{site.url}/deep{n + 1}</loc></sitemap></sitemapindex>"
        site.page(f"/deep{n}", lead.encode())
    assert len(mapped(whole=False)) == 2
    assert mapped.said[0].endswith("/deep3 is one too many, and was not read.")
    assert "/deep4" not in asked(site)


def test_the_command_says_it_all_and_no_text(
    mapped: Collect, site: Site, call: Run, tmp_path: Path
) -> None:
    pages(site, 1)
    site.page("/2", html("The puppet regime spreads hysteria."))
    site.answers["/3"] = status(500)
    site.page("/map.xml", urlset(site, "/1", "/2", "/3"))
    mapped.write_list()
    words = ["outlets.toml", "-o", "out.csv", "--allow-private", "--delay", "0"]
    done = call("collect", *words, "--since", "2026-01-01", "--limit", "5", "--contested")
    assert done.returncode == 1
    assert done.stdout.decode().splitlines()[0].startswith("127.0.0.1 (journalism): 1 article, 1")
    assert done.stderr.count(b"\n") == 1
    assert b"/3 answered 500" in done.stderr
    assert not any(word in done.stderr + done.stdout for word in (b"puppet", b"council", b"Title"))
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"outlets.toml", "out.csv", "out.csv.state", "out.review.csv"}


def test_the_table_is_the_same_whatever_came_first(mapped: Collect, site: Site) -> None:
    pages(site, *range(1, 9))
    mapped()
    whole = mapped.output.read_bytes()
    for path in (mapped.output, mapped.folder / "out.jsonl.state"):
        path.unlink()
    mapped(limit=3)
    mapped()
    assert mapped.output.read_bytes() == whole
    assert len(mapped.rows()) == 8
