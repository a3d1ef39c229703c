"""Hide what tells who wrote, of whom, where and when; keep how it is written.

A classifier that sees names learns outlets and topics: it knows Sputnik by its datelines and a
year by its presidents. So names, places, numbers and dates become placeholders before any view
looks at the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from typing import overload

import numpy as np

from krynica.classifier.arrays import IntArray
from krynica.classifier.language import UNKNOWN
from krynica.classifier.languages import LANGUAGES
from krynica.classifier.lexicon import Lexicon
from krynica.classifier.runs import Runs
from krynica.classifier.tokens import Tokens
from krynica.classifier.vocabulary import NO_WORD, Column, Vocabulary

NAME = "<name>"
NUMBER = "<num>"
_CATEGORIES = ("place_stems", "month_names")
_SAME = str.maketrans("’ʼ`ё", "'''е")
_SHORT_CAPITALS = 5
"""Longest word in capitals that is taken for an acronym; longer ones are shouted words."""


@dataclass(frozen=True)
class Masked(Sequence[str | None]):
    """The forms of a text's tokens: one entry a token, None for punctuation.

    Parameters
    ----------
    vocabulary, numbers
        Number of each form, `NO_WORD` for punctuation, and what it is a number of.
    """

    vocabulary: Vocabulary
    numbers: IntArray

    @classmethod
    def of(cls, forms: Sequence[str | None]) -> Masked:
        """Make it of forms that are given as strings."""
        vocabulary = Runs.current().vocabulary
        return cls(vocabulary, vocabulary.numbers([form or "" for form in forms]))

    def __len__(self) -> int:
        """Return the number of tokens."""
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> str | None: ...
    @overload
    def __getitem__(self, at: slice) -> list[str | None]: ...
    def __getitem__(self, at: int | slice) -> str | list[str | None] | None:
        """Return the form of a token, or of some."""
        return self._forms[at]

    def __iter__(self) -> Iterator[str | None]:
        """Yield the form of each token."""
        return iter(self._forms)

    def count_plain(self) -> int:
        """Return how many tokens are words that are not hidden."""
        hidden = (NO_WORD, self.vocabulary.number(NAME), self.vocabulary.number(NUMBER))
        return len(self) - sum(int(np.count_nonzero(self.numbers == form)) for form in hidden)

    @cached_property
    def _forms(self) -> list[str | None]:
        return [form or None for form in self.vocabulary.spell(self.numbers)]


def mask(tokens: Tokens, language: str) -> Masked:
    """Give each token the form in which the views may see it.

    Parameters
    ----------
    tokens
        Tokens of a clean text.
    language
        ISO 639-1 code; without a file for it, only case and digits are used.

    Returns
    -------
    Masked
        The word in lower case and in the spelling that all views read, `NAME`, `NUMBER`, or None
        for punctuation.
        The first word of a sentence is given in lower case whether it is a name or not: training
        keeps names out of the vocabulary (`training.texts.rows.names_of`), so they are not found in
        it.
    """
    known = language if language in LANGUAGES else UNKNOWN
    inside, first = _forms(known).of(tokens.vocabulary, tokens.numbers)
    return Masked(tokens.vocabulary, np.where(tokens.initial, first, inside))


@cache
def _forms(language: str) -> Column:
    """Return each word's masked forms: inside a sentence, and at its beginning."""
    known = LANGUAGES.get(language)
    lexicon = Lexicon(known, _CATEGORIES)
    spelling = known.spelling if known else str

    def compute(vocabulary: Vocabulary, words: list[str]) -> IntArray:
        forms = chain.from_iterable(_both_forms(word, lexicon, spelling) for word in words)
        return vocabulary.numbers(list(forms))

    return Column(compute, 2)


def _both_forms(word: str, lexicon: Lexicon, spelling: Callable[[str], str]) -> tuple[str, str]:
    letters = word.isalpha()
    if not letters and not any(map(str.isalnum, word)):
        return "", ""
    lower = spelling(word.lower()).translate(_SAME)
    found = lexicon.categories(lower)
    if found & lexicon.bit("month_names") or (not letters and _has_digit(word)):
        return NUMBER, NUMBER
    if found & lexicon.bit("place_stems"):
        return NAME, NAME
    if word[0].islower() or lower in _PRONOUN:
        return lower, lower
    if len(word) > 1 and word.isupper():
        return (NAME, NAME) if len(word) <= _SHORT_CAPITALS else (lower, lower)
    return NAME, lower


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))


_PRONOUN = frozenset({"i", "i'm", "i've", "i'd", "i'll"})
