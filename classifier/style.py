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
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from classifier.languages import LANGUAGES
from classifier.lexicon import Lexicon
from classifier.masking import NAME, NUMBER
from classifier.memo import Memo
from classifier.tokens import Tokens

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
        The words in lower case, in order.
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
    forms: list[str]

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


def measure(text: str, tokens: Tokens, masked: list[str | None], language: str) -> FloatArray:
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


def count(text: str, tokens: Tokens, masked: list[str | None], language: str) -> Counts:
    """Count what the measures are computed from. Parameters as for `measure`."""
    lengths = (tokens.end - tokens.start)[tokens.is_word].astype(np.float64)
    per_sentence = np.bincount(tokens.sentence[tokens.is_word]).astype(np.float64)
    per_sentence = per_sentence[per_sentence > 0]
    words = [word for word, form in zip(tokens.words, masked, strict=True) if form is not None]
    forms = [form for form in masked if form is not None]
    names = [word for word, form in zip(words, forms, strict=True) if form == NAME]
    return Counts(
        words=max(len(forms), 1),
        sentences=max(len(per_sentence), 1),
        sentence_lengths=per_sentence if len(per_sentence) else np.zeros(1),
        word_lengths=lengths if len(lengths) else np.zeros(1),
        found=_find(forms, language),
        marks=Counter(
            [word for word, form in zip(tokens.words, masked, strict=True) if form is None]
        ),
        quotes=np.array([len(m.group().split()) for m in _QUOTED.finditer(text)], dtype=float),
        names=len(names),
        numbers=forms.count(NUMBER),
        distinct_names=len(set(names)),
        capitals=sum(len(word) > 5 and word.isupper() for word in words),
        forms=forms,
    )


_QUOTED = re.compile(
    r"«[^«»]{1,2000}»|“[^“”]{1,2000}”|„[^„“”]{1,2000}[“”]|(?<!\w)\"[^\"\n]{1,2000}\""
)


def _find(forms: list[str], language: str) -> Counter[str]:
    """Count the entries of the word lists; a phrase counts in its category as a word does."""
    lexicon, memo = _style_lexicon(language)
    codes = np.array([memo[form] for form in forms], dtype=np.int64)
    found = Counter(
        {name: int(np.count_nonzero(codes & lexicon.bit(name))) for name in _CATEGORIES}
    )
    begins = (codes[:-1] & Lexicon.FIRST > 0) & (codes[1:] & Lexicon.SECOND > 0)
    for at in np.flatnonzero(begins).tolist():
        for bit in lexicon.phrases(forms, at):
            found[_CATEGORIES[bit.bit_length() - 1]] += 1
    return found


@lru_cache(maxsize=8)
def _style_lexicon(language: str) -> tuple[Lexicon, Memo[int]]:
    lexicon = Lexicon(LANGUAGES.get(language), _CATEGORIES)
    return lexicon, Memo(lexicon.categories)


def _segmental_ttr(forms: list[str]) -> float:
    """Return the mean type-token ratio of whole segments, or of the text if it is shorter."""
    whole = len(forms) // _SEGMENT or 1
    ratios = [
        len(set(forms[i * _SEGMENT : (i + 1) * _SEGMENT])) / max(len(forms[:_SEGMENT]), 1)
        for i in range(whole)
    ]
    return sum(ratios) / len(ratios)
