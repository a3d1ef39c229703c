"""The text of an item: all of it and nothing else, and whether it is the article."""

from __future__ import annotations

from html import escape

import pytest

from krynica.data.feeds.feed import FeedItem
from krynica.data.feeds.item_text import is_whole, plain_title, text_of

SENTENCE = "The council passed its plan for bridge number {n}, officials said in a statement. "
PARAGRAPHS = [SENTENCE.format(n=n) * 3 for n in range(8)]
LONG = " ".join(PARAGRAPHS)


def html(content: str) -> FeedItem:
    return FeedItem(None, None, None, None, content, is_html=True)


def test_paragraphs_become_lines() -> None:
    text = text_of(html("".join(f"<p>{one}</p>" for one in PARAGRAPHS)))
    assert [line.strip() for line in text.splitlines()] == [one.strip() for one in PARAGRAPHS]


def test_lists_and_first_paragraphs_are_kept() -> None:
    items = "".join(f"<li>{one}</li>" for one in PARAGRAPHS)
    text = text_of(html(f"{PARAGRAPHS[0]}<p>{PARAGRAPHS[1]}</p><ul>{items}</ul>"))
    assert all(one.strip() in text for one in PARAGRAPHS)


def test_scripts_tags_and_entities_are_gone() -> None:
    text = text_of(
        html("<script>alert(1)</script><b>A&nbsp;b &amp; c</b><!-- d --> <style>e</style>")
    )
    assert text == "A b & c"


def test_plain_text_is_kept_as_it_is() -> None:
    item = FeedItem(None, None, None, None, " a <b> &amp; c\n\nd ", is_html=False)
    assert text_of(item) == "a <b> &amp; c\n\nd"


def test_what_word_press_adds_is_left_out() -> None:
    below = '<p>The post <a href="x">T</a> appeared first on <a href="y">Outlet</a>.</p>'
    assert text_of(html(f"<p>Cut here […]</p>{below}")) == "Cut here […]"


@pytest.mark.parametrize("times", [1, 2, 3])
def test_what_is_escaped_too_often_is_read(times: int) -> None:
    content = f"<p>A headline & more</p><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>"
    for _ in range(times):
        content = escape(content)
    first, *others = text_of(html(content)).splitlines()
    assert first == "A headline & more"
    assert [one.strip() for one in others] == [one.strip() for one in PARAGRAPHS[:2]]


@pytest.mark.parametrize("content", ["", "<p>", "<" * 100_000, "<p " + "a " * 100_000])
def test_no_text(content: str) -> None:
    assert not text_of(html(content)).strip("<")


def test_whole_articles_and_teasers() -> None:
    assert is_whole(LONG)
    assert not is_whole(SENTENCE)
    assert is_whole(f"{LONG} He asked whom they would read more.")


@pytest.mark.parametrize(
    "end",
    [
        "…", "...", " […]", "[...]", " Read more", " Read more »", " Continue reading →",
        " Читать далее...", " Читати далі", " Чытаць далей", " Czytaj więcej >", " Подробнее",
    ],
)  # fmt: skip
def test_cut_short(end: str) -> None:
    assert not is_whole(LONG + end)


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        (None, None),
        (" A \n b ", "A b"),
        ("<b>A</b> &amp; b", "A & b"),
        ("5 < 6", "5 < 6"),
        ("AT&T", "AT&T"),
        ("A &amp;amp; B", "A & B"),
        ("&lt;b&gt;Loud&lt;/b&gt; &amp;quot;x&amp;quot;", 'Loud "x"'),
        ("a &lt; b", "a < b"),
        ("<i></i>", None),
    ],
)
def test_titles(title: str | None, plain: str | None) -> None:
    assert plain_title(title) == plain
