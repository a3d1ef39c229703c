"""What is usual in the journalism of a language: the range of each measure of style."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from krynica.classifier.arrays import FloatArray
from krynica.classifier.parameters import Usual

LEAST = 100
"""Fewest articles from which anything is said to be usual."""
DECILES = 0.1, 0.9


def usual_range(style: FloatArray, outlet: Sequence[object]) -> Usual | None:
    """Return the first and the ninth decile of each measure, every newsroom weighing the same.

    Parameters
    ----------
    style
        Measures of articles of newsrooms, shape (n_articles, n_measures).
    outlet
        Whose articles they are.

    Returns
    -------
    Usual or None
        None for fewer than `LEAST` articles.
    """
    if len(style) < LEAST:
        return None
    names = np.array([str(name) for name in outlet])
    _, number, size = np.unique(names, return_inverse=True, return_counts=True)
    low, high = weighted_quantiles(style, 1.0 / size[number], DECILES)
    return Usual(low, high)


def weighted_quantiles(
    values: FloatArray, weight: FloatArray, shares: Sequence[float]
) -> list[FloatArray]:
    """Return quantiles of each column: the least value at or below which a share of weight lies.

    Parameters
    ----------
    values
        Shape (n_rows, n_columns).
    weight
        Weight of each row, shape (n_rows,).
    shares
        Between 0 and 1.

    Returns
    -------
    list of ndarray, shape (n_columns,)
        One a share.
    """
    order = np.argsort(values, axis=0, kind="stable")
    ordered = np.take_along_axis(values, order, axis=0)
    reached = np.cumsum(weight[order], axis=0) / weight.sum()
    rows = [np.argmax(reached >= share - 1e-12, axis=0) for share in shares]
    return [ordered[row, np.arange(values.shape[1])] for row in rows]
