"""Articles for a corpus: what is found in a page, how well, and what is none."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from krynica.classifier.errors import UnreadableError
from krynica.classifier.verdict import SHORT
from krynica.data.net.urls import address_key, is_listing
from krynica.data.readers.pool import ReaderPool
from krynica.service.collect.articles import Articles, ReadArticle
from krynica.service.collect.not_articles import LEAST_WORDS

PARAGRAPHS = [
    f"The council of {place} said on {day} that the {thing} would be paid for by the region, and "
    f"that work on the {thing} would begin once the {month} floods were over. Residents of {place} "
    "had asked for it for years."
    for place, day, thing, month in [
        ("Lipki", "Monday", "bridge", "March"),
        ("Brody", "Tuesday", "school roof", "April"),
        ("Verba", "Friday", "market hall", "June"),
    ]
]
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
HEAD = (
    '<meta charset="utf-8"><title>Budget passed</title>'
    '<link rel="canonical" href="https://example.by/budget">'
    '<meta property="article:published_time" content="2026-03-04T23:30:00+03:00">'
)
MENU = "<nav><a href='/'>Home</a> <a href='/news'>News of the day and of the week</a></nav>"
TEASERS = "".join(
    f"<div><a href='/{n}'>Story number {n} has a headline of more than ten words, as such have</a>"
    "</div>"
    for n in range(30)
)


@pytest.fixture(scope="module")
def articles() -> Iterator[Articles]:
    with Articles() as articles:
        yield articles


def page(body: str, head: str = HEAD) -> bytes:
    return f"<html><head>{head}</head><body>{MENU}{body}</body></html>".encode()


def test_an_article_with_what_its_page_says(articles: Articles) -> None:
    body = f"<article><h1>Budget passed</h1>{TEXT}</article><footer>All rights reserved</footer>"
    found = articles.of_page(page(body), "https://example.by/budget?utm_source=x")
    assert (found.date, found.own_url) == ("2026-03-04", "https://example.by/budget")
    assert all(paragraph in found.text for paragraph in PARAGRAPHS)
    assert "News" not in found.text
    assert found.instead is None
    assert found.extraction.quality > 0.95


def test_the_date_may_stand_in_the_address_and_not_in_the_text(articles: Articles) -> None:
    body = page(f"<article>{TEXT}<p>It was founded on 3 May 2019.</p></article>", head="")
    assert articles.of_page(body, "https://example.by/2026/02/03/budget").date == "2026-02-03"
    assert articles.of_page(body, "https://example.by/budget").date is None


def test_letters_of_another_encoding(articles: Articles) -> None:
    text = "Рада горада прыняла бюджэт на год, паведамілі ў аўторак у прэс-службе. " * 12
    html = f"<html><head><meta charset=windows-1251></head><body><p>{text}</p></body></html>"
    found = articles.of_page(html.encode("cp1251"), None)
    assert found.text.startswith("Рада горада")
    assert found.extraction.complete == 1.0


def test_what_is_lost_lowers_the_quality(articles: Articles) -> None:
    lost = "".join(
        f"<div class='comment'>I was there myself, number {n}, and saw nobody at work that "
        "morning, although they had told us in the shop that all would be ready by then.</div>"
        for n in range(6)
    )
    whole = articles.of_page(page(f"<article>{TEXT}</article>"), None).extraction
    part = articles.of_page(page(f"<article>{TEXT}</article>{lost}"), None).extraction
    assert whole.complete == 1.0
    assert part.complete < 0.8
    assert part.quality < whole.quality


def test_lines_that_are_no_sentences_lower_the_quality(articles: Articles) -> None:
    table = "".join(f"<p>Lipki {n} : {n}</p>" for n in range(40))
    found = articles.of_page(page(f"<article>{TEXT}{table}</article>"), None).extraction
    assert 0.3 < found.running < 0.8


def test_an_item_of_a_feed(articles: Articles) -> None:
    found = articles.of_item(TEXT)
    assert found.text.split("\n") == PARAGRAPHS
    assert (found.own_url, found.extraction.quality) == (None, 1.0)


WALL = "We and our partners use cookies. Accept all cookies, or choose which cookies you want. "
WALL_PL = "Szanujemy prywatność. Administratorem danych osobowych jest spółka; pliki cookies. "


@pytest.mark.parametrize(
    ("title", "body", "instead"),
    [
        ("Budget", "<p>The council passed the budget, officials said.</p>", "too short"),
        ("404 Not Found", "<p>This page is gone. Try the search, or the front page.</p>", "error"),
        ("Старонка не знойдзена", "<p>Паспрабуйце пошук, або галоўную старонку.</p>", "error"),
        ("Welcome", f"<p>{WALL * 6}</p>", "wall"),
        ("Witaj", f"<p>{WALL_PL * 6}</p>", "wall"),
    ],
)
def test_pages_that_are_no_articles(
    articles: Articles, title: str, body: str, instead: str
) -> None:
    html = f"<html><head><title>{title}</title></head><body><article>{body}</article></body></html>"
    assert instead in str(articles.of_page(html.encode(), None).instead)


def test_a_list_of_stories_is_no_article(articles: Articles) -> None:
    try:
        instead = articles.of_page(page(f"<main>{TEASERS}</main>"), None).instead
    except UnreadableError as error:
        instead = str(error)
    assert instead in {"a list of links", "no article"}


def test_an_article_about_cookies_or_errors_is_one(articles: Articles) -> None:
    text = TEXT + "<p>The new law on cookies asks for consent, the council added.</p>" + TEXT
    html = page(f"<article>{text}</article>", head="<title>Error 404 in the budget</title>")
    assert articles.of_page(html, None).instead is None


@pytest.mark.parametrize(
    "data", [b"", b"<html></html>", b"\x89PNG\r\n\x1a\n" + bytes(99), b"<b>x</b>" * 200_000]
)
def test_what_holds_no_article(articles: Articles, data: bytes) -> None:
    with pytest.raises(UnreadableError, match="no article"):
        articles.of_page(data, None)


def test_what_models_judge_as_a_post_is_no_article() -> None:
    assert LEAST_WORDS == SHORT


def test_a_reader_that_is_stopped_or_dies_spoils_nothing_for_the_next() -> None:
    with ReaderPool("tests.data.odd_reader", count=1, seconds=5.0) as readers:
        assert readers.read({}, b"hello") == {"length": 5}
        assert readers.read({}, b"sleep") == {"refused": "slow"}
        assert readers.read({}, b"end") == {"refused": "slow"}
        assert readers.read({}, b"die") == {"refused": "bomb"}
        assert readers.read({}, b"fill") == {"refused": "bomb"}
        start = time.monotonic()
        assert readers.read({}, b"x" * 1_000_000) == {"length": 1_000_000}
        assert time.monotonic() - start < 30
    assert readers.read({}, b"hello") == {"refused": "over"}


def test_two_readers_serve_in_turn() -> None:
    found: list[ReadArticle] = []
    with Articles() as articles:
        found += [articles.of_item(f"<p>{n}: {TEXT}</p>") for n in range(3)]
    assert [one.text[0] for one in found] == ["0", "1", "2"]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.by/a?b=1&c=2",
        "http://www.example.by/a/?c=2&b=1#top",
        "https://EXAMPLE.by:443/a?b=1&c=2&utm_source=feed",
    ],
)
def test_one_address_however_it_is_written(url: str) -> None:
    assert address_key(url) == "example.by/a?b=1&c=2"


def test_addresses_of_lists() -> None:
    lists = ["https://a.by", "https://a.by/", "https://a.by/tag/bridge", "https://a.by/author/x/"]
    assert all(map(is_listing, lists))
    pages = ["https://a.by/bridge", "https://a.by/news/12/345/", "https://a.by/2026/03/04/x.html"]
    assert not any(map(is_listing, pages))
