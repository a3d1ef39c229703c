"""The three views: each turns a reading into log-odds, and can say where they came from.

*Outlet view*: words of articles labelled by outlet, names masked. *Persuasion view*: words of
passages that people marked, averaged over the passages. *Style view*: measures of how the text
is written. All are linear, so that every contribution is exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from classifier.parameters import Articles, LinearTerms, Persuasion, StyleScale
from classifier.reading import Reading
from classifier.style import MEASURES
from classifier.terms import TermIndex

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


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
    """Share the log-odds of a TF-IDF model out among the occurrences of its terms.

    TF-IDF as in scikit-learn with ``sublinear_tf=True``: ``(1 + ln tf) * idf``, scaled to unit
    length within a group.

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
        The sum over a group, plus the bias, is the group's log-odds.
    """
    if not len(feature):
        return np.zeros(0)
    key = group * len(view.idf) + feature
    unique, place, count = np.unique(key, return_inverse=True, return_counts=True)
    term, unit = unique % len(view.idf), unique // len(view.idf)
    value = (1.0 + np.log(count)) * view.idf[term]
    length = np.sqrt(np.bincount(unit, value**2))[unit]
    with np.errstate(invalid="ignore"):
        share = np.where(length > 0, value * view.coef[term] / length, 0.0) / count
    result: FloatArray = share[place]
    return result


@dataclass(frozen=True)
class Shares:
    """One view's log-odds of an article, and what they are the sum of.

    Parameters
    ----------
    terms
        Share of each occurrence of a term.
    style
        Share of each measure, in the order of `classifier.style.MEASURES`.
    bias
        What is left without both.
    """

    terms: FloatArray
    style: FloatArray
    bias: float

    @property
    def total(self) -> float:
        """The view's log-odds."""
        return float(self.terms.sum() + self.style.sum() + self.bias)

    def scaled(self, by: float) -> Shares:
        """Return the shares in log-odds of a combiner in which the view has this coefficient."""
        return Shares(self.terms * by, self.style * by, self.bias * by)


def shares_of_outlet(articles: Articles, found: Occurrences) -> Shares:
    """Share the outlet view's log-odds out."""
    whole = np.zeros(len(found.feature), dtype=np.int64)
    terms = contributions(articles.outlet, found.feature, whole)
    return Shares(terms, np.zeros(len(MEASURES)), articles.outlet.bias)


def shares_of_style(articles: Articles, reading: Reading) -> Shares:
    """Share the style view's log-odds out."""
    measures = _measures(articles.style.coef, articles.scale, reading)
    return Shares(np.zeros(0), measures, articles.style.bias)


def shares_of_persuasion(view: Persuasion | None, reading: Reading, found: Occurrences) -> Shares:
    """Share the persuasion view's log-odds out; without a view they are 0."""
    if view is None:
        return Shares(np.zeros(len(found.feature)), np.zeros(len(MEASURES)), 0.0)
    terms = contributions(view.terms, found.feature, found.passage)
    weighted = terms * passage_weights(reading)[found.passage]
    measures = _measures(view.style.coef, view.scale, reading)
    return Shares(weighted, measures, view.terms.bias + view.style.bias)


def _measures(coef: FloatArray, scale: StyleScale, reading: Reading) -> FloatArray:
    """Add up the shares of each measure's features: its score and its hinges."""
    shares = coef * scale.features(reading.style)
    result: FloatArray = shares.reshape(-1, len(MEASURES)).sum(axis=0)
    return result


def passage_weights(reading: Reading) -> FloatArray:
    """Return each passage's share of the words, shape (n_passages,)."""
    tokens = reading.tokens
    counted = np.bincount(tokens.passage, tokens.is_word.astype(np.float64))
    share: FloatArray = counted / max(counted.sum(), 1.0)
    return share


def sigmoid(x: FloatArray | float) -> FloatArray:
    """Return the logistic function of log-odds, without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * np.asarray(x, dtype=np.float64))))
