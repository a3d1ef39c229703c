"""Named linguistic measures of how a text is written, whatever it is about.

Each measure is a `Measure`: a name, its formula in words, where it comes from, and a pure
function of the counts of one text.

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

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np

from krynica.classifier.arrays import BoolArray, FloatArray, IntArray
from krynica.classifier.sentence import Sentence

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
    quoted_words
        Words inside quotation marks.
    reported_sentences
        Sentences with a verb or a phrase of attribution.
    quoted
        Of each token, whether it stands inside quotation marks or in such a sentence.
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
    quoted_words: int
    reported_sentences: int
    quoted: BoolArray

    def per_100(self, count: float) -> float:
        """Return a count per 100 words."""
        return 100.0 * count / self.words


class Scale(Enum):
    """What a measure's value is a count of, or a share, a plain number, a ratio's logarithm."""

    PER_100_WORDS, PER_SENTENCE, SHARE, NUMBER, LOG_RATIO = range(5)


@dataclass(frozen=True)
class Measure:
    """One measure: its name, what people call it, its formula, its source, its function."""

    name: str
    label: Sentence
    scale: Scale
    formula: str
    source: str
    compute: Callable[[Counts], float]


def _rate(category: str, label: Sentence, what: str, source: str) -> Measure:
    return Measure(
        category,
        label,
        Scale.PER_100_WORDS,
        f"{what} per 100 words",
        source,
        lambda c: c.per_100(c.found[category]),
    )


def _marks(name: str, label: Sentence, marks: str, what: str) -> Measure:
    return Measure(
        name,
        label,
        Scale.PER_SENTENCE,
        f"{what} per sentence",
        "Horne & Adalı 2017",
        lambda c: sum(c.marks[mark] for mark in marks) / c.sentences,
    )


MEASURES: tuple[Measure, ...] = (
    _rate(
        "reporting_verbs",
        Sentence("Verbs that report speech neutrally"),
        "verbs of neutral attribution",
        "Zhang et al. 2018",
    ),
    _rate(
        "attribution",
        Sentence("Phrases that name a source"),
        "phrases that name a source",
        "Zhang et al. 2018",
    ),
    _rate(
        "unnamed_sources",
        Sentence("Phrases that claim a source and name none"),
        "phrases that claim a source and name none",
        "Zhang et al. 2018",
    ),
    _rate(
        "hedges", Sentence("Words that limit a claim"), "words that limit a claim", "Hyland 2005"
    ),
    _rate(
        "intensifiers",
        Sentence("Words that raise a claim"),
        "words that raise a claim",
        "Rashkin et al. 2017",
    ),
    _rate(
        "absolutes",
        Sentence("Words that allow no exception"),
        "words that allow no exception",
        "Rashkin et al. 2017",
    ),
    _rate("necessity", Sentence("Words of necessity"), "modal words of necessity", "Biber 1988"),
    _rate(
        "possibility", Sentence("Words of possibility"), "modal words of possibility", "Biber 1988"
    ),
    _rate("negations", Sentence("Negations"), "negations", "Biber 1988"),
    _rate("contrast", Sentence("Words of contrast"), "connectives of contrast", "Biber 1988"),
    _rate("cause", Sentence("Words of cause"), "connectives of cause", "Biber 1988"),
    _rate(
        "first_singular",
        Sentence("“I” and its forms"),
        "pronouns of the first person singular",
        "Biber 1988",
    ),
    _rate(
        "first_plural",
        Sentence("“We” and its forms"),
        "pronouns of the first person plural",
        "Rashkin et al. 2017",
    ),
    _rate(
        "second",
        Sentence("“You” and its forms"),
        "pronouns of the second person",
        "Rashkin et al. 2017",
    ),
    _rate(
        "third_plural",
        Sentence("“They” and its forms"),
        "pronouns of the third person plural",
        "Biber 1988",
    ),
    _rate(
        "distancing",
        Sentence("Words that cast doubt on a name"),
        "words that cast doubt on a name",
        "Da San Martino et al. 2019",
    ),
    _rate(
        "loaded",
        Sentence("Emotive and evaluative words"),
        "emotive and evaluative words",
        "Da San Martino et al. 2019",
    ),
    Measure(
        "attributed_sentences",
        Sentence("Verbs and phrases of attribution"),
        Scale.PER_SENTENCE,
        "reporting verbs and attributions per sentence",
        "Zhang et al. 2018",
        lambda c: (c.found["reporting_verbs"] + c.found["attribution"]) / c.sentences,
    ),
    Measure(
        "hedges_to_boosters",
        Sentence("Words that limit a claim, for each that raises one"),
        Scale.LOG_RATIO,
        "log of (hedges + 1) over (intensifiers + absolutes + 1)",
        "Hyland 2005",
        lambda c: float(
            np.log((c.found["hedges"] + 1) / (c.found["intensifiers"] + c.found["absolutes"] + 1))
        ),
    ),
    Measure(
        "quoted_words",
        Sentence("Words inside long quotations"),
        Scale.SHARE,
        "words inside quotations of six words or more, share of all words",
        "Horne & Adalı 2017",
        lambda c: float(c.quotes[c.quotes >= 6].sum()) / c.words,
    ),
    Measure(
        "long_quotes",
        Sentence("Long quotations"),
        Scale.PER_SENTENCE,
        "quotations of six words or more per sentence",
        "Horne & Adalı 2017",
        lambda c: float((c.quotes >= 6).sum()) / c.sentences,
    ),
    Measure(
        "scare_quotes",
        Sentence("Quotation marks around one to three words"),
        Scale.PER_100_WORDS,
        "quotations of one to three words per 100 words",
        "Da San Martino et al. 2019",
        lambda c: c.per_100(float(((c.quotes >= 1) & (c.quotes <= 3)).sum())),
    ),
    Measure(
        "sentence_length",
        Sentence("Words per sentence"),
        Scale.NUMBER,
        "mean words per sentence",
        "Horne & Adalı 2017",
        lambda c: float(c.sentence_lengths.mean()),
    ),
    Measure(
        "sentence_length_spread",
        Sentence("Unevenness of sentence length"),
        Scale.NUMBER,
        "standard deviation of words per sentence over their mean",
        "Barrón-Cedeño et al. 2019",
        lambda c: float(c.sentence_lengths.std() / max(c.sentence_lengths.mean(), 1.0)),
    ),
    Measure(
        "long_sentences",
        Sentence("Sentences of more than 30 words"),
        Scale.SHARE,
        "share of sentences above 30 words",
        "Horne & Adalı 2017",
        lambda c: float((c.sentence_lengths > 30).mean()),
    ),
    Measure(
        "short_sentences",
        Sentence("Sentences of seven words or fewer"),
        Scale.SHARE,
        "share of sentences of seven words or fewer",
        "Horne & Adalı 2017",
        lambda c: float((c.sentence_lengths <= 7).mean()),
    ),
    Measure(
        "word_length",
        Sentence("Letters per word"),
        Scale.NUMBER,
        "mean letters per word",
        "Horne & Adalı 2017",
        lambda c: float(c.word_lengths.mean()),
    ),
    Measure(
        "long_words",
        Sentence("Words of ten letters or more"),
        Scale.SHARE,
        "share of words above nine letters",
        "Barrón-Cedeño et al. 2019",
        lambda c: float((c.word_lengths > 9).mean()),
    ),
    Measure(
        "lexical_variety",
        Sentence("Different words in every 50"),
        Scale.SHARE,
        "mean type-token ratio of segments of 50 words",
        "Johnson 1944",
        lambda c: _segmental_ttr(c.forms),
    ),
    Measure(
        "names",
        Sentence("Names"),
        Scale.PER_100_WORDS,
        "names per 100 words",
        "Zhang et al. 2018",
        lambda c: c.per_100(c.names),
    ),
    Measure(
        "distinct_names",
        Sentence("Different names among all names"),
        Scale.SHARE,
        "distinct names over all names",
        "Barrón-Cedeño et al. 2019",
        lambda c: c.distinct_names / max(c.names, 1),
    ),
    Measure(
        "numbers",
        Sentence("Numbers"),
        Scale.PER_100_WORDS,
        "numbers per 100 words",
        "Zhang et al. 2018",
        lambda c: c.per_100(c.numbers),
    ),
    Measure(
        "capitals",
        Sentence("Long words in capitals"),
        Scale.PER_100_WORDS,
        "words of more than five letters in capitals per 100 words",
        "Rashkin et al. 2017",
        lambda c: c.per_100(c.capitals),
    ),
    _marks("commas", Sentence("Commas"), ",", "commas"),
    _marks("questions", Sentence("Question marks"), "?", "question marks"),
    _marks("exclamations", Sentence("Exclamation marks"), "!", "exclamation marks"),
    _marks("brackets", Sentence("Brackets opened"), "([", "opening brackets"),
    _marks("colons", Sentence("Colons and semicolons"), ":;", "colons and semicolons"),
    # Those of whose voice a text speaks in are the newest, and stand last: numbers of a model
    # that was made before them stay where they were.
    _rate(
        "refutation",
        Sentence("Words that refute a claim"),
        "words of doubt and refutation",
        "Zhang et al. 2018",
    ),
    Measure(
        "in_quotation_marks",
        Sentence("Words inside quotation marks"),
        Scale.SHARE,
        "words inside quotation marks, share of all words",
        "Horne & Adalı 2017",
        lambda c: c.quoted_words / c.words,
    ),
    Measure(
        "reported_sentences",
        Sentence("Sentences that report what others say"),
        Scale.SHARE,
        "share of sentences with a reporting verb or an attribution",
        "Zhang et al. 2018",
        lambda c: c.reported_sentences / c.sentences,
    ),
)
"""All measures, in the order of the arrays that `classifier.style.measure` returns."""


def _segmental_ttr(forms: IntArray) -> float:
    """Return the mean type-token ratio of whole segments, or of the text if it is shorter."""
    listed = forms.tolist()
    whole = len(listed) // _SEGMENT or 1
    ratios = [
        len(set(listed[i * _SEGMENT : (i + 1) * _SEGMENT])) / max(len(listed[:_SEGMENT]), 1)
        for i in range(whole)
    ]
    return sum(ratios) / len(ratios)
