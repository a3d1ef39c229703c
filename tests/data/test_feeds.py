"""Feeds of every kind, as they are and as they are made to harm."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from krynica.classifier.errors import NothingToReadError, UnreadableError
from krynica.data.feeds.feed import Feed, FeedItem, Outlines, Site, read_feed
from krynica.data.feeds.feed_reader import MOST_ITEMS, read
from krynica.data.readers.frames import write_frame, write_json
from tests.data.telegram_pages import page as telegram
from tests.data.telegram_pages import post

ROOT = Path(__file__).resolve().parents[2]

TEXT = "Музей ткацтва зачыняюць на рамонт, паведаміла дырэктарка."
DATE = "2026-11-20T08:30:00+00:00"
RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Крыніца</title><item>
 <title>Музей &amp;amp; рамонт</title><link>/a</link><guid isPermaLink="false">7</guid>
 <pubDate>Fri, 20 Nov 2026 10:30:00 +0200</pubDate><description>Коратка</description>
 <content:encoded><![CDATA[<p>{TEXT}</p>]]></content:encoded></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Крыніца</title><entry><id>7</id>
 <title>Музей &amp;amp; рамонт</title><link rel="alternate" href="/a"/>
 <updated>2026-11-20T08:30:00Z</updated><summary>Коратка</summary>
 <content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry></feed>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel
 rdf:about="x"><title>Крыніца</title></channel><item rdf:about="7">
 <title>Музей &amp;amp; рамонт</title><link>/a</link><dc:date>2026-11-20T11:30:00+03:00</dc:date>
 <description>&lt;p&gt;{TEXT}&lt;/p&gt;</description></item></rdf:RDF>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Крыніца",
        "items": [
            {
                "id": 7,
                "url": "/a",
                "title": "Музей &amp; рамонт",
                "date_published": "2026-11-20T10:30:00+02:00",
                "content_html": f"<p>{TEXT}</p>",
            }
        ],
    }
)


def feed(data: str | bytes) -> Feed:
    found = read_feed(data.encode() if isinstance(data, str) else data, name="The feed x")
    assert isinstance(found, Feed)
    return found


def item(body: str) -> FeedItem:
    (only,) = feed(f'<rss version="2.0"><channel><item>{body}</item></channel></rss>').items
    return only


@pytest.mark.parametrize("data", [RSS, ATOM, RDF, JSON], ids=["rss", "atom", "rdf", "json"])
def test_kinds(data: str) -> None:
    found = feed(data)
    assert (found.title, found.left_out) == ("Крыніца", 0)
    (only,) = found.items
    assert only == FeedItem("7", "/a", "Музей &amp; рамонт", DATE, f"<p>{TEXT}</p>", is_html=True)


@pytest.mark.parametrize("codec", ["cp1251", "koi8-u", "utf-16", "utf-8"])
@pytest.mark.parametrize("said", ["", "cp1251", "utf-8"])
def test_encodings_rightly_said_wrongly_said_and_unsaid(codec: str, said: str) -> None:
    text = "Мешканці міста чекають на відповідь мера: чому вода в кранах стала іржавою?"
    data = re.sub('encoding="utf-8"', f'encoding="{said}"' if said else "", RSS)
    found = feed(data.replace(TEXT, text).replace("Крыніца", text).encode(codec, "ignore"))
    assert found.title == text
    assert text in found.items[0].content


def test_plain_text_is_told_from_html() -> None:
    (only,) = feed('{"items": [{"content_text": "a < b", "content_html": ""}]}').items
    assert (only.content, only.is_html) == ("a < b", False)


@pytest.mark.parametrize(
    ("texts", "content"),
    [
        ({"content_html": "<p>a b</p>", "content_text": "a b c"}, "a b c"),
        ({"content_html": f'<p class="{"x" * 99}">a</p>', "content_text": "a b"}, "a b"),
        ({"content_html": "<p>a b c</p>", "content_text": "a b"}, "<p>a b c</p>"),
        ({"content_html": "<p>a</p>", "content_text": " a\n"}, "<p>a</p>"),
        ({"summary": "a"}, "a"),
        ({"content_html": 1, "content_text": None}, ""),
        ({"content_html": "<" * 400_000, "content_text": "a"}, "<" * 400_000),
    ],
)
def test_the_longest_text_counts_without_its_tags(texts: dict[str, object], content: str) -> None:
    (only,) = feed(json.dumps({"items": [texts]})).items
    assert (only.content, only.is_html) == (content, content.startswith("<"))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Fri, 20 Nov 2026 10:30:00 +0200", DATE),
        ("2026-11-20T08:30:00Z", DATE),
        ("Чт, 12 янв 2023 10:00:00 +0300", "2023-01-12T07:00:00+00:00"),
        ("12 студзеня 2023", "2023-01-12T00:00:00+00:00"),
        ("5 березня 2024 р., 10:00", "2024-03-05T10:00:00+00:00"),
        ("5 лютого 2024", "2024-02-05T00:00:00+00:00"),
        ("29 lutego 2024 r.", "2024-02-29T00:00:00+00:00"),
        ("Вт, 05 мар 2024 10:00 МСК", "2024-03-05T07:00:00+00:00"),
        ("Mo, 25 Jun 2018 11:41:36", "2018-06-25T11:41:36+00:00"),
        ("2016/6/29 15:07", "2016-06-29T15:07:00+00:00"),
        ("Tue, 18 Sept 2018 15:53:56 +0300", "2018-09-18T12:53:56+00:00"),
        ("Thu, 03 Sep 15 00:01:01 +0200", "2015-09-02T22:01:01+00:00"),
        ("Fri, Oct 7 2022 10:15:00 -0400", "2022-10-07T14:15:00+00:00"),
        ("2024-03-05 10:00", "2024-03-05T10:00:00+00:00"),
        ("05.03.2024", "2024-03-05T00:00:00+00:00"),
        ("05.03.2024 10:00", "2024-03-05T10:00:00+00:00"),
        ("25/03/2024", "2024-03-25T00:00:00+00:00"),
        ("03/05/2024", None),
        ("31.02.2024", None),
        ("1709622000", "2024-03-05T07:00:00+00:00"),
        ("1709622000000", "2024-03-05T07:00:00+00:00"),
        ("12345678901", None),
        ("10:15", None),
        ("2024", None),
        ("2024-W10", None),
        ("5 марта", None),
        ("вчера в 10:15", None),
        ("3 дня назад", None),
        ("yesterday", None),
        ("", None),
        ("99999-99-99", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("9" * 1_000, None),
    ],
)
def test_dates(said: str, meant: str | None) -> None:
    assert item(f"<title>a</title><pubDate>{said}</pubDate>").published == meant
    (only,) = feed(json.dumps({"items": [{"date_published": said}]})).items
    assert only.published == meant


def test_what_is_broken_but_readable_is_read() -> None:
    only = item("<title>a&nbsp;b & c</title><link>http://a/?x=1&y=2</link><description>text")
    assert only.url == "http://a/?x=1&y=2"
    assert only.title is not None
    assert only.title.startswith("a")


def test_characters_that_no_text_has_are_left_out() -> None:
    (only,) = feed(
        r'{"items": [{"title": "a\ud800\u001b[31mb\u0000", "content_text": "\udfffc"}]}'
    ).items
    assert (only.title, only.content) == ("a[31mb", "c")
    assert item(f"<title>a\x00b\x08</title><description>{TEXT}</description>").title == "ab"


def test_an_empty_feed_is_a_feed() -> None:
    assert feed('<rss version="2.0"><channel/></rss>') == Feed(None, (), 0)
    assert feed('{"items": []}').items == ()


def test_items_beyond_the_most_are_counted() -> None:
    found = feed(f'<rss version="2.0"><channel>{"<item/>" * (MOST_ITEMS + 7)}</channel></rss>')
    assert (len(found.items), found.left_out) == (MOST_ITEMS, 7)


def test_nothing_is_opened_that_a_feed_points_to(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("puppet")
    for data in (str(tmp_path / "secret"), f"file://{tmp_path}/secret"):
        with pytest.raises(UnreadableError, match="is not a feed"):
            feed(data)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("Good morning to everybody in the city.", "is not a feed"),
        ('{"a": 1}', "is not a feed"),
        ('{"items": 1}', "is not a feed"),
        ('{"items": [', "is damaged"),
        ("{" * 100_000, "is damaged"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><rss><channel/></rss>', "declares entities"),
        ('<!-- <a> --><!DOCTYPE a [<!entity % b SYSTEM "file:///etc/passwd">]><rss/>', "declares"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "is an image"),
    ],
)
def test_what_is_no_feed_is_refused_in_a_sentence(data: str | bytes, sentence: str) -> None:
    with pytest.raises(UnreadableError, match=rf"^The feed x {sentence}.*\.$"):
        feed(data)


def test_entities_in_another_encoding_are_seen_too() -> None:
    with pytest.raises(UnreadableError, match="declares entities"):
        feed('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><rss/>'.encode("utf-16"))


@pytest.mark.parametrize("data", [b"", b" \n"])
def test_nothing_is_nothing(data: bytes) -> None:
    with pytest.raises(NothingToReadError):
        feed(data)


ATTRIBUTES = b" ".join(b'a%d="1"' % n for n in range(400_000))


def test_what_would_take_all_memory_is_stopped() -> None:
    start = time.monotonic()
    with pytest.raises(UnreadableError, match=r"unpacks to more|is damaged"):
        feed(b"<rss version='2.0'>&nope;<item " + ATTRIBUTES + b"/></rss>")
    assert time.monotonic() - start < 20


@pytest.mark.skipif(sys.platform == "win32", reason="there the clock alone bounds a feed")
def test_what_would_take_minutes_is_stopped() -> None:
    given = io.BytesIO()
    write_json(given, {})
    write_frame(given, b"<rss version='2.0'><item " + ATTRIBUTES + b"/></rss>")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import krynica.data.feeds.feed_reader as reader; reader.SECONDS = 1; reader.main()",
        ],
        input=given.getvalue(),
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode < 0
    assert done.stdout == b""


@pytest.mark.parametrize("header", [None, "utf-8", "windows-1251"])
def test_a_feeds_own_word_counts_where_the_servers_is_disproved(header: str | None) -> None:
    both = "У сераду ў Гродне аднавілі рух. В среду возобновили движение, объявлено об этом."
    data = RSS.replace('encoding="utf-8"', 'encoding="windows-1251"').replace(TEXT, both)
    found = read_feed(data.encode("cp1251"), name="The feed x", declared=header)
    assert isinstance(found, Feed)
    assert found.items[0].content == f"<p>{both}</p>"


def test_a_page_names_its_feeds() -> None:
    alternate = '<link rel="alternate" type="application/rss+xml" {}>'
    page = (
        "<!DOCTYPE html><html><head>"
        '<link rel="stylesheet" href="a.css"><link rel="alternate" hreflang="be" href="/be">'
        + alternate.format('href="/comments/feed" title="Comments"')
        + alternate.format('href="/feed"')
        + '<link href="b.json" rel="ALTERNATE home" type="application/feed+json; charset=utf-8">'
        + alternate.format('href="/feed"')
        + "</head></html>"
    )
    assert read_feed(page.encode(), name="x") == Site(("/feed", "b.json", "/comments/feed"))
    based = page.replace("<head>", '<head><base href="https://x.example/y/">')
    found = read_feed(based.encode(), name="x")
    assert isinstance(found, Site)
    assert found.feeds[:2] == ("https://x.example/feed", "https://x.example/y/b.json")


@pytest.mark.parametrize("page", ["<html><body>Welcome", "<!-- <rss> --><!DOCTYPE html>\n<html>"])
def test_a_page_may_name_none(page: str) -> None:
    assert read_feed(page.encode(), name="x") == Site(())


def test_a_page_of_telegram_is_a_feed() -> None:
    found = feed(telegram(post(100, "Раніца."), post(101, None)))
    url, date = "https://t.me/dzien/100", "2024-03-01T07:00:00+00:00"
    assert (found.title, found.oldest, len(found.items)) == ("Навіны Дня", 100, 2)
    assert found.items[0] == FeedItem(
        url, url, None, date, "Раніца.", is_html=False, is_post=True, outlet="t.me/dzien"
    )


def test_a_list_of_feeds() -> None:
    data = b'<opml><body><outline xmlUrl="a"/></body></opml>'
    assert read_feed(data, name="x") == Outlines(("a",))


_PIECES = st.sampled_from(
    [
        b"<rss version='2.0'>", b"<channel>", b"<item>", b"</item>", b"<title>", b"<![CDATA[",
        b"]]>", b"&#xD800;", b"&nope;", b"<!DOCTYPE a>", b"<feed xmlns='http://www.w3.org/2005/Atom'>",
        b"<entry>", b"<content type='xhtml'>", b"<link href='http://[/'/>", b"<pubDate>", b"<guid>",
        b"99 Zzz 2026", b"<opml>", b"<outline xmlUrl='a'/>", b'{"items":[', b'{"id":1', b"]}",
        b"\xff\xfe", b"<?xml version='1.0' encoding='zlib'?>", b"<!--", b"xml:base='['",
    ]
)  # fmt: skip


@given(st.lists(_PIECES | st.binary(max_size=20), max_size=12).map(b"".join))
@settings(deadline=None, max_examples=200)
def test_no_bytes_make_the_reader_raise(data: bytes) -> None:
    outcome = read({}, data)
    assert set(outcome) in ({"refused"}, {"outlines"}, {"links"}) or "items" in outcome
    json.dumps(outcome).encode("ascii")


@given(st.lists(_PIECES | st.binary(max_size=20), max_size=8).map(b"".join))
@settings(deadline=None, max_examples=15)
def test_no_bytes_raise_anything_but_our_error(data: bytes) -> None:
    with suppress(UnreadableError):
        assert isinstance(read_feed(data, name="The feed"), Feed | Outlines | Site)
