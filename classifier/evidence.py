"""Why an answer is as it is: exact shares of its log-odds, shown on the text as given."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from classifier.answer import Evidence
from classifier.article import Article
from classifier.parameters import Articles, Persuasion
from classifier.reading import Reading
from classifier.style import MEASURES
from classifier.views import FloatArray, Occurrences

PHRASES, PASSAGES, STYLES = 12, 3, 5
"""How many items of each kind are shown."""


def collect(
    article: Article,
    reading: Reading,
    found: Occurrences,
    by_outlet: FloatArray,
    by_persuasion: FloatArray,
    articles: Articles,
    persuasion: Persuasion,
) -> tuple[Evidence, ...]:
    """Return the strongest evidence, in log-odds of `p_propaganda`.

    Parameters
    ----------
    article, reading, found
        The text, and the terms found in it.
    by_outlet, by_persuasion
        Share of each occurrence in the log-odds of the outlet view, and of the persuasion view's
        mean over passages, shape (n_occurrences,).
    articles, persuasion
        The language's parameters.
    """
    outlet, style, marked = articles.combiner.coef.tolist()
    weight = outlet * by_outlet + marked * by_persuasion
    items = [
        *_phrases(article, reading, found, weight),
        *_passages(article, reading, found, marked * by_persuasion),
        *_style(
            reading,
            style * articles.style.coef * articles.scale.features(reading.style),
            marked * persuasion.style.coef * persuasion.scale.features(reading.style),
        ),
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
        place.setdefault(phrase, (first, last))
        total[phrase] = total.get(phrase, 0.0) + share
    for phrase in sorted(total, key=lambda phrase: (-abs(total[phrase]), phrase))[:PHRASES]:
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


def _style(reading: Reading, *shares: FloatArray) -> Iterator[Evidence]:
    """Yield the measures that weigh most; a measure's features are added up."""
    weight = sum(share.reshape(-1, len(MEASURES)).sum(axis=0) for share in shares)
    weights = np.asarray(weight, dtype=np.float64)
    for at in np.argsort(-np.abs(weights), kind="stable")[:STYLES].tolist():
        if weights[at]:
            measure, value = MEASURES[at], reading.style[at]
            note = f"{measure.name.replace('_', ' ').capitalize()}: {value:.2f} {measure.formula}."
            yield Evidence(None, None, None, "style", round(float(weights[at]), 4), note)
