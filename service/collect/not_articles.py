"""What a page is that is no article: too short, a list, an error, a wall."""

from __future__ import annotations

import re

from krynica.service.collect.extraction import Extraction

LEAST_WORDS = 60
"""Words that an article has at least: models judge what has fewer as they judge posts."""

_LISTED = 0.5
"""Share of the words in lines of links from which on a page is a list."""
_ERROR_WORDS = 150
"""Words up to which a page with the title of an error is one: longer ones report on errors."""
_WALL_WORDS = 400
"""Words up to which a page may be a wall."""
_WALL_SHARE = 40
"""Words of a wall among which one speaks of it. Texts that ask for consent say so in every second
sentence. Chosen, not swept."""

_ERROR = re.compile(
    r"\b(404|403|500|502|503|not found|page (does not|doesn.t) exist|forbidden|access denied"
    r"|bad gateway|service unavailable|internal server error"
    r"|страница не (найдена|существует)|доступ (запрещ[её]н|ограничен)|ошибка сервера"
    r"|старонка не (знойдзена|існуе)|доступ забаронены|сторінк[ау] не (знайдено|знайдена|існує)"
    r"|доступ (заборонено|обмежено)|nie znaleziono|strona nie istnieje|brak dostępu)\b",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"\b(cookies?|gdpr|rodo|captcha|javascript|cloudflare|adblock\w*|your consent"
    r"|subscribe (now|to (continue|read))|куки|персональн\w+ данн?\w+|перса?нальн\w+ даны\w+"
    r"|оформите подписку|оформити передплату|аформіце падпіску"
    r"|ciastecz\w+|danych osobowych|dla (subskrybentów|prenumeratorów))\b",
    re.IGNORECASE,
)


def what_instead(title: str | None, text: str, found: Extraction) -> str | None:
    """Tell what a page is that is no article, or None where it may be one.

    Parameters
    ----------
    title, text
        Of the article that was found.
    found
        How well.

    Returns
    -------
    str or None
        One of a few reasons, such as ``"too short"``.
    """
    words = len(text.split())
    first = text.partition("\n")[0][:200]
    if words <= _ERROR_WORDS and (_ERROR.search(title or "") or _ERROR.search(first)):
        return "an error page"
    if words <= _WALL_WORDS and len(_WALL.findall(text)) * _WALL_SHARE >= words:
        return "a wall of consent or payment"
    if found.unlinked < _LISTED:
        return "a list of links"
    return "too short" if words < LEAST_WORDS else None
