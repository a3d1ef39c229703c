"""Text whose letters are broken: written in one encoding, read in another, and saved so.

What UTF-8 became that was read as an 8-bit encoding is mended with ftfy; what an 8-bit encoding
became that was read as another, by the same letters' likelihood as bytes are
(`data.codepages`). Only what can be mended without loss is.
"""

from __future__ import annotations

import re

from krynica.data.codepages import guess

_HALF = re.compile("([РС])\ufffd")
"""UTF-8 of “И” and of “ј” read as windows-1251, which has no letter for their second byte."""

_ODD = re.compile(
    "[\u2500-\u259f]"  # frames
    "|\\b[а-яёўіїєґ][А-ЯЁЎІЇЄҐ]{2,}"  # KOI8 and windows-1251 have small and capital letters changed
    "|[À-ÿĀ-ž]{3,}|[ÐÑ][\x80-\xbf‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŸ ]"
    "|[a-z][³¹¿]|[Ѐ-ӿ][®©¬¤†‡‰ЏЋЊЌЉ\xad¦]"
)
"""What broken letters look like. Cheap, and only where to look closer."""
_OFTEN = 0.01
"""Least share of a text's characters that look so where it is looked at closer."""

_WRONG = ("cp1252", "latin-1", "cp1250", "koi8-r", "cp1251", "cp866", "mac-cyrillic")
"""Encodings in which texts are read that are in another."""
_WHOLE, _MOSTLY = 0.9, 0.4
"""Least shares: of a text's characters that the wrong encoding has, and of Cyrillic letters in what
comes of them."""
_POLISH = frozenset({"cp1250", "iso8859-2"})
_CYRILLIC = re.compile("[Ѐ-ӿ]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"\S+")
_LOST_WORD = re.compile(r"\W*\?{2,}[?\W]*")

_BROKEN = 0.02
"""Least share of letters that are lost or belong to no language where a text is called broken. A
page that lost a byte or two has less; texts whose letters were lost on the way have .05 and more.
Chosen, not swept."""
_LEAST = 3
"""Fewest such signs of a broken text, however short it is."""
_QUESTIONS = 0.2
"""Share of the words that are question marks alone from which on a text has lost its letters."""
_SAMPLE = 20_000


def mended(text: str) -> str:
    """Return a text with its letters as they were written, as far as that can be known.

    Parameters
    ----------
    text
        Any text; one whose letters are whole is returned as it is.

    Examples
    --------
    >>> mended("РњРѕСЃС‚ С‡РµСЂРµР· РќРµРјР°РЅ Р·Р°РєСЂС‹С‚")
    'Мост через Неман закрыт'
    """
    if text.isascii():
        return text
    if _looks_odd(text) and (anew := _read_anew(text)) != text:
        return mended(anew)  # some texts went wrong more than once
    # Twenty milliseconds to import, and many texts are ASCII.
    from ftfy import TextFixerConfig, fix_encoding

    # Control characters are nobody's letters: they stay.
    config = TextFixerConfig(fix_c1_controls=False)
    found: str = fix_encoding(_HALF.sub("\\1\x98", text) if "\ufffd" in text else text, config)
    # What was lost would be lost for good.
    return text if found.count("\ufffd") > text.count("\ufffd") else found


def is_broken(text: str) -> bool:
    """Tell a text whose letters are still broken: of which no reader could be sure."""
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    if sum(1 for word in words if _LOST_WORD.fullmatch(word)) > _QUESTIONS * len(words):
        return True
    if sample.isascii():
        return False
    from ftfy.badness import badness

    letters = len(_LETTER.findall(sample)) + 1
    lost = sample.count("\ufffd") + badness(sample) + len(re.findall("[\u2500-\u259f]", sample))
    return lost >= _LEAST and lost > _BROKEN * letters


def _looks_odd(text: str) -> bool:
    sample = text[:_SAMPLE]
    odd = len(_ODD.findall(sample))
    return odd > 0 and odd > _OFTEN * len(sample)


def _read_anew(text: str) -> str:
    """Read a text's bytes anew, where another encoding explains them and this one does not."""
    for wrong in _WRONG:
        data = text.encode(wrong, "ignore")
        right = _right(data, wrong) if len(data) > _WHOLE * len(text) else None
        if right is None:
            continue
        found = "".join(_line(line, wrong, right) for line in text.splitlines(keepends=True))
        cyrillic, letters = len(_CYRILLIC.findall(found)), len(_LETTER.findall(found))
        known = cyrillic > _MOSTLY * letters or right in _POLISH
        if known and not _looks_odd(found):
            return found
    return text


def _right(data: bytes, wrong: str) -> str | None:
    """Return the encoding in which bytes are that were read in a wrong one."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        right = guess(data)
        return None if right is None or right == wrong else right
    return "utf-8"


def _line(line: str, wrong: str, right: str) -> str:
    try:
        return line.encode(wrong).decode(right)
    except UnicodeError:
        return line
