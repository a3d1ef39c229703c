"""Pages of Telegram: every post of a page, as it stands there, and where channels are shown."""

from __future__ import annotations

import pytest

from krynica.classifier.errors import AddressError
from krynica.data.documents.telegram import Post, channel_address, read_channel_page
from tests.data.telegram_pages import page, post


def posts(*written: str) -> tuple[Post, ...]:
    found = read_channel_page(page(*written))
    assert found is not None
    return found.posts


def text_of(html: str) -> str:
    (only,) = posts(post(1, html))
    return only.text


def test_a_page_of_a_channel() -> None:
    found = read_channel_page(page(post(100, "Раніца."), post(101, "<b>Вечар.</b>")))
    assert found is not None
    assert found.title == "Навіны Дня"
    assert found.posts == (
        Post("dzien", 100, "Раніца.", "2024-03-01T07:00:00+00:00"),
        Post("dzien", 101, "Вечар.", "2024-03-01T07:00:00+00:00"),
    )
    assert found.posts[0].url == "https://t.me/dzien/100"
    assert found.posts[0].outlet == "t.me/dzien"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>Загаловак.</b><br/><br/>Тэкст,<br>радок.", "Загаловак.\n\nТэкст,\nрадок."),
        ("<blockquote>Цытата.</blockquote> Так сказаў ён.", "Цытата.\nТак сказаў ён."),
        ("Сказаў:<blockquote>Цытата.</blockquote>", "Сказаў:\nЦытата."),
        ("<tg-emoji><i class='emoji'><b>❗️</b></i></tg-emoji> Увага", "❗️ Увага"),
        ('Чытайце <a href="https://x.example/">тут</a>, <tg-spoiler>так</tg-spoiler>.',
         "Чытайце тут, так."),
        ("a &lt;b&gt; &amp; c<script>alert(1)</script><!-- d -->", "a <b> & c"),
        ("<pre>a\n b</pre>", "a\nb"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_text_of_a_post(html: str, text: str) -> None:
    assert text_of(html) == text


def test_what_is_answered_and_previewed_is_not_the_text() -> None:
    reply = (
        '<a class="tgme_widget_message_reply" href="https://t.me/dzien/1"><div class='
        '"tgme_widget_message_text js-message_reply_text">Старое</div></a>'
    )
    preview = (
        '<a class="tgme_widget_message_link_preview"><div class="link_preview_title">T</div></a>'
    )
    (only,) = posts(post(2, "Новае", before=reply, after=preview))
    assert only.text == "Новае"


def test_a_text_within_a_text_is_read_once() -> None:
    assert text_of('<div class="tgme_widget_message_text js-message_text">Адно</div>') == "Адно"


def test_a_forward_is_of_the_channel_it_was_first_in() -> None:
    named = '<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/{}"><span>X</span></a>'
    person = '<span class="tgme_widget_message_forwarded_from_name">Ганна</span>'
    found = posts(
        post(1, "a", before=forwarded(named.format("Vechar/7"))),
        post(2, "b", before=forwarded(person)),
        post(3, "c"),
    )
    assert [one.outlet for one in found] == ["t.me/vechar", None, "t.me/dzien"]
    assert [one.forwarded for one in found] == [True, True, False]
    assert found[0].url == "https://t.me/dzien/1"


def forwarded(name: str) -> str:
    return f'<div class="tgme_widget_message_forwarded_from">Forwarded from {name}</div>'


def test_notices_are_no_posts_and_pictures_are_posts_without_text() -> None:
    notice = post(1, "Channel created").replace("js-widget_message", "service_message")
    album = '<div class="tgme_widget_message_grouped_wrap"><time class="d">0:15</time></div>'
    picture = post(2, None, before=album)
    assert [(one.number, one.text) for one in posts(notice, picture)] == [(2, "")]


def test_a_post_that_stands_there_twice_is_one() -> None:
    assert len(posts(post(1, "a"), post(1, "a"))) == 1


@pytest.mark.parametrize(
    "html",
    ["", "<html><body>Welcome</body></html>", "tgme_widget_message data-post=", "<" * 100_000],
)
def test_what_is_no_page_of_a_channel(html: str) -> None:
    assert read_channel_page(html) is None


@pytest.mark.parametrize(
    "place",
    [
        "t.me/dzien", "https://t.me/dzien", "http://t.me/s/dzien/", "telegram.me/dzien",
        "https://www.t.me/dzien?before=20", "https://telegram.me/s/dzien", "dzien.t.me",
        "https://dzien.t.me/", "https://telegram.dog/dzien", " T.ME/dzien ",
    ],
)  # fmt: skip
def test_addresses_of_a_channel(place: str) -> None:
    assert channel_address(place) == "https://t.me/s/dzien"


@pytest.mark.parametrize(
    "place", ["https://gazeta.example/dzien", "feed.xml", "at.me/dzien", "t.me.example/dzien"]
)
def test_other_places_are_none(place: str) -> None:
    assert channel_address(place) is None


@pytest.mark.parametrize(
    "place", ["https://t.me/+AbCd", "t.me/joinchat/AbCd", "t.me/c/1/2", "t.me/dzien/100", "t.me/"]
)
def test_what_is_no_public_channel_is_said(place: str) -> None:
    with pytest.raises(AddressError, match="is not a public Telegram channel"):
        channel_address(place)
