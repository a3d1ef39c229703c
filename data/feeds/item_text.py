"""The text of a feed's item, and whether it is all of the article."""

from __future__ import annotations

import re

from krynica.data.documents.html_text import text_of_html, unescaped
from krynica.data.documents.mending import mended
from krynica.data.feeds.feed import FeedItem

WHOLE = 150
"""Words from which on the content of a feed passes for a whole article. Teasers have 20 to 80."""

_CUT = re.compile(
    r"(…|\.\.\.|\[(…|\.\.\.)\]|((read|continue|full) (more|reading|story|article)"
    r"|чита(ть|йте) (далее|дальше|полностью)|подробнее|читати (далі|більше)|докладніше"
    r"|чытаць (далей|больш)|падрабязней|czytaj (dalej|więcej|całość)|więcej)(\.\.\.)?)"
    r"[\s:…»>→)\]]*$",
    re.IGNORECASE,
)
"""How a text ends that is continued elsewhere, in the five languages."""


def text_of(item: FeedItem) -> str:
    """Return the text of an item as its feed gives it, one paragraph a line; else nothing."""
    return text_of_html(item.content) if item.is_html else item.content.strip()


def is_whole(text: str) -> bool:
    """Tell an article from a teaser: it is long enough, and does not end cut short."""
    return len(text.split()) >= WHOLE and not _CUT.search(text[-100:])


def plain_title(title: str | None) -> str | None:
    """Return a title on one line without tags, or None."""
    if title is None:
        return None
    text = unescaped(title)[1] if "<" in title or "&" in title else title
    return mended(" ".join(text.split())) or None
