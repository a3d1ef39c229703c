"""Text hygiene that never loses a place.

Whatever names the outlet, or was put around the article by a page, goes before any view looks:
agency datelines, bylines, photo credits, invitations to read on, addresses, self-mentions. What
is removed is blanked with spaces of the same length, so that a place in the clean text is the
same place in the original. Only where characters must be joined (decomposed accents), dropped
(soft hyphens, zero-width marks) or put into another alphabet (Belarusian in Latin letters) do the
two differ, and then an index is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from krynica.classifier.languages import LANGUAGES
from krynica.classifier.orthography import to_cyrillic
from krynica.classifier.script import Script


@dataclass(frozen=True)
class CleanText:
    """A cleaned text with the way back.

    Parameters
    ----------
    text
        The cleaned text.
    offsets
        None where every character stands where it stood; else an array of
        ``len(text) + 1`` places: character ``i`` came from ``offsets[i]`` of the original.
    """

    text: str
    offsets: npt.NDArray[np.int64] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Turn a span of the clean text into the span of the original text, in code points."""
        if self.offsets is None or start >= end:
            return start, end
        return int(self.offsets[start]), int(self.offsets[end])


def clean(text: str, language: str = "und", script: Script = Script.USUAL) -> CleanText:
    """Blank what is not the article, and mend letters.

    Parameters
    ----------
    text
        The text as given.
    language
        ISO 639-1 code; page furniture is looked for in this language's words, and in none
        where the language is not one of ours.
    script
        The letters of the text; Belarusian in Latin letters is put into Cyrillic ones.

    Returns
    -------
    CleanText
        Longer than the original only where letters become two in another alphabet.
    """
    text, offsets = _compose(text)
    text = _mend_homoglyphs(text)
    text = _blank_anywhere(text, _ADDRESSES)
    text = _blank_heads(text, _DATELINE)
    text = _blank_anywhere(text, _MENTIONS)
    if script is Script.LACINKA:  # once addresses are gone, which no alphabet changes
        text, places = to_cyrillic(text)
        offsets = places if offsets is None else offsets[places]
    furniture = _furniture(language)
    return CleanText(_blank_heads(text, furniture) if furniture else text, offsets)


def _blank_anywhere(text: str, rules: Iterable[tuple[str, re.Pattern[str]]]) -> str:
    """Blank what patterns find, each where the letters stand that it needs."""
    for letters, pattern in rules:
        if letters in text:
            text = pattern.sub(_blank, text)
    return text


def _blank_heads(text: str, pattern: re.Pattern[str]) -> str:
    """Blank what stands at the beginning of a line; a search would try at every character."""
    for start in [0, *(end.end() for end in re.finditer("\n", text))]:
        if found := pattern.match(text, start):
            text = text[:start] + _blank(found) + text[found.end() :]
    return text


def _blank(match: re.Match[str]) -> str:
    """Replace a match by spaces; line ends stay, they part passages."""
    found = match.group()
    return " " * len(found) if "\n" not in found else re.sub(r"[^\n]", " ", found)


# --- letters -------------------------------------------------------------------------------

_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_TO_COMPOSE = re.compile(f"[{_INVISIBLE}\u0300-\u036f]")
_ACCENTED = re.compile(f"[^\u0300-\u036f]?[\u0300-\u036f]+|[{_INVISIBLE}]")


def _compose(text: str) -> tuple[str, npt.NDArray[np.int64] | None]:
    """Join base letters with their accents (NFC) and drop invisible marks, keeping offsets."""
    if text.isascii() or not _TO_COMPOSE.search(text):
        return text, None
    pieces: list[str] = []
    places: list[npt.NDArray[np.int64]] = []
    done = 0
    for match in _ACCENTED.finditer(text):
        cluster = _DROPPED.sub("", match.group())
        composed = unicodedata.normalize("NFC", cluster)
        if len(composed) > len(cluster):  # a few signs have no composed form, and fall apart
            composed = cluster
        pieces += [text[done : match.start()], composed]
        # A cluster that stays several characters points at its own characters one by one.
        own = np.minimum(match.start() + np.arange(len(composed)), match.end() - 1)
        places += [np.arange(done, match.start()), own]
        done = match.end()
    pieces.append(text[done:])
    places.append(np.arange(done, len(text) + 1))
    return "".join(pieces), np.concatenate(places)


# Looked for from the rarer side, and from a single character on: that is what re does fast.
_CYRILLIC_LETTER = re.compile("[\u0400-\u04ff]")
_MEETING = re.compile("[A-Za-z](?:(?=[\u0400-\u04ff])|(?<=[\u0400-\u04ff][A-Za-z]))")
_MIXED = re.compile(r"[A-Za-z\u0400-\u04ff]+")
_LATIN, _CYRILLIC = "AaBCcEeHIiJjKMOoPpSsTXxYy", "АаВСсЕеНІіЈјКМОоРрЅѕТХхУу"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
"""Cyrillic letters that look like Latin ones."""


def _mend_homoglyphs(text: str) -> str:
    """Write words that mix two alphabets in the one that most of their letters come from.

    Latin letters inside Cyrillic words ("прoпаганда" with a Latin o) hide a word from any
    vocabulary. Letters without a twin stay as they are.
    """

    def mend(match: re.Match[str]) -> str:
        word = match.group()
        latin = sum(map(str.isascii, word))
        if latin in {0, len(word)}:
            return word
        return word.translate(_TO_CYRILLIC if 2 * latin <= len(word) else TO_LATIN)

    both = not text.isascii() and _CYRILLIC_LETTER.search(text)
    return _MIXED.sub(mend, text) if both and _MEETING.search(text) else text


