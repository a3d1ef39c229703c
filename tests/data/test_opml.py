"""Lists of feeds, as people and programs write them."""

from __future__ import annotations

import pytest

from krynica.data.feeds.opml import outlines


def test_nested_in_order_and_each_once() -> None:
    data = b"""<?xml version="1.0"?><opml version="2.0"><head><title>t</title></head><body>
      <outline text="News"><outline text="a" type="rss" xmlUrl="https://a.example/feed"/>
        <outline text="b" xmlurl=" b.xml "/><outline text="deep"><outline XMLURL="c"/></outline>
      </outline><outline xmlUrl="https://a.example/feed"/><outline text="nothing"/></body></opml>"""
    assert outlines(data) == ["https://a.example/feed", "b.xml", "c"]


def test_other_lists_are_followed_and_links_to_pages_are_not() -> None:
    data = b"""<opml><body><outline type="include" url="https://a.example/more.opml"/>
      <outline type="link" url="b.OPML"/><outline type="link" url="https://a.example/"/>
      <outline url="c.opml"/></body></opml>"""
    assert outlines(data) == ["https://a.example/more.opml", "b.OPML"]


def test_damage_is_read_over() -> None:
    data = b'<opml><outline text="a & b" xmlUrl="https://a.example/?x=1&y=2"/><outline xmlUrl="b"'
    assert outlines(data)[0].startswith("https://a.example/?x=1")


@pytest.mark.parametrize("data", [b"<opml", b"<opml/>", b"<opml><body/></opml>"])
def test_empty(data: bytes) -> None:
    assert outlines(data) == []
