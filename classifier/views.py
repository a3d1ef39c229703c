"""The three views: each turns a reading into log-odds, and can say where they came from.

*Outlet view*: words of articles labelled by outlet, names masked. *Persuasion view*: words of
passages that people marked, averaged over the passages. *Style view*: measures of how the text
is written. All are linear, so that every contribution is exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from classifier.parameters import LinearTerms
from classifier.reading import Reading
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


def passage_weights(reading: Reading) -> FloatArray:
    """Return each passage's share of the words, shape (n_passages,)."""
    tokens = reading.tokens
    counted = np.bincount(tokens.passage, tokens.is_word.astype(np.float64))
    share: FloatArray = counted / max(counted.sum(), 1.0)
    return share


def sigmoid(x: FloatArray | float) -> FloatArray:
    """Return the logistic function of log-odds, without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * np.asarray(x, dtype=np.float64))))
