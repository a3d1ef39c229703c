"""Why an answer is as it is: exact shares of its log-odds, shown on the text as given.

Phrases tell which words weighed, passages where persuasion sits and which technique it is like,
measures what of the style is unusual. The weight of a phrase or a measure is its exact share of
the log-odds, that of a passage how much lower they would be without it; the three look at one
text in three ways, and are not to be added up across kinds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from classifier.answer import Evidence
from classifier.article import Article
from classifier.comparison import compare
from classifier.measures import MEASURES
from classifier.parameters import LanguageParameters, Persuasion, Techniques, Usual
from classifier.passages import alone, p_marked
from classifier.passages import strongest as strongest_passages
from classifier.phrases import KINDS, Phrase, strongest
from classifier.reading import Reading
from classifier.sentence import Sentence
from classifier.techniques import describe, likely
from classifier.terms import TermIndex
from classifier.views import (
    FloatArray,
    Occurrences,
    Shares,
    find,
    shares,
)

PHRASES, PASSAGES, STYLES = 12, 3, 6
"""How many items of each kind are shown."""
LEAST_MARKED, MOST_SURE = 0.5, 0.99
"""Least probability that a reader would mark a passage which is shown: more likely than not; and
the greatest that is told, for nothing is certain."""


@dataclass(frozen=True)
class Looked:
    """One article as the model looked at it.

    Parameters
    ----------
    article, reading, found
        The text, and the terms found in it.
    views
        Shares in the log-odds of each view, in the order of `classifier.parameters.SIGNALS`.
    coef
        What each view counts in the log-odds of `p_propaganda`; 0 where there is none.
    """

    article: Article
    reading: Reading
    found: Occurrences
    views: tuple[Shares, Shares, Shares]
    coef: FloatArray

    @property
    def log_odds(self) -> float:
        """Log-odds of `p_propaganda`, less the combiner's intercept."""
        return float(sum(by * view.total for by, view in zip(self.coef, self.views, strict=True)))

    @property
    def terms(self) -> FloatArray:
        """Share of each occurrence of a term in the log-odds of `p_propaganda`."""
        total = np.zeros(len(self.found.feature))
        for by, view in zip(self.coef, self.views, strict=True):
            if view.of_terms is not None:
                total += by * view.terms
        return total

    @property
    def style(self) -> FloatArray:
        """Share of each measure in the log-odds of `p_propaganda`."""
        style: FloatArray = self.coef @ np.array([view.style for view in self.views])
        return style


def collect(
    looked: Looked, numbers: LanguageParameters, index: TermIndex, *, long_enough: bool
) -> tuple[Evidence, ...]:
    """Return the strongest evidence, strongest first.

    Parameters
    ----------
    looked
        The article.
    numbers, index
        The language's numbers, and its terms.
    long_enough
        Whether the text is long enough for its measures to be compared with those of articles.
    """
    items = [
        *_phrases(looked),
        *_passages(looked, numbers, index),
        *(_style(looked, numbers) if long_enough else ()),
    ]
    return tuple(sorted(items, key=lambda item: -abs(item.weight)))


def _phrases(looked: Looked) -> Iterator[Evidence]:
    """Yield the weightiest words and pairs; each once, with the weight of all its places."""
    tokens = looked.reading.tokens
    for phrase in strongest(looked.reading, looked.found, looked.terms, PHRASES):
        start, end = looked.reading.clean.original(
            int(tokens.start[phrase.first]), int(tokens.end[phrase.last])
        )
        text, note = looked.article.text[start:end], _phrase_note(phrase)
        yield Evidence(start, end, text, "phrase", round(phrase.weight, 4), note)


def _phrase_note(phrase: Phrase) -> Sentence:
    if phrase.kind is None:
        if phrase.weight > 0:
            return Sentence(
                "More usual in propaganda than in journalism, in the texts the model learned from."
            )
        return Sentence(
            "More usual in journalism than in propaganda, in the texts the model learned from."
        )
    kind = KINDS[phrase.kind]
    if phrase.weight > 0:
        return Sentence(
            "{kind}, more usual in propaganda than in journalism, in the texts the model learned "
            "from.",
            kind=kind,
        )
    return Sentence(
        "{kind}, more usual in journalism than in propaganda, in the texts the model learned from.",
        kind=kind,
    )


def _passages(looked: Looked, numbers: LanguageParameters, index: TermIndex) -> Iterator[Evidence]:
    """Yield the passages that carry the persuasion score, and that a reader would likely mark."""
    view = numbers.persuasion
    if view is None:
        return
    for span in strongest_passages(looked.reading, looked.found, looked.views[-1], PASSAGES):
        note = _passage_note(looked, span, view, numbers.techniques, index)
        if note is not None:
            weight = _effect(looked, span, numbers, index)
            yield Evidence(*span, looked.article.text[slice(*span)], "passage", weight, note)


def _passage_note(
    looked: Looked,
    span: tuple[int, int],
    view: Persuasion,
    techniques: Techniques | None,
    index: TermIndex,
) -> Sentence | None:
    """Judge a passage as if it stood alone; None for one that would likelier not be marked."""
    apart = alone(looked.article.text[slice(*span)], looked.reading.language)
    if apart is None:
        return None
    found = find(apart, index)
    p = p_marked(view, apart, found)
    if p < LEAST_MARKED:
        return None
    p = min(p, MOST_SURE)
    named = likely(techniques, view, apart, found) if techniques else []
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


def _effect(
    looked: Looked, span: tuple[int, int], numbers: LanguageParameters, index: TermIndex
) -> float:
    """Return by how much the log-odds would be lower without a passage.

    Of a text that is nothing else, the share of its words.
    """
    if not looked.coef.any():
        return 0.0
    text = looked.article.text
    rest = alone(text[: span[0]] + text[span[1] :], looked.reading.language)
    if rest is None:
        return round(float(looked.terms.sum()), 4)
    views = shares(numbers, rest, find(rest, index))
    without = replace(looked, views=views).log_odds
    return round(looked.log_odds - without, 4)


_NAMES = [measure.name for measure in MEASURES].index("names")


def _outside(style: FloatArray, usual: Usual) -> FloatArray:
    """Return how far measures lie outside of what is usual, in widths of it."""
    width = np.maximum(usual.high - usual.low, 1e-9)
    beyond: FloatArray = np.maximum(usual.low - style, style - usual.high) / width
    return np.maximum(beyond, 0.0)


def _style(looked: Looked, numbers: LanguageParameters) -> Iterator[Evidence]:
    """Yield the measures that lie outside of what is usual, the weightiest first.

    Of measures without a weight, those that lie farthest outside. Where nothing is known to be
    usual, the weightiest of all.
    """
    reading, usual = looked.reading, numbers.usual
    weights = looked.style
    words, sentences = reading.tokens.n_words, len(np.unique(reading.tokens.sentence))
    shown = 0
    outside = np.zeros(len(weights))
    known = 0 if usual is None else len(usual.low)  # newer measures are not known to the model
    if usual is not None:
        outside[:known] = _outside(reading.style[:known], usual)
    for at in np.lexsort((-outside, -np.abs(weights))).tolist():
        if MEASURES[at].name == "distinct_names" and not reading.style[_NAMES]:
            continue  # a share of nothing
        bounds = None
        if usual is not None and at < known:
            bounds = float(usual.low[at]), float(usual.high[at])
        compared = compare(MEASURES[at], float(reading.style[at]), bounds, words, sentences)
        if shown < STYLES and (compared.stands_out or (usual is None and weights[at])):
            shown += 1
            yield Evidence(None, None, None, "style", round(float(weights[at]), 4), compared.note)
