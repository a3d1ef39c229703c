"""The views: each turns a text into a score from plain to propaganda, and shares it out exactly.

*Encoder view*: the mean over the tokens of the encoder's vectors. *Word view*: words of the text,
names masked. *Style view*: measures of how the text is written. All are linear, so that every
contribution is exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from krynica.classifier.arrays import FloatArray, IntArray
from krynica.classifier.encoder import Vectors
from krynica.classifier.measures import MEASURES
from krynica.classifier.parameters import Judging, LinearTerms, StyleScale
from krynica.classifier.reading import Reading
from krynica.classifier.terms import TermIndex


@dataclass(frozen=True)
class Occurrences:
    """Where terms stand in a text: one entry an occurrence.

    Parameters
    ----------
    feature
        Number of the term.
    first, last
        Places of its first and last token.
    passage
        Number of its passage.
    """

    feature: IntArray
    first: IntArray
    last: IntArray
    passage: IntArray


def find(reading: Reading, index: TermIndex) -> Occurrences:
    """Find the terms of a model in a text."""
    feature, first, last = index.find(reading.masked)
    return Occurrences(feature, first, last, reading.tokens.passage[first])


def contributions(view: LinearTerms, feature: IntArray, group: IntArray) -> FloatArray:
    """Share the score of a TF-IDF model out among the occurrences of its terms.

    Parameters
    ----------
    view
        The linear model.
    feature
        Number of each occurrence's term, shape (n_occurrences,).
    group
        Number of the unit each occurrence belongs to (the article, or its passage).

    Returns
    -------
    ndarray of float64, shape (n_occurrences,)
        The sum over a group, plus the bias, is the group's score.
    """
    return TermShares.of(view, feature, group).each


@dataclass(frozen=True)
class Tfidf:
    """TF-IDF of the terms of some groups of words: one entry a term in a group.

    Parameters
    ----------
    unique, count, group, term
        ``group * n_terms + term``, ascending; how often it occurs; and its two parts.
    value
        ``(1 + ln count) * idf``, scaled to unit length within a group.
    """

    unique: IntArray
    count: IntArray
    group: IntArray
    term: IntArray
    value: FloatArray


def tfidf(idf: FloatArray, key: IntArray) -> Tfidf:
    """Compute TF-IDF as scikit-learn does with ``sublinear_tf=True``.

    Parameters
    ----------
    idf
        Of each term, 0 for one that does not count, shape (n_terms,).
    key
        Of each occurrence, ``group * n_terms + term``.
    """
    ordered = np.sort(key)
    begins = np.flatnonzero(np.diff(ordered, prepend=-1))
    unique, count = ordered[begins], np.diff(begins, append=len(key))
    group, term = np.divmod(unique, len(idf))
    value = (1.0 + np.log(count)) * idf[term]
    length = np.sqrt(np.bincount(group, value**2))[group]
    unit = np.divide(value, length, out=np.zeros_like(value), where=length > 0)
    return Tfidf(unique, count, group, term, unit)


@dataclass(frozen=True)
class TermShares:
    """Shares of a TF-IDF model's score: equal for all occurrences of a term in a group.

    Parameters
    ----------
    key
        Of each occurrence: its group and its term as one number.
    unique, count, group
        Each such number once, ascending; how often it occurs; its group.
    share
        Share of each one's single occurrence.
    """

    key: IntArray
    unique: IntArray
    count: IntArray
    group: IntArray
    share: FloatArray

    @classmethod
    def of(cls, view: LinearTerms, feature: IntArray, group: IntArray) -> TermShares:
        """Compute the shares; parameters as for `contributions`."""
        key = group * len(view.idf) + feature
        found = tfidf(view.idf, key)
        share = found.value * view.coef[found.term] / found.count
        return cls(key, found.unique, found.count, found.group, share)

    @property
    def total(self) -> float:
        """The sum over all occurrences."""
        # Not a product of vectors: its last bit would depend on how many threads share it.
        return float((self.share * self.count).sum())

    @property
    def each(self) -> FloatArray:
        """The share of each occurrence, in their order."""
        each: FloatArray = self.share[np.searchsorted(self.unique, self.key)]
        return each


@dataclass(frozen=True)
class Shares:
    """What the log-odds of a score of 2 or more are the sum of, the intercept aside.

    Parameters
    ----------
    scores
        Of the views, in the order of `classifier.parameters.SIGNALS`.
    passages
        Share of each passage through the encoder view, shape (n_passages,).
    terms
        Share of each occurrence of a term, shape (n_occurrences,).
    style
        Share of each measure, in the order of `classifier.measures.MEASURES`.
    """

    scores: FloatArray
    passages: FloatArray
    terms: FloatArray
    style: FloatArray


def shares(numbers: Judging, reading: Reading, found: Occurrences, vectors: Vectors) -> Shares:
    """Share the log-odds of a text out.

    Parameters
    ----------
    numbers
        What judges the language.
    reading, found, vectors
        A text, the terms found in it, and the vectors of its passages.
    """
    encoder, words, style = numbers.reader.coef.tolist()
    whole = np.zeros(len(found.feature), dtype=np.int64)
    terms = TermShares.of(numbers.words, found.feature, whole)
    measures = _measures(numbers.style.coef, numbers.scale, reading)
    away = vectors.sums - vectors.counts[:, None] * numbers.encoder.mean
    passages = (away * numbers.encoder.coef).sum(axis=1) / max(float(vectors.counts.sum()), 1.0)
    scores = np.array(
        [
            float(passages.sum()) + float(numbers.encoder.bias),
            terms.total + numbers.words.bias,
            float(measures.sum()) + numbers.style.bias,
        ]
    )
    return Shares(scores, encoder * passages, words * terms.each, style * measures)


def _measures(coef: FloatArray, scale: StyleScale, reading: Reading) -> FloatArray:
    """Add up the shares of each measure's features: its score and its hinges."""
    each = coef * scale.features(reading.style)
    result: FloatArray = each.reshape(-1, len(MEASURES)).sum(axis=0)
    return result


def sigmoid(x: FloatArray | float) -> FloatArray:
    """Return the logistic function of log-odds, without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * np.asarray(x, dtype=np.float64))))


def softmax(x: FloatArray) -> FloatArray:
    """Return probabilities of log-odds that are told up to a constant."""
    raised = np.exp(x - x.max())
    told: FloatArray = raised / raised.sum()
    return told
