"""Why an answer is as it is: exact shares of its log-odds, shown on the text as given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from classifier.answer import Evidence
from classifier.article import Article
from classifier.reading import Reading
from classifier.style import MEASURES
from classifier.views import FloatArray, Occurrences, Shares

PHRASES, PASSAGES, STYLES = 12, 3, 5
"""How many items of each kind are shown."""


def collect(
    article: Article, reading: Reading, found: Occurrences, views: Sequence[Shares]
) -> tuple[Evidence, ...]:
    """Return the strongest evidence, strongest first.

    Parameters
    ----------
    article, reading, found
        The text, and the terms found in it.
    views
        Shares of the outlet, style and persuasion views in the log-odds of `p_propaganda`.
    """
    outlet, style, persuasion = views
    words, passages = outlet.terms, persuasion.terms
    items = [
        *_phrases(article, reading, found, words + passages if len(passages) else words),
        *_passages(article, reading, found, passages if len(passages) else np.zeros(len(words))),
        *_style(reading, style.style + persuasion.style),
    ]
    return tuple(sorted(items, key=lambda item: -abs(item.weight)))


def _phrases(
    article: Article, reading: Reading, found: Occurrences, weight: FloatArray
) -> Iterator[Evidence]:
    """Yield the weightiest words and pairs; each once, with the weight of all its occurrences.

    Spans that hold a name, a place, a number or a date are left out: they say nothing about how
    a text is written, and the views know them as placeholders alone.
    """
    masked, tokens = reading.masked, reading.tokens
    place: dict[str, tuple[int, int]] = {}
    total: dict[str, float] = {}
    spans = zip(found.first.tolist(), found.last.tolist(), weight.tolist(), strict=True)
    for first, last, share in spans:
        words = masked[first : last + 1]
        if any(word is None or word.startswith("<") for word in words):
            continue
        phrase = " ".join(str(word) for word in words)
        total[phrase] = total.get(phrase, 0.0) + share
        # A capital at a sentence's beginning may be a name's: such a place is not shown.
        if not (tokens.initial[first] and tokens.words[first][0].isupper()):
            place.setdefault(phrase, (first, last))
    for phrase in sorted(place, key=lambda phrase: (-abs(total[phrase]), phrase))[:PHRASES]:
        first, last = place[phrase]
        start, end = reading.clean.original(int(tokens.start[first]), int(tokens.end[last]))
        side = "propaganda" if total[phrase] > 0 else "journalism"
        yield Evidence(
            start,
            end,
            article.text[start:end],
            "phrase",
            round(total[phrase], 4),
            f"More usual in {side} than in the other among the texts the model learned from.",
        )


def _passages(
    article: Article, reading: Reading, found: Occurrences, weight: FloatArray
) -> Iterator[Evidence]:
    """Yield the passages that add most to the persuasion view."""
    tokens = reading.tokens
    if not len(tokens.passage):
        return
    shares = np.bincount(found.passage, weight, minlength=int(tokens.passage[-1]) + 1)
    for passage in np.argsort(-shares, kind="stable")[:PASSAGES].tolist():
        if shares[passage] <= 0:
            return
        inside = np.flatnonzero(tokens.passage == passage)
        start, end = reading.clean.original(
            int(tokens.start[inside[0]]), int(tokens.end[inside[-1]])
        )
        yield Evidence(
            start,
            end,
            article.text[start:end],
            "passage",
            round(float(shares[passage]), 4),
            "Reads like passages that people marked for persuasion techniques.",
        )


def _style(reading: Reading, weights: FloatArray) -> Iterator[Evidence]:
    """Yield the measures that weigh most."""
    for at in np.argsort(-np.abs(weights), kind="stable")[:STYLES].tolist():
        if weights[at]:
            measure, value = MEASURES[at], reading.style[at]
            note = f"{measure.name.replace('_', ' ').capitalize()}: {value:.2f} {measure.formula}."
            yield Evidence(None, None, None, "style", round(float(weights[at]), 4), note)
