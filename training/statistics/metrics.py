"""Figures of how good verdicts are. Pure functions of numbers; nothing is drawn or printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from krynica.classifier.arrays import FloatArray, IntArray

Statistic = Callable[[IntArray], float | None]
"""A figure of some of the rows, given by their numbers."""
_SAMPLES = 1000
"""Draws of a bootstrap. Of three outlets one draw in 27 meets a given one alone, and an interval of
95% ends at one in 40: 200 draws told such a draw or not by chance."""
_DRAWN = 200
"""Draws of labels from probabilities: the last of twenty is told by ten of them."""
DIGITS = 3
"""Of figures that are told: the interval by outlet is never narrower."""
_SURE = 1e-6
"""Probabilities count as no nearer to 0 and 1 in the log loss: one row must not decide it."""


def auc(label: IntArray, score: FloatArray) -> float | None:
    """Return the area under the ROC curve, or None with a single class.

    The share of pairs of both classes in which propaganda scores higher, ties counting half
    (Hanley & McNeil 1982): by ranks, five times as fast as by drawing the curve.
    """
    found, news = int((label == 1).sum()), int((label == 0).sum())
    if not found or not news:
        return None
    ranks = float(rankdata(score)[label == 1].sum())
    return (ranks - found * (found + 1) / 2) / (found * news)


def accusing_above(label: IntArray, score: FloatArray, share: float) -> float:
    """Return the least score above which at most this share of journalism lies.

    Parameters
    ----------
    label, score
        1 propaganda, 0 journalism; and their scores, shape (n_rows,). Journalism must be there.
    share
        Share of journalism that may be accused.

    Returns
    -------
    float
        Whoever scores *more* is accused, so that equal scores share one fate.
    """
    news = np.sort(score[label == 0])
    allowed = int(share * len(news) + 1e-9)
    return float(news[len(news) - allowed - 1]) if allowed < len(news) else -np.inf


def recall_at(label: IntArray, score: FloatArray, false_accusations: float = 0.02) -> float | None:
    """Return the share of propaganda found where at most this share of journalism is accused."""
    if label.all() or not label.any():
        return None
    return float((score[label == 1] > accusing_above(label, score, false_accusations)).mean())


def within(
    measure: Callable[[IntArray, FloatArray], float | None],
    label: IntArray,
    score: FloatArray,
    block: IntArray,
) -> float | None:
    """Return the mean of a measure over blocks, each weighted by its propaganda.

    Every block was scored by a model of its own, so scores are compared inside blocks alone.
    """
    total, weight = 0.0, 0
    for number in np.unique(block).tolist():
        rows = block == number
        value = measure(label[rows], score[rows])
        if value is not None:
            positives = int(label[rows].sum())
            total, weight = total + value * positives, weight + positives
    return total / weight if weight else None


def calibration_error(label: IntArray, p: FloatArray, weight: FloatArray, bins: int = 10) -> float:
    """Return the expected calibration error.

    The mean over equal-width bins of the distance between mean probability and share of
    propaganda, weighted by the bins' weight (Naeini et al. 2015, "Obtaining Well Calibrated
    Probabilities Using Bayesian Binning").
    """
    number = np.minimum((p * bins).astype(np.int64), bins - 1)
    total = np.bincount(number, weight, bins)
    gap = np.abs(np.bincount(number, weight * (p - label), bins))
    return float(gap[total > 0].sum() / total.sum())


def chance_calibration_error(label: IntArray, p: FloatArray) -> float | None:
    """Return the calibration error that 19 in 20 perfectly calibrated probabilities stay below.

    Of few texts `calibration_error` is far from 0 even so. Labels are drawn from the probabilities
    themselves, and the error of each draw is taken (consistency resampling, Bröcker & Smith 2007,
    "Increasing the Reliability of Reliability Diagrams"). Texts are drawn each for itself: those of
    one outlet are alike, and the error that chance makes is rather larger.

    Parameters
    ----------
    label
        1 propaganda, 0 journalism: their odds are those at which labels are drawn.
    p
        Probabilities where both classes weigh the same.

    Returns
    -------
    float or None
        None with a single class.
    """
    share = label.mean() if len(label) else 0.0
    if share in {0.0, 1.0}:
        return None
    given = np.clip(p, _SURE, 1 - _SURE)
    odds = given / (1 - given) * share / (1 - share)
    drawn = np.random.default_rng(0).random((_DRAWN, len(p))) < odds / (1 + odds)
    errors = [
        calibration_error(one, p, alike(one, np.ones(len(p))))
        for one in drawn.astype(np.int64)
        if 0 < one.sum() < len(one)
    ]
    return float(np.quantile(errors, 0.95)) if errors else None


def brier(label: IntArray, p: FloatArray, weight: FloatArray) -> float:
    """Return the weighted mean square of a probability's distance from the label (Brier 1950)."""
    return float(np.average((p - label) ** 2, weights=weight))


