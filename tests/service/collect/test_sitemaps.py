"""Sitemaps as publishers write them, and as others do to harm."""

from __future__ import annotations

import gzip

import pytest

from krynica.classifier.errors import UnreadableError
from krynica.service.collect.sitemap_reader import MOST
from krynica.service.collect.sitemaps import Sitemap, SitemapEntry, read_sitemap

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://example.by/1?a=1&amp;b=2 </loc><lastmod>2026-03-05T01:00:00+03:00</lastmod>
<news:news><news:publication><news:name>Example</news:name><news:language>be</news:language>
</news:publication><news:publication_date>2026-03-04</news:publication_date>
<news:title>Навіны &amp; падзеі</news:title></news:news>
<image:image><image:loc>https://example.by/1.jpg</image:loc><image:title>A cat</image:title>
</image:image></url>
<url><loc>https://example.by/2</loc><lastmod>soon</lastmod></url>
<url><lastmod>2026-03-04</lastmod></url>
</urlset>"""
ENTRIES = (
    SitemapEntry("https://example.by/1?a=1&b=2", "2026-03-05", "Навіны & падзеі", "2026-03-04"),
    SitemapEntry("https://example.by/2"),
)


def read(data: bytes | str) -> Sitemap:
    return read_sitemap(data.encode() if isinstance(data, str) else data, name="The sitemap")


@pytest.mark.parametrize(
    "data", [NEWS.encode(), gzip.compress(NEWS.encode()), NEWS.partition("?>")[2].encode("utf-8")]
)
def test_pages_with_their_news(data: bytes) -> None:
    assert read(data) == Sitemap(ENTRIES, (), 0)


def test_an_index() -> None:
    index = (
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>'
        "<loc>https://example.by/a.xml.gz</loc><lastmod>Tue, 03 Mar 2026 10:00:00 GMT</lastmod>"
        "</sitemap></sitemapindex>"
    )
    entry = SitemapEntry("https://example.by/a.xml.gz", "2026-03-03")
    assert read(index) == Sitemap((), (entry,), 0)


def test_a_list_of_lines() -> None:
    pages = tuple(SitemapEntry(f"https://example.by/{n}") for n in range(3))
    text = "\ufeff" + "\r\n".join(entry.url for entry in pages)
    assert read(text) == Sitemap(pages, (), 0)


def test_damage_is_read_over() -> None:
    text = "<urlset><url><loc>https://example.by/?a=1&b=2</loc></url><url><loc>https://a.by/"
    assert read(text).pages[0].url.startswith("https://example.by/?a=1")


def test_more_addresses_than_the_protocol_allows_are_counted() -> None:
    found = read("".join(["<urlset>", "<url><loc>https://a.by/</loc></url>" * (MOST + 3)]))
    assert (len(found.pages), found.left_out) == (MOST, 3)


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"<!DOCTYPE html><html><body>Welcome</body></html>", "is not a sitemap"),
        (b"<rss><channel/></rss>", "is not a sitemap"),
        (b"Good morning, everybody", "is not a sitemap"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "is not a sitemap"),
        (gzip.compress(NEWS.encode())[:-40], "is damaged"),
        (gzip.compress(b"<urlset>" + b" " * 60_000_000), "unpacks to more"),
        (f'<!DOCTYPE u [<!ENTITY e0 "x">{BOMB}]><urlset>&e9;</urlset>'.encode(), "entities"),
    ],
)
def test_what_is_no_sitemap_is_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said) as caught:
        read(data)
    assert str(caught.value).startswith("The sitemap ")


def test_no_file_of_this_machine_is_opened() -> None:
    text = (
        '<!DOCTYPE u SYSTEM "file:///etc/passwd"><urlset><url>'
        "<loc>https://a.by/&x;</loc></url></urlset>"
    )
    assert [entry.url for entry in read(text).pages] == ["https://a.by/"]
