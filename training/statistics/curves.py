"""Curves of probabilities: calibration, and what abstaining buys."""

from __future__ import annotations

import numpy as np

from krynica.classifier.arrays import FloatArray, IntArray
from krynica.training.results.worth import Bin, RiskCoverage
from krynica.training.statistics.metrics import DIGITS, rounded

BINS = 10
COVERAGES = np.linspace(0.05, 1.0, 20)
"""Coverages at which the risk-coverage curve is told."""


def reliability(label: IntArray, p: FloatArray, weight: FloatArray) -> tuple[Bin, ...]:
    """Return the reliability curve over `BINS` bins of equal width (DeGroot & Fienberg 1983).

    Parameters
    ----------
    label, p, weight
        1 propaganda, 0 journalism; probabilities of propaganda; and weights, shape (n_rows,).
    """
    number = np.minimum((p * BINS).astype(np.int64), BINS - 1)
    total = np.bincount(number, weight, BINS)
    sums = np.bincount(number, weight * p, BINS), np.bincount(number, weight * label, BINS)
    return tuple(
        Bin(
            round(at / BINS, DIGITS),
            round((at + 1) / BINS, DIGITS),
            rounded(float(sums[0][at] / total[at])) if total[at] else None,
            rounded(float(sums[1][at] / total[at])) if total[at] else None,
            round(float(total[at] / total.sum()), DIGITS),
        )
        for at in range(BINS)
    )


def risk_coverage(label: IntArray, p: FloatArray, weight: FloatArray) -> RiskCoverage:
    """Return the error among the most certain rows, for growing shares of rows.

    Certainty is the distance of the probability from one half; an error is a probability on the
    wrong side of it. Rows that are equally certain come in together.

    Parameters
    ----------
    label, p, weight
        As for `reliability`.
    """
    certainty, rank = np.unique(-np.round(np.abs(p - 0.5), 12), return_inverse=True)
    wrong = (p >= 0.5) != (label == 1)
    part = np.bincount(rank, weight, len(certainty)) / weight.sum()
    error = np.cumsum(np.bincount(rank, weight * wrong, len(certainty))) / weight.sum()
    coverage = np.cumsum(part)
    risk = error / coverage
    at = np.minimum(np.searchsorted(coverage, COVERAGES - 1e-9), len(risk) - 1)
    points = zip(COVERAGES.tolist(), risk[at].tolist(), strict=True)
    return RiskCoverage(
        round(float(part @ risk), DIGITS),
        tuple((round(x, DIGITS), round(y, DIGITS)) for x, y in points),
    )
