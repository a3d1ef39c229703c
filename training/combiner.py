"""The combiner, its calibration and its operating points, fitted on outlets held out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from classifier.parameters import Articles, Combiner
from classifier.views import sigmoid
from training.articles import ArticleRows, fit_views, repeated
from training.crossfit import CrossFit, HeldOut, learned_from
from training.fits import fit_monotone
from training.metrics import auc
from training.operating import LARGE, Trial, operating_points

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
LEAST_SLOPE = 0.05
"""Least slope of a calibration: where held-out outlets show no order at all, probabilities all but
stand still, and texts keep their order."""
TOLD = 0.6
"""Least AUC of every large propaganda outlet, held out, for probabilities to leave the middle. The
next outlet may be of the kind that can be told least: Russian agencies and Sputnik Polska have .47
to .56, where .5 knows nothing, and the English outlets .71 or more."""
UNLIKE = 0.005
"""Share of articles of held-out outlets that the model calls unlike its training."""


def fit_articles(rows: ArticleRows, fitted: CrossFit) -> Articles:
    """Fit the views on all rows, and the combiner on what was said of outlets held out.

    Parameters
    ----------
    rows
        Articles of one language.
    fitted
        Their cross-fit.
    """
    learned = np.flatnonzero(learned_from(rows, by_outlet=fitted.by_outlet))
    return Articles(*fit_views(rows.take(learned)), fit_combiner(rows, fitted))


def fit_combiner(rows: ArticleRows, fitted: CrossFit) -> Combiner:
    """Fit the combiner, its calibration and its operating points.

    How the views weigh is learned from outlets that are learned from. What the sum is worth is
    then calibrated (Platt 1999) on all outlets: a probability must hold for wire copy, too. Where
    some outlet cannot be told (`TOLD`), the slope is the least there is.

    Parameters
    ----------
    rows
        Articles of one language.
    fitted
        What was said of them by views that had not seen their outlets.
    """
    place, logits = _joined(fitted.parts)
    label, outlet = rows.label[place], rows.outlet[place].astype(str)
    learned = learned_from(rows, by_outlet=fitted.by_outlet)[place]
    own_weight, _ = repeated(rows, place[learned])
    coef, bias = fit_monotone(logits[learned], label[learned], own_weight)
    weight, times = repeated(rows, place)
    score = logits @ coef + bias
    most = None if _all_told(score, label, outlet, times) else LEAST_SLOPE
    slope, shift = _platt(score, label, weight, most)
    coef, bias = slope * coef, slope * bias + shift
    p = sigmoid(logits @ coef + bias)
    slopes, intercepts = np.array([_platt(signal, label, weight) for signal in logits.T]).T
    trials = [Trial(p, label, outlet, times)]
    if fitted.collections:
        again, more = _joined(fitted.collections)
        _, times = repeated(rows, again)
        worth = sigmoid(more @ coef + bias)
        trials.append(Trial(worth, rows.label[again], rows.outlet[again].astype(str), times))
    points = operating_points(trials, weight)
    known = np.concatenate([part.known for part in fitted.parts])
    return Combiner(coef, bias, slopes, intercepts, *points, float(np.quantile(known, UNLIKE)))


def _joined(parts: Sequence[HeldOut]) -> tuple[IntArray, FloatArray]:
    """Return the row numbers and the log-odds of all parts."""
    place = np.concatenate([part.test for part in parts])
    return place, np.concatenate([part.logits for part in parts])


def _all_told(
    score: FloatArray, label: IntArray, outlet: npt.NDArray[np.str_], times: IntArray
) -> bool:
    """Say whether each large propaganda outlet is told from newsrooms."""
    names, number = np.unique(outlet, return_inverse=True)
    size = np.bincount(number, (label == 1) / times, len(names))
    large = np.flatnonzero(size > LARGE - 0.5).tolist()
    told = (
        auc(label[rows], score[rows]) for at in large for rows in [(label == 0) | (number == at)]
    )
    return all(value is None or value >= TOLD for value in told)


def _platt(
    signal: FloatArray, label: IntArray, weight: FloatArray, most: float | None = None
) -> tuple[float, float]:
    coef, intercept = fit_monotone(signal[:, None], label, weight, (LEAST_SLOPE, most))
    return float(coef[0]), intercept
