"""Curves of probabilities: calibration, and what abstaining buys."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from krynica.training.metrics import rounded

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BINS = 10
COVERAGES = np.linspace(0.05, 1.0, 20)
"""Coverages at which the risk-coverage curve is told."""


def reliability(label: IntArray, p: FloatArray, weight: FloatArray) -> list[dict[str, Any]]:
    """Return the reliability curve over `BINS` bins of equal width (DeGroot & Fienberg 1983).

    Parameters
    ----------
    label, p, weight
        1 propaganda, 0 journalism; probabilities of propaganda; and weights, shape (n_rows,).

    Returns
    -------
    list of dict
        Of each bin ``from``, ``to``, ``mean_p``, ``propaganda`` (its share; both None in an empty
        bin) and ``weight`` (of all rows; the bins' weights add up to 1).
    """
    number = np.minimum((p * BINS).astype(np.int64), BINS - 1)
    total = np.bincount(number, weight, BINS)
    sums = np.bincount(number, weight * p, BINS), np.bincount(number, weight * label, BINS)
    return [
        {
            "from": rounded(at / BINS),
            "to": rounded((at + 1) / BINS),
            "mean_p": rounded(float(sums[0][at] / total[at])) if total[at] else None,
            "propaganda": rounded(float(sums[1][at] / total[at])) if total[at] else None,
            "weight": rounded(float(total[at] / total.sum())),
        }
        for at in range(BINS)
    ]


def risk_coverage(label: IntArray, p: FloatArray, weight: FloatArray) -> dict[str, Any]:
    """Return the error among the most certain rows, for growing shares of rows.

    Certainty is the distance of the probability from one half; an error is a probability on the
    wrong side of it. Rows that are equally certain come in together.

    Parameters
    ----------
    label, p, weight
        As for `reliability`.

    Returns
    -------
    dict
        ``points``, a list of ``[coverage, error]`` at `COVERAGES` (the error at the first coverage
        that reaches it), and ``area`` under the whole curve, 0 at best (Geifman & El-Yaniv 2017,
        "Selective Classification for Deep Neural Networks").
    """
    certainty, rank = np.unique(-np.round(np.abs(p - 0.5), 12), return_inverse=True)
    wrong = (p >= 0.5) != (label == 1)
    part = np.bincount(rank, weight, len(certainty)) / weight.sum()
    error = np.cumsum(np.bincount(rank, weight * wrong, len(certainty))) / weight.sum()
    coverage = np.cumsum(part)
    risk = error / coverage
    at = np.minimum(np.searchsorted(coverage, COVERAGES - 1e-9), len(risk) - 1)
    points = zip(COVERAGES.tolist(), risk[at].tolist(), strict=True)
    return {
        "area": rounded(float(part @ risk)),
        "points": [[rounded(x), rounded(y)] for x, y in points],
    }
