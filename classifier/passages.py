"""Passages of a text, and how likely a reader would mark each for persuasion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from krynica.classifier.arrays import FloatArray
from krynica.classifier.article import Article
from krynica.classifier.encoder import Vectors
from krynica.classifier.parameters import LinearVector
from krynica.classifier.reading import Reading
from krynica.classifier.views import sigmoid

ATTRIBUTED = 0.4
"""Least share of a passage's words that are somebody's, for the passage to be called attributed."""
LEAST_WORDS = 5
"""Fewest words of a passage that is shown: shorter ones are headings and names."""


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
        Probability that a reader trained to mark persuasion techniques would mark it.
    """

    start: int
    end: int
    text: str
    p: float


def texts_of(reading: Reading) -> list[str]:
    """Return the passages of a clean text."""
    clean = reading.clean.text
    return [clean[start:end] for start, end in reading.tokens.passages()]


def marked(persuasion: LinearVector, vectors: Vectors) -> FloatArray:
    """Return the probability that each passage would be marked, shape (n_passages,)."""
    return sigmoid(persuasion.of(vectors.of_passages))


def words_of(reading: Reading) -> FloatArray:
    """Return the words of each passage, shape (n_passages,)."""
    tokens = reading.tokens
    return np.bincount(tokens.passage, tokens.is_word).astype(np.float64)


def attributed(reading: Reading) -> npt.NDArray[np.bool_]:
    """Say of each passage whether most of it is quoted, or told to be somebody's words."""
    tokens = reading.tokens
    quoted = np.bincount(tokens.passage, (tokens.is_word & reading.quoted).astype(np.float64))
    told: npt.NDArray[np.bool_] = quoted >= ATTRIBUTED * np.maximum(words_of(reading), 1.0)
    return told


def most_persuasive(
    article: Article, reading: Reading, vectors: Vectors, persuasion: LinearVector
) -> Passage | None:
    """Return the passage that would likeliest be marked; None of a text without passages.

    Parameters
    ----------
    article, reading, vectors
        A text, and the vectors of its passages.
    persuasion
        The language's persuasion view.
    """
    p = np.where(words_of(reading) >= LEAST_WORDS, marked(persuasion, vectors), 0.0)
    if not len(p) or not p.max():
        return None
    best = int(p.argmax())
    start, end = reading.clean.original(*reading.tokens.passages()[best])
    return Passage(start, end, article.text[start:end], float(p[best]))