def log_loss(label: IntArray, p: FloatArray, weight: FloatArray) -> float:
    """Return the weighted mean of the negative log of what the true label was given."""
    given = np.clip(np.where(label == 1, p, 1 - p), _SURE, 1 - _SURE)
    return float(np.average(-np.log(given), weights=weight))


def weights(label: IntArray, outlet: npt.NDArray[np.object_]) -> FloatArray:
    """Weigh rows so that the classes weigh the same, and an outlet by the root of its articles.

    A newsroom with 900 articles would else drown ten with 90: verdicts must hold for the next
    newsroom, not for the largest.
    """
    _, number, size = np.unique(outlet.astype(str), return_inverse=True, return_counts=True)
    weight = 1.0 / np.sqrt(size[number])
    for value in (0, 1):
        weight[label == value] /= weight[label == value].sum()
    result: FloatArray = weight * len(label) / 2.0
    return result


def alike(label: IntArray, weight: FloatArray) -> FloatArray:
    """Return the weights scaled so that both classes weigh the same."""
    total = np.bincount(label, weight, 2)
    result: FloatArray = weight / total[label]
    return result


def outlet_interval(
    label: IntArray,
    score: FloatArray,
    block: IntArray,
    outlet: npt.NDArray[np.str_],
    level: float = 0.95,
) -> tuple[float, float] | None:
    """Return a bootstrap interval of the AUC within blocks; see `bootstrap`."""

    def statistic(rows: IntArray) -> float | None:
        return within(auc, label[rows], score[rows], block[rows])

    return bootstrap({"auc": statistic}, label, outlet, level)["auc"]


def bootstrap(
    statistics: Mapping[str, Statistic],
    label: IntArray,
    outlet: npt.NDArray[np.str_],
    level: float = 0.95,
) -> dict[str, tuple[float, float] | None]:
    """Return bootstrap intervals by outlet, all on the same draws.

    Outlets are drawn with replacement in each class, with all their rows: what varies is who is
    met (percentile intervals, Efron & Tibshirani 1993, chapter 13; clusters are outlets).

    Parameters
    ----------
    statistics
        By name, a function of row numbers, some of which stand twice or more.
    label, outlet
        One entry a row.
    level
        Share of the draws inside the interval.

    Returns
    -------
    dict
        By name, the ends; None where the figure could be told in no draw.
    """
    rng = np.random.default_rng(0)
    values: dict[str, list[float]] = {name: [] for name in statistics}
    strata = list(_strata(label, outlet))
    for _ in range(_SAMPLES):
        rows = _draw(strata, rng)
        for name, statistic in statistics.items():
            value = statistic(rows)
            if value is not None:
                values[name].append(value)
    ends = (1 - level) / 2, (1 + level) / 2
    return {
        name: (float(np.quantile(drawn, ends[0])), float(np.quantile(drawn, ends[1])))
        if drawn
        else None
        for name, drawn in values.items()
    }


def _strata(label: IntArray, outlet: npt.NDArray[np.str_]) -> Iterator[tuple[IntArray, IntArray]]:
    """Yield the rows of each class, with the number of each row's outlet."""
    for value in (0, 1):
        rows = np.flatnonzero(label == value)
        if len(rows):
            yield rows, np.unique(outlet[rows], return_inverse=True)[1]


def _draw(strata: list[tuple[IntArray, IntArray]], rng: np.random.Generator) -> IntArray:
    picked = []
    for rows, name in strata:
        drawn = rng.integers(name.max() + 1, size=name.max() + 1)
        times = np.bincount(drawn, minlength=name.max() + 1)
        picked.append(np.repeat(rows, times[name]))
    return np.concatenate(picked)


def share(hits: npt.NDArray[np.bool_]) -> float | None:
    """Return the share of hits, rounded; None of nothing."""
    return rounded(float(hits.mean())) if len(hits) else None


def rounded(value: float | None) -> float | None:
    """Return a figure rounded to `DIGITS`; None stays None."""
    return None if value is None else round(float(value), DIGITS)
