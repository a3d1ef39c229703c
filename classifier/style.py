"""Count how a text is written, for the measures of `classifier.measures`."""

from __future__ import annotations

from collections import Counter
from functools import cache

import numpy as np

from krynica.classifier.arrays import FloatArray, IntArray
from krynica.classifier.language import UNKNOWN
from krynica.classifier.languages import LANGUAGES
from krynica.classifier.lexicon import Lexicon
from krynica.classifier.masking import NAME, NUMBER, Masked
from krynica.classifier.measures import MEASURES, Counts
from krynica.classifier.quotation import in_sentences, inside, quotations
from krynica.classifier.tokens import Tokens
from krynica.classifier.vocabulary import Column, Vocabulary

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
    "refutation",
)
_REPORTED = ("reporting_verbs", "attribution")


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
    return compute(count(text, tokens, masked, language))


def compute(counts: Counts) -> FloatArray:
    """Compute all measures of what `count` counted."""
    return np.array([m.compute(counts) for m in MEASURES], dtype=np.float64)


def count(text: str, tokens: Tokens, masked: Masked, language: str) -> Counts:
    """Count what the measures are computed from. Parameters as for `measure`."""
    is_word, spelled = tokens.is_word, tokens.vocabulary
    lengths = (tokens.end - tokens.start)[is_word].astype(np.float64)
    per_sentence = np.bincount(tokens.sentence[is_word]).astype(np.float64)
    per_sentence = per_sentence[per_sentence > 0]
    words, forms = tokens.numbers[is_word], masked.numbers[is_word]
    names = words[forms == spelled.number(NAME)]
    found, reports = _find(spelled, forms, language)
    spans = quotations(text)
    quoted = inside(tokens, spans)
    reported = in_sentences(tokens, np.flatnonzero(is_word)[reports])
    return Counts(
        words=max(len(forms), 1),
        sentences=max(len(per_sentence), 1),
        sentence_lengths=per_sentence if len(per_sentence) else np.zeros(1),
        word_lengths=lengths if len(lengths) else np.zeros(1),
        found=found,
        marks=Counter(spelled.spell(tokens.numbers[~is_word])),
        quotes=np.array([len(text[i:j].split()) for i, j in spans.tolist()], dtype=float),
        names=len(names),
        numbers=int(np.count_nonzero(forms == spelled.number(NUMBER))),
        distinct_names=len(set(names.tolist())),
        capitals=int(_SHOUTED.of(spelled, words).sum()),
        forms=forms,
        quoted_words=int(np.count_nonzero(quoted & is_word)),
        reported_sentences=len(np.unique(tokens.sentence[reported])),
        quoted=quoted | reported,
    )


_SHOUTED = Column(lambda _, words: (len(w) > 5 and w.isupper() for w in words), 1)


def _find(vocabulary: Vocabulary, forms: IntArray, language: str) -> tuple[Counter[str], IntArray]:
    """Count the entries of the word lists; a phrase counts in its category as a word does.

    Also tell at which of the words speech is reported.
    """
    lexicon, column = _style_lexicon(language if language in LANGUAGES else UNKNOWN)
    (codes,) = column.of(vocabulary, forms)
    counts = np.count_nonzero(codes[codes > 0, None] & _BITS, axis=0)
    found = Counter(dict(zip(_CATEGORIES, counts.tolist(), strict=True)))
    reports = np.flatnonzero(codes & _REPORTS).tolist()
    begins = (codes[:-1] & Lexicon.FIRST > 0) & (codes[1:] & Lexicon.SECOND > 0)
    for at in np.flatnonzero(begins).tolist():
        for bit in lexicon.phrases(vocabulary.spell(forms[at : at + lexicon.longest])):
            found[_CATEGORIES[bit.bit_length() - 1]] += 1
            if bit & _REPORTS:
                reports.append(at)
    return found, np.array(reports, dtype=np.int64)


_BITS = 1 << np.arange(len(_CATEGORIES), dtype=np.int32)
_REPORTS = sum(1 << _CATEGORIES.index(name) for name in _REPORTED)


@cache
def _style_lexicon(language: str) -> tuple[Lexicon, Column]:
    lexicon = Lexicon(LANGUAGES.get(language), _CATEGORIES)
    return lexicon, Column(lambda _, words: map(lexicon.categories, words), 1)
