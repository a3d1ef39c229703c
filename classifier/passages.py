"""Where in a text persuasion sits, and how likely a reader would mark it there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from classifier.article import Article
from classifier.errors import KrynicaError
from classifier.parameters import Persuasion
from classifier.reading import Reading, read
from classifier.terms import TermIndex
from classifier.views import Occurrences, Shares, find, shares_of_persuasion, sigmoid


@dataclass(frozen=True)
class Passage:
    """A passage of a text.

    Parameters
    ----------
    start, end
        Its place in the text as given, in Unicode code points.
    text
        That slice.
    p
        Probability that a reader trained to mark persuasion techniques would mark it, were it all
        there is.
    """

    start: int
    end: int
    text: str
    p: float


def strongest(
    reading: Reading, found: Occurrences, persuasion: Shares, most: int
) -> Iterator[tuple[int, int]]:
    """Yield where the passages stand whose words carry the persuasion score, strongest first.

    Parameters
    ----------
    reading, found
        A text, and the terms found in it.
    persuasion
        What the persuasion view says of it.
    most
        How many, at most.

    Yields
    ------
    start, end : int
        Place in the text as given, in Unicode code points.
    """
    tokens = reading.tokens
    if not len(tokens.passage):
        return
    carried = np.bincount(found.passage, persuasion.terms)
    for passage in np.argsort(-carried, kind="stable")[:most].tolist():
        inside = np.flatnonzero(tokens.passage == passage)
        if carried[passage] <= 0 or not len(inside):
            return
        yield reading.clean.original(int(tokens.start[inside[0]]), int(tokens.end[inside[-1]]))


def alone(text: str, language: str) -> Reading | None:
    """Read a part of an article by itself; None where that part is no text."""
    try:
        return read(Article(text, language=language))
    except KrynicaError:
        return None


def p_marked(view: Persuasion, reading: Reading, found: Occurrences) -> float:
    """Return the probability that a trained reader would mark a text."""
    total = shares_of_persuasion(view, reading, found).total
    return float(sigmoid(view.slope * total + view.intercept))


def most_persuasive(
    article: Article,
    reading: Reading,
    found: Occurrences,
    persuasion: Shares,
    view: Persuasion,
    index: TermIndex,
) -> Passage | None:
    """Return the passage that carries most of the persuasion score; None where none does.

    Parameters
    ----------
    article, reading, found
        A text, and the terms found in it.
    persuasion
        What the persuasion view says of it.
    view, index
        That view, and the language's terms.
    """
    for start, end in strongest(reading, found, persuasion, 1):
        text = article.text[start:end]
        apart = alone(text, reading.language)
        if apart is not None:
            return Passage(start, end, text, p_marked(view, apart, find(apart, index)))
    return None
