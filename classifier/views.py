"""The three views: each turns a reading into log-odds, and can say where they came from.

*Outlet view*: words of articles labelled by outlet, names masked. *Persuasion view*: words of
passages that people marked, averaged over the passages. *Style view*: measures of how the text
is written. All are linear, so that every contribution is exact.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from classifier.measures import MEASURES
from classifier.parameters import Articles, LanguageParameters, LinearTerms, Persuasion, StyleScale
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
    """Shares of a TF-IDF model's log-odds: equal for all occurrences of a term in a group.

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

    def times(self, weight: FloatArray | float) -> TermShares:
        """Return the shares times a weight, or each group's."""
        by = weight if isinstance(weight, float) else weight[self.group]
        return replace(self, share=self.share * by)

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
    """One view's log-odds of an article, and what they are the sum of.

    Parameters
    ----------
    of_terms
        Shares of the terms; None in a view that has none.
    style
        Share of each measure, in the order of `classifier.measures.MEASURES`.
    bias
        What is left without both.
    """

    of_terms: TermShares | None
    style: FloatArray
    bias: float

    @property
    def terms(self) -> FloatArray:
        """Share of each occurrence of a term."""
        return np.zeros(0) if self.of_terms is None else self.of_terms.each

    @property
    def total(self) -> float:
        """The view's log-odds."""
        terms = 0.0 if self.of_terms is None else self.of_terms.total
        return terms + float(self.style.sum()) + self.bias

    def scaled(self, by: float) -> Shares:
        """Return the shares in log-odds of a combiner in which the view has this coefficient."""
        terms = None if self.of_terms is None else self.of_terms.times(float(by))
        return Shares(terms, self.style * by, self.bias * by)


def shares(
    numbers: LanguageParameters, reading: Reading, found: Occurrences
) -> tuple[Shares, Shares, Shares]:
    """Share out the log-odds of the views in the order of `SIGNALS`; 0 of a view that is not there.

    Parameters
    ----------
    numbers
        The language's numbers.
    reading, found
        A text, and the terms found in it.
    """
    if numbers.articles is None:
        outlet = style = Shares(None, np.zeros(len(MEASURES)), 0.0)
    else:
        outlet = shares_of_outlet(numbers.articles, found)
        style = shares_of_style(numbers.articles, reading)
    return outlet, style, shares_of_persuasion(numbers.persuasion, reading, found)


def shares_of_outlet(articles: Articles, found: Occurrences) -> Shares:
    """Share the outlet view's log-odds out."""
    whole = np.zeros(len(found.feature), dtype=np.int64)
    terms = TermShares.of(articles.outlet, found.feature, whole)
    return Shares(terms, np.zeros(len(MEASURES)), articles.outlet.bias)


def shares_of_style(articles: Articles, reading: Reading) -> Shares:
    """Share the style view's log-odds out."""
    measures = _measures(articles.style.coef, articles.scale, reading)
    return Shares(None, measures, articles.style.bias)


def shares_of_persuasion(view: Persuasion | None, reading: Reading, found: Occurrences) -> Shares:
    """Share the persuasion view's log-odds out; without a view they are 0."""
    if view is None:
        return Shares(None, np.zeros(len(MEASURES)), 0.0)
    terms = TermShares.of(view.terms, found.feature, found.passage)
    weighted = terms.times(passage_weights(reading))
    measures = _measures(view.style.coef, view.scale, reading)
    return Shares(weighted, measures, view.terms.bias + view.style.bias)


def _measures(coef: FloatArray, scale: StyleScale, reading: Reading) -> FloatArray:
    """Add up the shares of each measure's features: its score and its hinges.

    A measure that is newer than the model has none.
    """
    shares = coef * scale.features(reading.style)
    known = shares.reshape(-1, len(scale.mean)).sum(axis=0)
    result: FloatArray = np.pad(known, (0, len(MEASURES) - len(known)))
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
