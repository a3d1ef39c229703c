"""The numbers of a model, one record a language: what training makes and scoring reads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from krynica.classifier.arrays import FloatArray

SIGNALS: tuple[str, ...] = ("encoder", "words", "style")
"""The views that the levels are told from, in the order of their numbers."""
POINTS: tuple[str, ...] = ("report", "opinion", "short")
"""Kinds of text with operating points of their own: articles that report, articles that argue
(analysis, opinion, interview), and short texts, as posts are."""


@dataclass(frozen=True)
class LinearTerms:
    """A linear model over TF-IDF of terms.

    Parameters
    ----------
    idf, coef
        One entry a term of the language's list; both 0 for a term this view does not use.
    bias
        Intercept.
    """

    idf: FloatArray
    coef: FloatArray
    bias: float


@dataclass(frozen=True)
class StyleScale:
    """How measures become features: clipped z-scores, then hinges at quantiles.

    Parameters
    ----------
    mean, spread
        Of each measure in training, shape (n_measures,).
    knots
        Quantiles of each measure, shape (n_knots, n_measures).
    """

    mean: FloatArray
    spread: FloatArray
    knots: FloatArray

    def features(self, measures: FloatArray) -> FloatArray:
        """Turn measures, shape (..., n_measures), into features, (..., n_features).

        Measures that are newer than the model stand behind those it knows, and are left out.
        """
        measures = measures[..., : self.mean.shape[-1]]
        scaled = np.clip((measures - self.mean) / self.spread, -3.0, 3.0)
        hinges = [np.clip((measures - knot) / self.spread, 0.0, 3.0) for knot in self.knots]
        return np.concatenate([scaled, *hinges], axis=-1)


@dataclass(frozen=True)
class LinearStyle:
    """A linear model over the features of a `StyleScale`."""

    coef: FloatArray
    bias: float


@dataclass(frozen=True)
class LinearVector:
    """A linear model over the encoder's vectors.

    Parameters
    ----------
    mean
        The vector of an average text, shape (width,): shares are told as distances from it.
    coef
        Shape (width,), or (width, n) for several models at once.
    bias
        What an average text gets, shape () or (n,).
    """

    mean: FloatArray
    coef: FloatArray
    bias: FloatArray

    def of(self, vectors: FloatArray) -> FloatArray:
        """Return what vectors, shape (..., width), get."""
        # Sums over an axis, not products of matrices: these add in another order with more threads.
        centred = np.asarray(vectors) - self.mean
        if self.coef.ndim == 1:
            told: FloatArray = (centred * self.coef).sum(axis=-1) + self.bias
            return told
        several: FloatArray = (centred[..., None] * self.coef).sum(axis=-2) + self.bias
        return several


@dataclass(frozen=True)
class Reader:
    """From the views' scores to the levels: one ordinal model (proportional odds, McCullagh 1980).

    The log-odds of a score of *k* or more are ``coef @ scores - cuts[k - 1]``.

    Parameters
    ----------
    coef
        What each view's score counts, shape (3,), in the order of `SIGNALS`.
    cuts
        Shape (4,), ascending.
    slopes, intercepts
        Platt scaling of each view alone to a probability of 2 or more, for `signals`, shape (3,).
    """

    coef: FloatArray
    cuts: FloatArray
    slopes: FloatArray
    intercepts: FloatArray


@dataclass(frozen=True)
class Points:
    """Operating points by kind of text, each of shape (3,), in the order of `POINTS`.

    Parameters
    ----------
    accuse
        Least `p_propaganda` of the verdict ``propaganda``. Above 1: never.
    clear
        Greatest `p_propaganda` of the verdict ``journalism``. Below 0: never.
    least_known
        Least share of words that the model knows; below it a text is unlike its training.
    """

    accuse: FloatArray
    clear: FloatArray
    least_known: float


@dataclass(frozen=True)
class Techniques:
    """Which technique a reader would name who marks a passage: one logistic regression each.

    Parameters
    ----------
    names
        Keys of `classifier.techniques.TECHNIQUES`, or names of a corpus' own.
    vector
        The regressions, over the vector of a passage.
    """

    names: tuple[str, ...]
    vector: LinearVector


@dataclass(frozen=True)
class Usual:
    """The range of each measure in which four of five plain articles lie.

    Parameters
    ----------
    low, high
        First and ninth decile, every outlet weighing the same, shape (n_measures,).
    """

    low: FloatArray
    high: FloatArray


@dataclass(frozen=True)
class Judging:
    """What tells the levels of a language: views, reader, genre and operating points.

    Parameters
    ----------
    words, encoder
        Views over terms and over the mean vector.
    scale, style
        View over measures.
    reader, points
        From the views to levels, and from levels to a verdict.
    genre
        Log-odds of each of `classifier.answer.GENRES`; None where nothing told genres.
    """

    words: LinearTerms
    encoder: LinearVector
    scale: StyleScale
    style: LinearStyle
    reader: Reader
    points: Points
    genre: LinearVector | None = None


@dataclass(frozen=True)
class ScreenParameters:
    """The numbers of the screen: a look at the words alone, before the encoder.

    Parameters
    ----------
    terms
        Pieces of text and pairs of them, as `classifier.screen` tells them; of all languages.
    words
        Linear model over them.
    readers
        From its score to the levels, by language; each has one coefficient.
    clear
        Greatest `p_propaganda` of a text that the screen calls ``journalism``. Below 0: never.
    least_known
        Least share of a text's pieces that must be among the terms for it to be called so.
    """

    terms: tuple[str, ...]
    words: LinearTerms
    readers: dict[str, Reader]
    clear: float
    least_known: float


@dataclass(frozen=True)
class LanguageParameters:
    """All numbers of one language.

    Parameters
    ----------
    terms
        Terms in the order of the arrays.
    judging
        None for a language without readings.
    persuasion
        Log-odds that a trained reader would mark a passage; None without marked passages.
    techniques
        None where too few passages name theirs.
    usual
        None for a language with too few plain texts to tell what is usual.
    """

    terms: tuple[str, ...]
    judging: Judging | None = None
    persuasion: LinearVector | None = None
    techniques: Techniques | None = None
    usual: Usual | None = None