# --- what a page or an agency puts around an article ---------------------------------------

_DOMAINS = ("com", "org", "net", "info", "ru", "by", "ua", "pl", "eu", "tv", "io", "me")
"""Ends of addresses that texts hold without “http”, such as pic.twitter.com/…"""
_ADDRESSES = (
    ("://", re.compile(r"\]\(\s*https?://[^)\s]*\)|https?://\S*[\w/]")),
    ("www.", re.compile(r"www\.\S*[\w/]")),
    ("@", re.compile(r"\b[\w.+-]{1,64}@[\w-]+\.[\w.]+\b|(?<!\w)@\w{2,}")),
    ("#", re.compile(r"(?<!\S)#\w+")),
    *(
        (f".{end}", re.compile(rf"\b(?:[\w-]{{1,63}}\.){{1,4}}{end}\b(?:/\S*[\w/])?"))
        for end in _DOMAINS
    ),
)

_AGENCIES = (
    "AFP|AP|Associated Press|Reuters|Reuter|DPA|ANSA|EFE|UPI|Interfax|TASS|ITAR-TASS"
    "|RIA Novosti|RIA|Sputnik|RT|PAP|IAR|BelTA|BELTA|BelaPAN|Ukrinform|UNIAN|Xinhua|CNN"
    "|BBC|NBC News|Bloomberg"
    "|РИА Новости|РИА|ТАСС|ИТАР-ТАСС|Интерфакс|Спутник|Sputnik Polska|БЕЛТА|БелТА|БелаПАН"
    "|Укринформ|Укрінформ|УНІАН|УНИАН|RT на русском|ПРАЙМ|Прайм|РБК|Лента\\.ру|Росбалт|REGNUM"
)

# Such as: MOSCOW (Sputnik) — or: МОСКВА, 5 ноя — РИА Новости. Or: WARSZAWA (PAP) -
_PLACE = r"[A-ZА-ЯЁІЇЄЎĄĆĘŁŃÓŚŹŻ]"
_DASH = r"[ \t]*[—–-]+[ \t]"
# What parts a dateline from "NATO — the alliance" is the agency's name or the date.
_DATELINE = re.compile(
    r"[ \t]*(?:"
    rf"{_PLACE}[\w .,/'’-]{{0,60}}\((?:{_AGENCIES})\b[^)\n]{{0,30}}\){_DASH}"
    rf"|{_PLACE}[\w .,/’-]{{1,60}}[ \t][—–-]+[ \t]*(?:{_AGENCIES})(?:[,.:]| [—–-])"
    rf"|{_PLACE}{{3,}}(?:[ -]{_PLACE}{{3,}})*,[ \t]\d{{1,2}}[ \t]\w{{3,9}}\.?{_DASH}"
    rf"|{_PLACE}{{3,}}\. \d{{1,2}} \w{{3,9}}\. {_PLACE}[\w.-]{{2,40}}{_DASH}"
    rf"|(?:{_AGENCIES}){_DASH}"
    r")"
)
_SIGNED = re.compile(rf"[/(\[](?<=\s.)(?:{_AGENCIES})(?:[ ,/][^)\]/\n]{{0,30}})?[/)\]]")
# Outlets of the corpora in the forms in which they mention themselves, by the letters that all
# of a form's cases share: a look for those letters costs little, a regular expression much.
_OWN_NAMES = {
    "Sputnik": r"Sputnik(?:owi|iem|a|u)?",
    "RT": r"RT",
    "Новости": r"РИА «?Новости»?",
    "Novosti": r"RIA Novosti",
    "ТАСС": r"ТАСС",
    "TASS": r"TASS",
    "«Спутник": r"«Спутник\w{0,2}»",
    "Лент": r"Лент[аеыу]\.ру",
    "Дожд": r"«Дожд[ьюя]»?",
    "Фонтанк": r"Фонтанк\w{1,2}",
    "«Медуз": r"«Медуз\w{1,2}»",
    "Meduza": r"Meduza",
    "РБК": r"РБК",
    "RBC": r"RBC",
    "Свобод": r"Радио Свобода",
    "Коммерсант": r"«Коммерсант\w{0,2}»",
    "Onet": r"Onet\w{0,2}",
    "TVN24": r"TVN24",
    "HuffPost": r"HuffPost",
    "MailOnline": r"MailOnline",
    "NBC News": r"NBC News",
    "Daily": r"Daily (?:Mail|Express)",
    "Telegraph": r"(?:The )?Telegraph",
}

_FURNITURE = 200
"""Longest line that can be furniture, in characters: with no limit 15 of 6,000 articles lost a
third of their text or more, one of them all; with it none loses a fifth."""

_MENTIONS = (
    ("", _SIGNED),
    *((letters, re.compile(rf"(?<!\w){name}(?!\w)")) for letters, name in _OWN_NAMES.items()),
)


@lru_cache(maxsize=16)
def _furniture(language: str) -> re.Pattern[str] | None:
    """Return what begins a line of furniture in a language, if that is known."""
    known = LANGUAGES.get(language)
    if known is None or not known.furniture:
        return None
    # Short lines alone, whatever bullet stands before them: an article may be one line, and
    # begin with words that elsewhere invite to read on.
    heads = "|".join(known.furniture)
    line = rf"(?=[^\n]{{1,{_FURNITURE}}}$)[ \t•*>|»–—-]*(?:{heads})[^\n]*$"
    return re.compile(line, re.IGNORECASE | re.MULTILINE)
