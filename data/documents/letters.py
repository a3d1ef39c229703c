"""Whether the letters of a PDF are those that its reader sees: its fonts need not say so.

Letters that became others of a living language are put right by `data.documents.mending` first;
what is left here is not a text in any way.
"""

from __future__ import annotations

import re
import unicodedata

_WESTERN = "À-ÿ¨¸ª¯º¿²³¡¢¥´"
"""What Cyrillic letters of windows-1251, Belarusian and Ukrainian ones included, become."""
_WORD = re.compile(rf"[A-Za-z{_WESTERN}]{{3,}}")
_STRANGE = re.compile(rf"[{_WESTERN}]{{3,}}")
_PARAGRAPH = re.compile(r"[^\n]+")
_STRANGE_SHARE = 0.5
"""Share of the words of a paragraph, of three letters or more, that are made of such letters alone,
from which on it is no Western text. French and Icelandic have one in a hundred at most."""
_SIGNS = 0.05
"""Share of signs that mean nothing from which on a text cannot be read; readable ones have none, or
a bullet here and there."""
_LETTERS = 0.4
"""Share of letters below which a text is none: prose has 0.95, a price list half of it."""
_INSIDE = re.compile(r"[^\W\d_][^\w\s'’ʼ`´.:/@&+,;()«»“”\"—–-]+[^\W\d_]|[^\W\d_]\d+[^\W\d_]")
"""A sign inside a word that never is there."""
_TOKEN = re.compile(r"\S{4,}")
_ODD = 0.2
"""Share of words with such signs from which on letters stand for others; prose has 0.01."""
_FEW = 40


def is_cipher(text: str) -> bool:
    """Tell a text whose letters stand for others, or for none."""
    signs = [char for char in text if not char.isspace()]
    if len(signs) < _FEW:
        return False
    meaningless = sum(unicodedata.category(char) in {"Cc", "Co", "Cn"} for char in signs)
    meaningless += text.count("\ufffd")
    letters = sum(char.isalpha() or unicodedata.category(char) == "Mn" for char in signs)
    tokens = _TOKEN.findall(text)
    strange = sum(len(one) for one in _PARAGRAPH.findall(text) if _is_strange(one))
    return (
        meaningless > _SIGNS * len(signs)
        or letters < _LETTERS * len(signs)
        or sum(map(bool, map(_INSIDE.search, tokens))) > _ODD * len(tokens)
        or strange > _STRANGE_SHARE * len(text)
    )


def _is_strange(paragraph: str) -> bool:
    words = len(_WORD.findall(paragraph))
    return words > 0 and len(_STRANGE.findall(paragraph)) >= _STRANGE_SHARE * words
