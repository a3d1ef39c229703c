"""Why an answer is as it is: exact shares of its log-odds, shown on the text as given.

Passages lead: which carry what the encoder finds, and which technique they are like; or, where a
text reads plain, which attribute what they say. Then words that weigh, and measures of style that
are unusual. The weight of each is its exact share of the log-odds of `p_propaganda`, through one
view each. Nothing is shown that would mislead: naming a source never speaks for propaganda, and
a passage shown for persuasion never for journalism.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from krynica.classifier.answer import Evidence
from krynica.classifier.arrays import FloatArray
from krynica.classifier.article import Article
from krynica.classifier.comparison import compare
from krynica.classifier.encoder import Vectors
from krynica.classifier.measures import MEASURES
from krynica.classifier.parameters import LanguageParameters, Techniques, Usual
from krynica.classifier.passages import LEAST_WORDS, attributed, marked, words_of
from krynica.classifier.phrases import KINDS, SOBER, Phrase, strongest
from krynica.classifier.reading import Reading
from krynica.classifier.script import Script
from krynica.classifier.sentence import Sentence
from krynica.classifier.techniques import describe, likely
from krynica.classifier.verdict import Judgement
from krynica.classifier.views import Occurrences, Shares

PHRASES, PASSAGES, STYLES = 8, 3, 4
"""How many items of each kind are shown."""
LEAST_MARKED, MOST_SURE = 0.5, 0.99
"""Least probability that a reader would mark a passage which is shown for it: more likely than not;
and the greatest that is told, for nothing is certain."""
LEAST_WEIGHT = 0.02
"""Least share of the log-odds of a word that is shown: a fiftieth moves no probability by more than
half a percent."""
_LEANS = 0.5
"""Probability from which a text leans to propaganda: what is shown of words and style speaks for
the side to which the text leans."""


@dataclass(frozen=True)
class Looked:
    """One article as the model looked at it.

    Parameters
    ----------
    article, reading, found, vectors
        The text, the terms found in it, and the vectors of its passages.
    shares
        Of the log-odds of `p_propaganda`; None where there is none.
    judged
        What the model says of it.
    """

    article: Article
    reading: Reading
    found: Occurrences
    vectors: Vectors
    shares: Shares | None
    judged: Judgement

    @property
    def leans(self) -> bool:
        """Whether the text leans to propaganda."""
        return (self.judged.p_propaganda or 0.0) >= _LEANS

    @property
    def is_article(self) -> bool:
        """Whether the text is an article: a recipe or a list persuades nobody."""
        return self.judged.genre is None or self.judged.genre.name != "other"


def collect(looked: Looked, numbers: LanguageParameters) -> tuple[Evidence, ...]:
    """Return the strongest evidence: passages, then words, then style, each strongest first.

    Parameters
    ----------
    looked
        The article.
    numbers
        The language's numbers.
    """
    items = [*_persuasive(looked, numbers)]
    if looked.shares is not None:
        if not looked.leans:
            items += _attributed(looked, looked.shares)
        items += _phrases(looked, looked.shares)
        items += _style(looked, looked.shares, numbers.usual)
    if looked.reading.script is Script.LACINKA:
        note = Sentence("Written in łacinka; it was read in Cyrillic.")
        items.append(Evidence(None, None, None, "style", 0.0, note))
    return tuple(items)


def _persuasive(looked: Looked, numbers: LanguageParameters) -> Iterator[Evidence]:
    """Yield the passages that speak for propaganda, with the techniques they are like."""
    if numbers.persuasion is None or not looked.is_article:
        return
    p = marked(numbers.persuasion, looked.vectors)
    weight = np.zeros(len(p)) if looked.shares is None else looked.shares.passages
    long_enough = words_of(looked.reading) >= LEAST_WORDS
    if looked.shares is None:
        chosen = long_enough & (p >= LEAST_MARKED)
    else:
        # In a text that reads plain a passage may still persuade, but not for the want of a better.
        chosen = long_enough & (weight > LEAST_WEIGHT) & (looked.leans | (p >= LEAST_MARKED))
    order = [at for at in np.lexsort((-p, -weight)).tolist() if chosen[at]]
    total = float(weight[weight > 0].sum())
    for at in order[: PASSAGES if looked.leans or looked.shares is None else 1]:
        share = weight[at] / total if total else 0.0
        note = _note(float(p[at]), share, numbers.techniques, looked.vectors.of_passages[at])
        yield _passage(looked, at, float(weight[at]), note)


def _note(p: float, share: float, techniques: Techniques | None, vector: FloatArray) -> Sentence:
    if p < LEAST_MARKED:
        return Sentence(
            "Speaks for propaganda: this passage carries {share:.0%} of what the encoder finds.",
            share=share,
        )
    p = min(p, MOST_SURE)
    named = likely(techniques, vector) if techniques else []
    if not named:
        return Sentence(
            "A reader trained to mark persuasion would mark this with a probability of {p:.0%}; "
            "no technique stands out.",
            p=p,
        )
    return Sentence(
        "A reader trained to mark persuasion would mark this with a probability of {p:.0%}, most "
        "likely as: {techniques}",
        p=p,
        techniques=tuple(describe(name) for name, _ in named),
    )


def _attributed(looked: Looked, shares: Shares) -> Iterator[Evidence]:
    """Yield the passages that speak for journalism, and say whose words they give."""
    sources = attributed(looked.reading)
    chosen = sources & (shares.passages < 0) & (words_of(looked.reading) >= LEAST_WORDS)
    order = [at for at in np.argsort(shares.passages, kind="stable").tolist() if chosen[at]]
    for at in order[:PASSAGES]:
        note = Sentence("This passage reads plain: its statements are attributed to a source.")
        yield _passage(looked, at, float(shares.passages[at]), note)


def _passage(looked: Looked, at: int, weight: float, note: Sentence) -> Evidence:
    start, end = looked.reading.clean.original(*looked.reading.tokens.passages()[at])
    text = looked.article.text[start:end]
    return Evidence(start, end, text, "passage", round(weight, 4), note)


def _phrases(looked: Looked, shares: Shares) -> Iterator[Evidence]:
    """Yield the weightiest words and pairs; each once, with the weight of all its places."""
    tokens = looked.reading.tokens
    shown = 0
    for phrase in strongest(looked.reading, looked.found, shares.terms, 4 * PHRASES):
        if shown == PHRASES or abs(phrase.weight) < LEAST_WEIGHT:
            return
        if not _tells(phrase, leans=looked.leans or looked.judged.verdict == "unclear"):
            continue
        shown += 1
        start, end = looked.reading.clean.original(
            int(tokens.start[phrase.first]), int(tokens.end[phrase.last])
        )
        text, note = looked.article.text[start:end], _phrase_note(phrase)
        yield Evidence(start, end, text, "phrase", round(phrase.weight, 4), note)


def _tells(phrase: Phrase, *, leans: bool) -> bool:
    """Say whether a phrase is a reason that a person would take.

    For propaganda any word may be, but one that names a source or limits a claim; for journalism
    such words alone, and no scraps of a topic.
    """
    sober = phrase.kind in SOBER
    return (phrase.weight > 0 and leans and not sober) or (phrase.weight < 0 and sober)


def _phrase_note(phrase: Phrase) -> Sentence:
    if phrase.weight > 0:
        side = Sentence("More usual in texts that read as propaganda.")
    else:
        side = Sentence("More usual in texts that read as journalism.")
    if phrase.kind is None:
        return side
    return Sentence("{kind}. {side}", kind=KINDS[phrase.kind], side=side)


_NAMES = [measure.name for measure in MEASURES].index("names")
SOURCES = frozenset(
    {
        *("reporting_verbs", "attribution", "attributed_sentences", "reported_sentences"),
        *("quoted_words", "long_quotes", "in_quotation_marks"),
        *("hedges", "possibility", "hedges_to_boosters"),
    }
)
"""Measures of naming sources and of limiting claims: much of it never speaks for propaganda, and
little of it never for journalism."""


def _outside(style: FloatArray, usual: Usual) -> FloatArray:
    """Return how far measures lie outside of what is usual, in widths of it."""
    width = np.maximum(usual.high - usual.low, 1e-9)
    beyond: FloatArray = np.maximum(usual.low - style, style - usual.high) / width
    return np.maximum(beyond, 0.0)


def _style(looked: Looked, shares: Shares, usual: Usual | None) -> Iterator[Evidence]:
    """Yield the measures outside of what is usual that speak for the side the text leans to."""
    if usual is None:
        return
    reading, weights = looked.reading, shares.style
    words, sentences = reading.tokens.n_words, len(np.unique(reading.tokens.sentence))
    outside = _outside(reading.style, usual)
    shown = 0
    for at in np.lexsort((-outside, -np.abs(weights))).tolist():
        measure, weight = MEASURES[at], float(weights[at])
        if shown == STYLES or abs(weight) < LEAST_WEIGHT:
            return
        if (weight > 0) != looked.leans or (weight < 0 and measure.name not in SOURCES):
            continue  # for journalism sources speak, and no length of sentences
        if measure.name in SOURCES and (weight > 0 or reading.style[at] < usual.low[at]):
            continue
        if measure.name == "distinct_names" and not reading.style[_NAMES]:
            continue  # a share of nothing
        bounds = float(usual.low[at]), float(usual.high[at])
        compared = compare(measure, float(reading.style[at]), bounds, words, sentences)
        if compared.stands_out:
            shown += 1
            yield Evidence(None, None, None, "style", round(weight, 4), compared.note)
