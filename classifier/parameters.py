"""The numbers of a model, one record a language: what training makes and scoring reads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


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
class Persuasion:
    """The persuasion view: terms of a passage, style of the whole text, and calibration.

    Parameters
    ----------
    terms
        Linear model of a passage's words.
    scale, style
        Linear model of the text's measures, added to the mean over its passages.
    slope, intercept
        Platt scaling of the sum to `p_persuasion`.
    """

    terms: LinearTerms
    scale: StyleScale
    style: LinearStyle
    slope: float
    intercept: float


@dataclass(frozen=True)
class Techniques:
    """Which technique a reader would name who marks a passage: one logistic regression each.

    They look at a passage as the persuasion view does, with its TF-IDF and its scale of style.

    Parameters
    ----------
    names
        Keys of `classifier.techniques.TECHNIQUES`, or names of a corpus' own.
    columns
        Numbers of the terms that are looked at, shape (n_columns,).
    coef, style_coef
        Shapes (n_columns, n_techniques) and (n_features, n_techniques).
    bias
        Intercepts, shape (n_techniques,); calibrated on documents held out.
    """

    names: tuple[str, ...]
    columns: npt.NDArray[np.int64]
    coef: FloatArray
    style_coef: FloatArray
    bias: FloatArray


@dataclass(frozen=True)
class Usual:
    """The range of each measure in which four of five articles of newsrooms lie.

    Parameters
    ----------
    low, high
        First and ninth decile, every newsroom weighing the same, shape (n_measures,).
    """

    low: FloatArray
    high: FloatArray


SIGNALS: tuple[str, ...] = ("outlet", "style", "persuasion")
"""The views, in the order of the combiner's numbers."""


@dataclass(frozen=True)
class Combiner:
    """From the views' log-odds to `p_propaganda` and a verdict. All fitted on held-out outlets.

    Parameters
    ----------
    coef, bias
        Logistic regression on the three views, shape (3,), in the order of `SIGNALS`.
    slopes, intercepts
        Platt scaling of each view alone, for `signals`, shape (3,).
    accuse
        Operating point: least `p_propaganda` of the verdict ``propaganda``. Above 1: never.
    clear
        Greatest `p_propaganda` of the verdict ``journalism``. Below 0: never.
    least_known
        Least share of words that the model knows; below it a text is unlike its training.
    """

    coef: FloatArray
    bias: float
    slopes: FloatArray
    intercepts: FloatArray
    accuse: float
    clear: float
    least_known: float


@dataclass(frozen=True)
class Articles:
    """What judges whole articles of a language: the outlet view, the style view, the combiner."""

    outlet: LinearTerms
    scale: StyleScale
    style: LinearStyle
    combiner: Combiner


@dataclass(frozen=True)
class LanguageParameters:
    """All numbers of one language.

    Parameters
    ----------
    terms
        Terms in the order of the arrays.
    persuasion
        The persuasion view; None for a language without marked passages.
    articles
        The views of whole articles; None for a language without articles of both classes.
    techniques
        None for a language in which too few passages name theirs.
    usual
        None for a language with too little journalism to tell what is usual.
    """

    terms: tuple[str, ...]
    persuasion: Persuasion | None = None
    articles: Articles | None = None
    techniques: Techniques | None = None
    usual: Usual | None = None
