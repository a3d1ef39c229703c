"""Teasers: the beginning of an article, and a request to pay or to register for the rest."""

from __future__ import annotations

import re
from typing import Any

from krynica.data.finding.shown import is_hidden, lines_of

_LONGEST = 400
"""Words from which on a text is no teaser, whatever stands below it: those of newsrooms have 40 to
150. Chosen, not swept."""
_SHORT = 120
"""Words below which a text is a teaser on the page's own word that it is not free."""
_NEAR = 8
"""Lines below a text in which a request for the rest of it stands."""

_PAY = re.compile(
    r"""
    \b(
      (subscribe|sign\ up|register|log\ in|sign\ in|join)\b[^.!?\n]{0,60}\bto\ (continue|keep|read|unlock|access|view|finish)
    | (continue|keep)\ reading\b[^.!?\n]{0,40}\b(subscri|account|free\ trial|for\ (just|only))
    | to\ (continue|keep|finish)\ reading | already\ a\ (subscriber|member)
    | (this|the\ (rest|full))\b[^.!?\n]{0,30}\b(article|story|post|text|content)\ is\b[^.!?\n]{0,40}\b(subscribers|members|paid|paying|premium)
    | (for|only\ to|available\ to)\ (paying\ |paid\ )?(subscribers|members)\ only | subscribers?[- ]only
    | you\ have\ (read|reached|used)\b[^.!?\n]{0,40}\b(free|limit)\b
    | (оформите|купите|приобретите)\ (платн\w+\ )?подписк\w* | по\ подписке
    | (доступ\w*|полн\w+|читать)\b[^.!?\n]{0,50}\b(только\ )?(для\ )?(платн\w+\ )?подписчик\w+
    | только\ для\ подписчиков | чтобы\ (про)?(читать|дочитать|продолжить)\b[^.!?\n]{0,60}\b(подпи|войди|зарегистр|авториз)\w*
    | уже\ (есть\ подписка|подписчик)
    | (аформіце|набудзьце)\ падпіск\w* | (толькі\ )?для\ падпісчыкаў | (каб|каб\ пра)?\ ?(чытаць|дачытаць)\b[^.!?\n]{0,60}\b(падпіш|увайдз|зарэгіст)\w*
    | (оформіть|придбайте)\ (передплат|підписк)\w* | (лише|тільки)\ для\ (передплатник|підписник)\w+
    | щоб\ (про)?(читати|дочитати|продовжити)\b[^.!?\n]{0,60}\b(підпиш|передплат|увійд|зареєстр)\w*
    | (dla|tylko\ dla)\ (naszych\ )?(subskrybent|prenumerator)\w* | aby\ (czytać|przeczytać)\b[^.!?\n]{0,60}\b(zaloguj|wykup|subskry|prenumer|zarejestruj)\w*
    | (wykup|kup)\ (dostęp|subskrypcj|prenumerat)\w* | pozostało\ (do\ przeczytania\ )?(ci\ )?\d+\ ?%
    | (dalsza|pełna|reszta)\b[^.!?\n]{0,40}\b(artykuł|tekst|treś)\w*\b[^.!?\n]{0,40}\b(dostęp|płat)\w*
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PAY_BOX = re.compile(
    r"(^|[\s_-])(paywall\w*|pay-wall|regwall|meter(ed)?-?wall|piano-\w+|tp-(modal|container)\w*"
    r"|premium-(content|lock\w*|wall)|locked-content|content-lock\w*|subscription-(wall|offer)"
    r"|subscribe-(wall|to-read)|article-?(lock|limit|gate)\w*)($|[\s_-])",
    re.IGNORECASE,
)


def without_request(text: str) -> str:
    """Return a text without the request to pay for the rest of it."""
    lines = text.split("\n")
    kept = [line for line in lines if not (_is_short(line) and asks_to_pay(line))]
    return "\n".join(kept).strip() or text


def is_teaser(text: str, tree: Any, *, is_free: bool) -> bool:
    """Tell a teaser from an article.

    Parameters
    ----------
    text
        What was found.
    tree
        The page as lxml has it.
    is_free
        False where the page says that it is not all free to read.
    """
    words = len(text.split())
    if words >= _LONGEST:
        return False
    if not is_free and words < _SHORT:
        return True
    return _asked_below(text, tree) or _has_box(tree)


def asks_to_pay(text: str) -> bool:
    """Tell a request to pay or to register for the rest of an article."""
    return _PAY.search(text) is not None


def _asked_below(text: str, tree: Any) -> bool:
    lines = [line.text for line in lines_of(tree, everything=True)]
    last = text.rstrip().rpartition("\n")[2]
    place = max((n for n, line in enumerate(lines) if last and last[-60:] in line), default=None)
    below = lines if place is None else lines[place : place + _NEAR]
    return any(_is_short(line) and asks_to_pay(line) for line in below)


def _is_short(line: str) -> bool:
    return len(line.split()) <= 60


def _has_box(tree: Any) -> bool:
    for element in tree.iter("div", "section", "aside", "p"):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _PAY_BOX.search(names) and not is_hidden(element) and element.text_content().strip():
            return True
    return False
