"""Why an answer is as it is: exact shares of its log-odds, shown on the text as given.

Phrases tell which words weighed, passages where persuasion sits and which technique it is like,
measures what of the style is unusual. The three look at the same text in three ways: their
weights are each a true part of the log-odds, and are not to be added up across kinds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from classifier.answer import Evidence
from classifier.article import Article
from classifier.comparison import compare
from classifier.errors import KrynicaError
from classifier.measures import MEASURES
from classifier.parameters import LanguageParameters
from classifier.phrases import KINDS, Phrase, strongest
from classifier.reading import Reading, read
from classifier.sentence import Sentence
from classifier.techniques import describe, likely
from classifier.terms import TermIndex
from classifier.views import (
    FloatArray,
    Occurrences,
    Shares,
    find,
    shares_of_persuasion,
    sigmoid,
)

PHRASES, PASSAGES, STYLES = 12, 3, 6
"""How many items of each kind are shown."""
LEAST_MARKED = 0.5
"""Least probability that a reader would mark a passage which is shown: more likely than not."""


@dataclass(frozen=True)
class Looked:
    """One article as the model looked at it.

    Parameters
    ----------
    article, reading, found
        The text, and the terms found in it.
    outlet, style, persuasion
        Shares in the log-odds of `p_propaganda`, zero where there is none.
    marked
        Shares in the log-odds of the persuasion view.
    """

    article: Article
    reading: Reading
    found: Occurrences
    outlet: Shares
    style: Shares
    persuasion: Shares
    marked: Shares


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
    found, words, passages = looked.found, looked.outlet.terms, looked.persuasion.terms
    share = np.zeros(len(found.feature))
    for part in (words, passages):
        if len(part):
            share = share + part
    tokens = looked.reading.tokens
    for phrase in strongest(looked.reading, found, share, PHRASES):
        start, end = int(tokens.start[phrase.first]), int(tokens.end[phrase.last])
        yield _placed(looked, start, end, "phrase", phrase.weight, _phrase_note(phrase))


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
    tokens, view = looked.reading.tokens, numbers.persuasion
    if view is None or not len(tokens.passage):
        return
    size = int(tokens.passage[-1]) + 1
    carried = _by_passage(looked.found, looked.marked.terms, size)
    weight = _by_passage(looked.found, looked.persuasion.terms, size)
    for passage in np.argsort(-carried, kind="stable")[:PASSAGES].tolist():
        inside = np.flatnonzero(tokens.passage == passage)
        if carried[passage] <= 0 or not len(inside):
            return
        start, end = int(tokens.start[inside[0]]), int(tokens.end[inside[-1]])
        note = _passage_note(looked, (start, end), numbers, index)
        if note is not None:
            yield _placed(looked, start, end, "passage", float(weight[passage]), note)


def _by_passage(found: Occurrences, share: FloatArray, size: int) -> FloatArray:
    if not len(share):
        return np.zeros(size)
    return np.bincount(found.passage, share, minlength=size).astype(np.float64)


def _passage_note(
    looked: Looked, span: tuple[int, int], numbers: LanguageParameters, index: TermIndex
) -> Sentence | None:
    """Judge a passage as if it stood alone; None for one that would likelier not be marked."""
    view = numbers.persuasion
    start, end = looked.reading.clean.original(*span)
    try:
        alone = read(Article(looked.article.text[start:end], language=looked.reading.language))
    except KrynicaError:  # what is left of it on its own is no text
        return None
    found = find(alone, index)
    if view is None:
        return None
    p = float(sigmoid(view.slope * shares_of_persuasion(view, alone, found).total + view.intercept))
    if p < LEAST_MARKED:
        return None
    named = likely(numbers.techniques, view, alone, found) if numbers.techniques else []
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


def _style(looked: Looked, numbers: LanguageParameters) -> Iterator[Evidence]:
    """Yield the measures that lie outside of what is usual, the weightiest first.

    Where nothing is known to be usual, the weightiest of all.
    """
    reading, usual = looked.reading, numbers.usual
    weights = looked.style.style + looked.persuasion.style
    words, sentences = reading.tokens.n_words, len(np.unique(reading.tokens.sentence))
    shown = 0
    for at in np.argsort(-np.abs(weights), kind="stable").tolist():
        bounds = None if usual is None else (float(usual.low[at]), float(usual.high[at]))
        compared = compare(MEASURES[at], float(reading.style[at]), bounds, words, sentences)
        if shown < STYLES and (compared.stands_out or (usual is None and weights[at])):
            shown += 1
            yield Evidence(None, None, None, "style", round(float(weights[at]), 4), compared.note)


def _placed(
    looked: Looked, start: int, end: int, kind: str, weight: float, note: Sentence
) -> Evidence:
    start, end = looked.reading.clean.original(start, end)
    text = looked.article.text[start:end]
    return Evidence(start, end, text, kind, round(weight, 4), note)  # type: ignore[arg-type]
