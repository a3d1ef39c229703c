"""Pages such as Telegram shows of a channel, made up."""

from __future__ import annotations

DATE = "2024-03-01T10:00:00+03:00"


def post(
    number: int,
    text: str | None,
    *,
    before: str = "",
    after: str = "",
    channel: str = "dzien",
    date: str = DATE,
) -> str:
    """Return one post; without a text where that is None."""
    url = f"https://t.me/{channel}/{number}"
    body = (
        ""
        if text is None
        else f'<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>'
    )
    return (
        '<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class='
        f'"tgme_widget_message js-widget_message" data-post="{channel}/{number}"><div '
        'class="tgme_widget_message_bubble"><div class="tgme_widget_message_author"><a '
        f'class="tgme_widget_message_owner_name" href="https://t.me/{channel}"><span>Навіны Дня'
        f"</span></a></div>{before}{body}{after}<div class="
        '"tgme_widget_message_footer"><span class="tgme_widget_message_views">12.4K</span><a '
        f'class="tgme_widget_message_date" href="{url}"><time datetime="{date}" class="time">10:00'
        "</time></a></div></div></div></div>"
    )


def page(*posts: str) -> str:
    """Return the page with some posts."""
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Навіны Дня – Telegram</title>'
        '<meta property="og:title" content="Навіны Дня"></head><body><main class="tgme_main">'
        f'<section class="tgme_channel_history">{"".join(posts)}</section></main></body></html>'
    )
