"""Words and pairs of words that weigh, and which of them tell a reader something."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

import numpy as np

from krynica.classifier.arrays import BoolArray, FloatArray, RowArray
from krynica.classifier.languages import LANGUAGES
from krynica.classifier.lexicon import Lexicon
from krynica.classifier.reading import Reading
from krynica.classifier.sentence import Sentence
from krynica.classifier.views import Occurrences
from krynica.classifier.vocabulary import Column, Vocabulary

KINDS: Mapping[str, Sentence] = {
    "reporting_verbs": Sentence("A verb that reports neutrally"),
    "hedges": Sentence("A word that limits a claim"),
    "intensifiers": Sentence("A word that raises a claim"),
    "absolutes": Sentence("A word that allows no exception"),
    "necessity": Sentence("A word of necessity"),
    "possibility": Sentence("A word of possibility"),
    "first_plural": Sentence("A word that speaks as “we”"),
    "second": Sentence("A word that speaks to the reader"),
    "distancing": Sentence("A word that casts doubt on what follows"),
    "loaded": Sentence("An emotive or evaluative word"),
}
"""Word lists whose words tell something on their own, and what; the other lists hold words of
grammar."""
SOBER = frozenset({"reporting_verbs", "hedges", "possibility"})
"""Kinds that name a source or limit a claim."""
_GRAMMAR, _CONTENT = 0, 1
"""Codes of words that are not shown, and of words without a kind that are."""
_SHORTEST = 3
"""Letters of a word that is shown: shorter ones are grammar, units and abbreviations."""


@dataclass(frozen=True)
class Phrase:
    """A word, or a pair of neighbours.

    Parameters
    ----------
    first, last
        Its first and last token where it stands in lower case for the first time.
    weight
        Sum of the shares of the terms inside it, over all places where it stands, but for those
        where a weightier phrase has one of its words.
    kind
        A key of `KINDS`, or None.
    """

    first: int
    last: int
    weight: float
    kind: str | None


def strongest(reading: Reading, found: Occurrences, share: FloatArray, most: int) -> list[Phrase]:
    """Return the weightiest phrases, no two of which share a word of the text.

    Words of grammar are left out, though they weigh: nobody can check a text by its “the”. Words
    with a capital and adjectives of places are left out, as are hidden ones: a name, a place or a
    date is no reason.

    Parameters
    ----------
    reading, found
        A text, and the terms found in it.
    share
        Share of each occurrence in the log-odds, shape (n_occurrences,).
    most
        How many.
    """
    codes = _codes(reading)
    places = _places(reading, found, codes > _GRAMMAR)
    alone, pair = _by_token(found, share, len(codes))
    weight = {key: _sum(spans, alone, pair) for key, spans in places.items()}
    lower = [word == word.lower() for word in reading.tokens.words]
    taken = np.zeros(len(codes), dtype=bool)
    result: list[Phrase] = []
    for key in sorted(places, key=lambda key: (-abs(weight[key]), places[key][0])):
        spans = _free(places[key], taken)
        shown = next((span for span in spans if all(lower[span[0] : span[1] + 1])), None)
        total = _sum(spans, alone, pair)
        if shown is None or not total:
            continue
        code = int(codes[shown[0]]) if shown[0] == shown[1] else _CONTENT
        kind = None if code == _CONTENT else tuple(KINDS)[code - _CONTENT - 1]
        result.append(Phrase(*shown, total, kind))
        for first, last in spans:
            taken[first : last + 1] = True
    return sorted(result, key=lambda phrase: -abs(phrase.weight))[:most]


Spans = list[tuple[int, int]]


def _places(
    reading: Reading, found: Occurrences, telling: BoolArray
) -> dict[tuple[int, ...], Spans]:
    """Return where each telling word stands, and each pair of such that is a term."""
    forms = reading.masked.numbers.tolist()
    places: dict[tuple[int, ...], Spans] = defaultdict(list)
    spans = {*zip(found.first.tolist(), found.last.tolist(), strict=True)}
    for first, last in sorted(spans):
        if last - first <= 1 and telling[first] and telling[last]:
            places[tuple(forms[first : last + 1])].append((first, last))
    return places


def _by_token(found: Occurrences, share: FloatArray, n: int) -> tuple[FloatArray, FloatArray]:
    """Return the share of each token on its own, and of the pair that begins with it."""
    single = found.first == found.last
    return (
        np.bincount(found.first[single], share[single], minlength=n).astype(np.float64),
        np.bincount(found.first[~single], share[~single], minlength=n).astype(np.float64),
    )


def _sum(spans: Spans, alone: FloatArray, pair: FloatArray) -> float:
    total = 0.0
    for first, last in spans:
        total += float(alone[first])
        if last > first:
            total += float(pair[first] + alone[last])
    return total


def _free(spans: Spans, taken: BoolArray) -> Spans:
    """Return the spans whose words are free, none overlapping the one before."""
    free: Spans = []
    for first, last in spans:
        if not taken[first : last + 1].any() and (not free or free[-1][1] < first):
            free.append((first, last))
    return free


def _codes(reading: Reading) -> RowArray:
    """Say of each token whether it tells something: grammar, content, or the number of a kind."""
    masked = reading.masked
    codes: RowArray = _column(reading.language).of(masked.vocabulary, masked.numbers)[0]
    return codes


@cache
def _column(language: str) -> Column:
    known = LANGUAGES.get(language)
    lexicon = Lexicon(known, tuple(KINDS))
    bits = [lexicon.bit(kind) for kind in KINDS]
    grammar = _grammar(language)
    place = re.compile(known.place_adjective if known and known.place_adjective else "(?!)")

    def compute(_: Vocabulary, words: list[str]) -> Iterator[int]:
        for word in words:
            found = lexicon.categories(word)
            kind = next((i for i, bit in enumerate(bits) if found & bit), None)
            if len(word) < _SHORTEST or word.startswith("<"):
                yield _GRAMMAR
            elif kind is not None:
                yield _CONTENT + 1 + kind
            elif _uncontracted(word) in grammar or place.fullmatch(word):
                yield _GRAMMAR
            else:
                yield _CONTENT

    return Column(compute, 1)


def _uncontracted(word: str) -> str:
    """Return “it” for “it's”; words of other languages have no such ends."""
    head, _, end = word.partition("'")
    return head if end in {"s", "re", "ve", "d", "ll", "m"} else word


def _grammar(language: str) -> frozenset[str]:
    """Return spaCy's stop words of a language; our own where it has no list, as for Belarusian."""
    module = f"spacy.lang.{language}"
    if language not in LANGUAGES:
        return frozenset()
    if find_spec(module) is None:
        return frozenset(LANGUAGES[language].grammar)
    return frozenset(import_module(f"{module}.stop_words").STOP_WORDS)
