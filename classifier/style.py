"""Named linguistic measures of how a text is written, whatever it is about.

Each measure is a `Measure`: a name, its formula in words, where it comes from, and a pure
function of the counts of one text. `measure` gives them all.

Sources
-------
- Biber 1988, *Variation across Speech and Writing*: pronouns, modality, connectives, questions.
- Hyland 2005, *Metadiscourse*: hedges and boosters.
- Rashkin et al. 2017, "Truth of Varying Shades": intensifiers, hedges and persons in propaganda.
- Horne & Adalı 2017, "This Just In": sentence and word length, quotation, lexical variety.
- Barrón-Cedeño et al. 2019, "Proppy": lexical variety and style measures for propaganda.
- Da San Martino et al. 2019, "Fine-Grained Analysis of Propaganda": loaded language, doubt.
- Zhang et al. 2018, "A Structured Response to Misinformation": attribution, sourcing.
- Johnson 1944, "Studies in language behavior": mean segmental type-token ratio.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from classifier.language import UNKNOWN
from classifier.languages import LANGUAGES
from classifier.lexicon import Lexicon
from classifier.masking import NAME, NUMBER, Masked
from classifier.tokens import Tokens
from classifier.vocabulary import Column, IntArray, Vocabulary

FloatArray = npt.NDArray[np.float64]

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
_SEGMENT = 50
"""Words in a segment of the type-token ratio; shorter texts are one segment."""


@dataclass(frozen=True)
class Counts:
    """What the measures are computed from: the counts of one text.

    Parameters
    ----------
    words, sentences
        Totals, at least 1 each.
    sentence_lengths, word_lengths
        Words a sentence; letters a word.
    found
        Occurrences a category of the language's word lists.
    marks
        Occurrences a punctuation mark.
    quotes
        Words a quotation.
    names, numbers, distinct_names
        Masked tokens.
    capitals
        Words of more than five letters in capitals.
    forms
        Number of each word's masked form, in order.
    """

    words: int
    sentences: int
    sentence_lengths: FloatArray
    word_lengths: FloatArray
    found: Counter[str]
    marks: Counter[str]
    quotes: FloatArray
    names: int
    numbers: int
    distinct_names: int
    capitals: int
    forms: IntArray

    def per_100(self, count: float) -> float:
        """Return a count per 100 words."""
        return 100.0 * count / self.words


@dataclass(frozen=True)
class Measure:
    """One measure: its name, its formula in words, its source, its function."""

    name: str
    formula: str
    source: str
    compute: Callable[[Counts], float]


def _rate(category: str, what: str, source: str) -> Measure:
    return Measure(
        category, f"{what} per 100 words", source, lambda c: c.per_100(c.found[category])
    )


def _marks(name: str, marks: str, what: str) -> Measure:
    return Measure(
        name,
        f"{what} per sentence",
        "Horne & Adalı 2017",
        lambda c: sum(c.marks[mark] for mark in marks) / c.sentences,
    )


MEASURES: tuple[Measure, ...] = (
    _rate("reporting_verbs", "verbs of neutral attribution", "Zhang et al. 2018"),
    _rate("attribution", "phrases that name a source", "Zhang et al. 2018"),
    _rate("unnamed_sources", "phrases that claim a source and name none", "Zhang et al. 2018"),
    _rate("hedges", "words that limit a claim", "Hyland 2005"),
    _rate("intensifiers", "words that raise a claim", "Rashkin et al. 2017"),
    _rate("absolutes", "words that allow no exception", "Rashkin et al. 2017"),
    _rate("necessity", "modal words of necessity", "Biber 1988"),
    _rate("possibility", "modal words of possibility", "Biber 1988"),
    _rate("negations", "negations", "Biber 1988"),
    _rate("contrast", "connectives of contrast", "Biber 1988"),
    _rate("cause", "connectives of cause", "Biber 1988"),
    _rate("first_singular", "pronouns of the first person singular", "Biber 1988"),
    _rate("first_plural", "pronouns of the first person plural", "Rashkin et al. 2017"),
    _rate("second", "pronouns of the second person", "Rashkin et al. 2017"),
    _rate("third_plural", "pronouns of the third person plural", "Biber 1988"),
    _rate("distancing", "words that cast doubt on a name", "Da San Martino et al. 2019"),
    _rate("loaded", "emotive and evaluative words", "Da San Martino et al. 2019"),
    Measure(
        "attributed_sentences",
        "reporting verbs and attributions per sentence",
        "Zhang et al. 2018",
        lambda c: (c.found["reporting_verbs"] + c.found["attribution"]) / c.sentences,
    ),
    Measure(
        "hedges_to_boosters",
        "log of (hedges + 1) over (intensifiers + absolutes + 1)",
        "Hyland 2005",
        lambda c: float(
            np.log((c.found["hedges"] + 1) / (c.found["intensifiers"] + c.found["absolutes"] + 1))
        ),
    ),
    Measure(
        "quoted_words",
        "words inside quotations of six words or more, share of all words",
        "Horne & Adalı 2017",
        lambda c: float(c.quotes[c.quotes >= 6].sum()) / c.words,
    ),
    Measure(
        "long_quotes",
        "quotations of six words or more per sentence",
        "Horne & Adalı 2017",
        lambda c: float((c.quotes >= 6).sum()) / c.sentences,
    ),
    Measure(
        "scare_quotes",
        "quotations of one to three words per 100 words",
        "Da San Martino et al. 2019",
        lambda c: c.per_100(float(((c.quotes >= 1) & (c.quotes <= 3)).sum())),
    ),
    Measure(
        "sentence_length",
        "mean words per sentence",
        "Horne & Adalı 2017",
        lambda c: float(c.sentence_lengths.mean()),
    ),
    Measure(
        "sentence_length_spread",
        "standard deviation of words per sentence over their mean",
        "Barrón-Cedeño et al. 2019",
        lambda c: float(c.sentence_lengths.std() / max(c.sentence_lengths.mean(), 1.0)),
    ),
    Measure(
        "long_sentences",
        "share of sentences above 30 words",
        "Horne & Adalı 2017",
        lambda c: float((c.sentence_lengths > 30).mean()),
    ),
    Measure(
        "short_sentences",
        "share of sentences of seven words or fewer",
        "Horne & Adalı 2017",
        lambda c: float((c.sentence_lengths <= 7).mean()),
    ),
    Measure(
        "word_length",
        "mean letters per word",
        "Horne & Adalı 2017",
        lambda c: float(c.word_lengths.mean()),
    ),
    Measure(
        "long_words",
        "share of words above nine letters",
        "Barrón-Cedeño et al. 2019",
        lambda c: float((c.word_lengths > 9).mean()),
    ),
    Measure(
        "lexical_variety",
        "mean type-token ratio of segments of 50 words",
        "Johnson 1944",
        lambda c: _segmental_ttr(c.forms),
    ),
    Measure("names", "names per 100 words", "Zhang et al. 2018", lambda c: c.per_100(c.names)),
    Measure(
        "distinct_names",
        "distinct names over all names",
        "Barrón-Cedeño et al. 2019",
        lambda c: c.distinct_names / max(c.names, 1),
    ),
    Measure(
        "numbers", "numbers per 100 words", "Zhang et al. 2018", lambda c: c.per_100(c.numbers)
    ),
    Measure(
        "capitals",
        "words of more than five letters in capitals per 100 words",
        "Rashkin et al. 2017",
        lambda c: c.per_100(c.capitals),
    ),
    _marks("commas", ",", "commas"),
    _marks("questions", "?", "question marks"),
    _marks("exclamations", "!", "exclamation marks"),
    _marks("brackets", "([", "opening brackets"),
    _marks("colons", ":;", "colons and semicolons"),
)
"""All measures, in the order of the arrays that `measure` returns."""

NAMES: tuple[str, ...] = tuple(m.name for m in MEASURES)


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


def _segmental_ttr(forms: IntArray) -> float:
    """Return the mean type-token ratio of whole segments, or of the text if it is shorter."""
    listed = forms.tolist()
    whole = len(listed) // _SEGMENT or 1
    ratios = [
        len(set(listed[i * _SEGMENT : (i + 1) * _SEGMENT])) / max(len(listed[:_SEGMENT]), 1)
        for i in range(whole)
    ]
    return sum(ratios) / len(ratios)
