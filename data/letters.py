"""Letters that are not what they seem: Cyrillic read as Western, and signs that mean nothing.

Fonts and programs that say nothing of their letters, or say that they are Western, make “Ïðèâåò”
of “Привет”. No word of a living language is made of such letters alone.
"""

from __future__ import annotations

import re
import unicodedata

from krynica.data.codepages import guess

_WESTERN = "À-ÿ¨¸ª¯ºÀ¿²³¡¢¥´"
"""What Cyrillic letters of windows-1251, Belarusian and Ukrainian ones included, become."""
_WORD = re.compile(rf"[A-Za-z{_WESTERN}]{{3,}}")
_STRANGE = re.compile(rf"[{_WESTERN}]{{3,}}")
_PARAGRAPH = re.compile(r"[^\n]+")
_STRANGE_SHARE = 0.5
"""Share of the words of a paragraph, of three letters or more, that are made of such letters alone,
from which on it is no Western text. French and Icelandic have one in a hundred at most."""
_PRIVATE = range(0xF020, 0xF100)
"""Where fonts of symbols put their 224 signs: the byte behind each is what is left."""
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


def mended(text: str) -> str | None:
    """Return a text with its Cyrillic paragraphs put right, or None where there is none to mend.

    Only where the encoding can be told with certainty.
    """
    plain = "".join(chr(ord(char) - 0xF000) if ord(char) in _PRIVATE else char for char in text)
    paragraphs = [one for one in _PARAGRAPH.findall(plain) if _is_strange(one)]
    if not paragraphs:
        return None
    codec = guess("\n".join(paragraphs).encode("cp1252", "ignore"))
    if codec in {None, "cp1252", "cp1250", "iso8859-2"}:
        return None
    return _PARAGRAPH.sub(
        lambda found: _read(found[0], str(codec)) if _is_strange(found[0]) else found[0], plain
    )


def is_broken(text: str) -> bool:
    """Tell a text whose letters are not those that its reader sees, and cannot be told."""
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
    strange = sum(len(one) >= 3 for one in _STRANGE.findall(paragraph))
    return words > 0 and strange >= _STRANGE_SHARE * words


def _read(text: str, codec: str) -> str:
    """Read letters again that were read as Western."""
    return "".join(_again(char, codec) for char in text)


def _again(char: str, codec: str) -> str:
    if char.isascii():
        return char
    try:
        return char.encode("cp1252").decode(codec)
    except UnicodeError:
        return char
