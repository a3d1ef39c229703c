"""Count how a text is written, for the measures of `classifier.measures`."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import numpy as np

from classifier.language import UNKNOWN
from classifier.languages import LANGUAGES
from classifier.lexicon import Lexicon
from classifier.masking import NAME, NUMBER, Masked
from classifier.measures import MEASURES, Counts, FloatArray
from classifier.tokens import Tokens
from classifier.vocabulary import Column, IntArray, Vocabulary

_CATEGORIES = (
    "reporting_verbs",
    "attribution",
    "unnamed_sources",
    "hedges",
    "intensifiers",
    "absolutes",
    "necessity",
    "possibility",
    "negations",
    "contrast",
    "cause",
    "first_singular",
    "first_plural",
    "second",
    "third_plural",
    "distancing",
    "loaded",
)


def measure(text: str, tokens: Tokens, masked: Masked, language: str) -> FloatArray:
    """Compute all measures of a text.

    Parameters
    ----------
    text
        The clean text, for its quotations.
    tokens, masked
        Its tokens, and their masked forms.
    language
        ISO 639-1 code; without word lists for it, the measures that need them are 0.

    Returns
    -------
    ndarray of float64, shape (len(MEASURES),)
        Finite for every text, the empty one among them.
    """
    counts = count(text, tokens, masked, language)
    return np.array([m.compute(counts) for m in MEASURES], dtype=np.float64)


def count(text: str, tokens: Tokens, masked: Masked, language: str) -> Counts:
    """Count what the measures are computed from. Parameters as for `measure`."""
    is_word, spelled = tokens.is_word, tokens.vocabulary
    lengths = (tokens.end - tokens.start)[is_word].astype(np.float64)
    per_sentence = np.bincount(tokens.sentence[is_word]).astype(np.float64)
    per_sentence = per_sentence[per_sentence > 0]
    words, forms = tokens.numbers[is_word], masked.numbers[is_word]
    names = words[forms == spelled.number(NAME)]
    return Counts(
        words=max(len(forms), 1),
        sentences=max(len(per_sentence), 1),
        sentence_lengths=per_sentence if len(per_sentence) else np.zeros(1),
        word_lengths=lengths if len(lengths) else np.zeros(1),
        found=_find(spelled, forms, language),
        marks=Counter(spelled.spell(tokens.numbers[~is_word])),
        quotes=np.array([len(m.group().split()) for m in _QUOTED.finditer(text)], dtype=float),
        names=len(names),
        numbers=int(np.count_nonzero(forms == spelled.number(NUMBER))),
        distinct_names=len(set(names.tolist())),
        capitals=int(_SHOUTED.of(spelled, words).sum()),
        forms=forms,
    )


_SHOUTED = Column(lambda _, words: (len(w) > 5 and w.isupper() for w in words), 1)
_QUOTED = re.compile(
    # Each kind begins with its mark: re looks for these four characters and nothing else.
    r"«[^«»]{1,2000}»|“[^“”]{1,2000}”|„[^„“”]{1,2000}[“”]|\"(?<!\w\")[^\"\n]{1,2000}\""
)


def _find(vocabulary: Vocabulary, forms: IntArray, language: str) -> Counter[str]:
    """Count the entries of the word lists; a phrase counts in its category as a word does."""
    lexicon, column = _style_lexicon(language if language in LANGUAGES else UNKNOWN)
    (codes,) = column.of(vocabulary, forms)
    counts = np.count_nonzero(codes[codes > 0, None] & _BITS, axis=0)
    found = Counter(dict(zip(_CATEGORIES, counts.tolist(), strict=True)))
    begins = (codes[:-1] & Lexicon.FIRST > 0) & (codes[1:] & Lexicon.SECOND > 0)
    for at in np.flatnonzero(begins).tolist():
        for bit in lexicon.phrases(vocabulary.spell(forms[at : at + lexicon.longest])):
            found[_CATEGORIES[bit.bit_length() - 1]] += 1
    return found


_BITS = 1 << np.arange(len(_CATEGORIES), dtype=np.int32)


@cache
def _style_lexicon(language: str) -> tuple[Lexicon, Column]:
    lexicon = Lexicon(LANGUAGES.get(language), _CATEGORIES)
    return lexicon, Column(lambda _, words: map(lexicon.categories, words), 1)
