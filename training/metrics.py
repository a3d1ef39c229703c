"""Figures of how good verdicts are. Pure functions of numbers; nothing is drawn or printed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score, roc_curve

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
_SAMPLES = 200


def auc(label: IntArray, score: FloatArray, weight: FloatArray | None = None) -> float | None:
    """Return the area under the ROC curve, or None with a single class."""
    if len(np.unique(label)) < 2:
        return None
    return float(roc_auc_score(label, score, sample_weight=weight))


def recall_at(label: IntArray, score: FloatArray, false_accusations: float = 0.02) -> float | None:
    """Return the share of propaganda found where at most this share of journalism is accused."""
    if len(np.unique(label)) < 2:
        return None
    accused, found, _ = roc_curve(label, score)
    return float(found[accused <= false_accusations].max())


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


def outlet_interval(
    label: IntArray,
    score: FloatArray,
    block: IntArray,
    outlet: npt.NDArray[np.str_],
    level: float = 0.95,
) -> tuple[float, float] | None:
    """Return a bootstrap interval of the AUC within blocks.

    Outlets are drawn with replacement in each class and block: what varies is who is met.
    """
    rng = np.random.default_rng(0)
    values = []
    for _ in range(_SAMPLES):
        rows = _draw(label, block, outlet, rng)
        value = within(auc, label[rows], score[rows], block[rows])
        if value is not None:
            values.append(value)
    if not values:
        return None
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _draw(
    label: IntArray, block: IntArray, outlet: npt.NDArray[np.str_], rng: np.random.Generator
) -> IntArray:
    picked = []
    for number in np.unique(block).tolist():
        for value in (0, 1):
            rows = np.flatnonzero((block == number) & (label == value))
            if len(rows):
                _, name = np.unique(outlet[rows], return_inverse=True)
                drawn = rng.integers(name.max() + 1, size=name.max() + 1)
                times = np.bincount(drawn, minlength=name.max() + 1)
                picked.append(np.repeat(rows, times[name]))
    return np.concatenate(picked)


def wilson(hits: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """Return Wilson's score interval of a share (Wilson 1927), (0, 1) of nothing."""
    if not total:
        return 0.0, 1.0
    share, square = hits / total, z * z / total
    middle = (share + square / 2) / (1 + square)
    half = z * np.sqrt(share * (1 - share) / total + square / (4 * total)) / (1 + square)
    return float(max(0.0, middle - half)), float(min(1.0, middle + half))
