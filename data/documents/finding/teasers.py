"""Teasers: the beginning of an article, and a request to pay or to register for the rest."""

from __future__ import annotations

import re
from typing import Any

from krynica.data.documents.finding.phrases import any_of
from krynica.data.documents.finding.shown import is_hidden, lines_of

_LONGEST = 400
"""Words from which on a text is no teaser, whatever stands below it: those of newsrooms have 40 to
150. Chosen, not swept."""
_SHORT = 120
"""Words below which a text is a teaser on the page's own word that it is not free."""
_REQUEST = 400
"""Characters of the longest request."""
_NEAR = 8
"""Lines below a text in which a request for the rest of it stands."""

_PAY = any_of("""
    (subscribe|sign up|register|log in|sign in|join) ~ to (continue|keep|read|unlock|access|finish)
    (continue|keep) reading ~ (subscri\\w*|account|free trial|for (just|only))
    to (continue|keep|finish) reading
    already a (subscriber|member)
    (article|story|post|text|content) is ~ (subscribers|members|paid|paying|premium)
    (for|only to|available to) (paying |paid )?(subscribers|members) only
    subscribers?[- ]only
    you have (read|reached|used) ~ (free|limit)\\b
    (оформите|купите|приобретите) (платн\\w+ )?подписк
    (доступ\\w*|полн\\w+|читать) ~ (только )?(для )?(платн\\w+ )?подписчик
    только для подписчиков
    чтобы (про)?(читать|дочитать|продолжить) ~ (подпи|войди|зарегистр|авториз)
    уже (есть подписка|подписчик)
    (аформіце|набудзьце) падпіск
    (толькі )?для падпісчыкаў
    каб (пра)?(чытаць|дачытаць|працягнуць) ~ (падпі|увайдз|зарэгіст)
    (оформіть|придбайте) (передплат|підписк)
    (лише|тільки) для (передплатник|підписник)
    щоб (про)?(читати|дочитати|продовжити) ~ (підпиш|передплат|увійд|зареєстр)
    (tylko )?dla (naszych )?(subskrybent|prenumerator)
    aby (czytać|przeczytać|kontynuować) ~ (zaloguj|wykup|subskry|prenumer|zarejestruj)
    (wykup|kup) (dostęp|subskrypcj|prenumerat)
    pozostało (do przeczytania )?(ci )?\\d+ ?%
    (dalsza|pełna|reszta) ~ (artykuł|tekst|treś)\\w* ~ (dostęp|płat)
""")
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
    return len(line) <= _REQUEST


def _has_box(tree: Any) -> bool:
    for element in tree.iter("div", "section", "aside", "p"):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _PAY_BOX.search(names) and not is_hidden(element) and element.text_content().strip():
            return True
    return False
