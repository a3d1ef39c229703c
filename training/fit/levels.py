"""Fit the ordinal model that tells levels, on texts whose outlets the views had not met."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit

from krynica.classifier.arrays import FloatArray, IntArray
from krynica.classifier.parameters import Reader

GAPS = (1.9, 1.8, 2.2)
"""Distances between the cuts where labels tell only whether a text reads as propaganda: those of
the model that ships, rounded."""
GAP_PRIOR, OWN_PRIOR = 2.0, 30.0
"""Weights of what is assumed beside the texts: that the distances are `GAPS`, and that a language's
probabilities lie as those of all together do. The second counts like so many texts of a language:
of 226 Belarusian ones it leaves the slope within a tenth. From 5 to 1,000, and with no numbers of
a language's own at all, the log loss of all stays within .004 (docs/experiments.md)."""
_LEAST = 1e-9
LEAST_ROWS, LEAST_CLASS = 60, 12
"""Fewest texts of a language, and of each class, for probabilities of its own."""


@dataclass(frozen=True)
class Told:
    """What is known of how texts read: the lowest and the highest score each may have.

    Parameters
    ----------
    low, high
        0 to 4, shape (n_rows,).
    weight
        Of each row.
    """

    low: IntArray
    high: IntArray
    weight: FloatArray

    def take(self, rows: npt.NDArray[np.generic]) -> Told:
        """Return some of the rows."""
        return Told(self.low[rows], self.high[rows], self.weight[rows])


def balanced(told: Told) -> Told:
    """Weigh texts so that those of 2 or more and those of 1 or less weigh the same."""
    propaganda = told.low >= 2
    weight = told.weight.astype(np.float64).copy()
    for side in (propaganda, ~propaganda):
        total = weight[side].sum()
        if total:
            weight[side] *= told.weight.sum() / 2 / total
    return replace(told, weight=weight)


def fit_reader(scores: FloatArray, told: Told) -> Reader:
    """Fit the ordinal model of all languages together.

    Parameters
    ----------
    scores
        Of the views, shape (n_rows, n_views).
    told
        How the texts read, weighted.

    Returns
    -------
    Reader
        A view never counts against itself: coefficients are 0 or more.
    """
    told = balanced(told)
    n = scores.shape[1]

    def loss(x: FloatArray) -> tuple[float, FloatArray]:
        coef, cuts = x[:n], np.cumsum(x[n:])
        value, by_latent, by_cuts = _interval_loss(scores @ coef, cuts, told)
        away = x[n + 1 :] - GAPS
        # Cuts are sums of the first and of all distances up to it.
        by_gaps = np.cumsum(by_cuts[::-1])[::-1]
        by_gaps[1:] += GAP_PRIOR * away
        gradient = np.concatenate([scores.T @ by_latent, by_gaps])
        return value + GAP_PRIOR / 2 * float(away @ away), gradient

    begin = np.concatenate([np.full(n, 1.0), [0.0], GAPS])
    bounds = [(0.0, None)] * n + [(None, None)] + [(0.2, None)] * 3
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", bounds=bounds)
    coef, cuts = found.x[:n], np.cumsum(found.x[n:])
    slopes, intercepts = np.ones(n), np.zeros(n)
    for view in range(n):
        slopes[view], intercepts[view] = _platt(scores[:, view], told, 0.0)
    return Reader(coef, cuts, slopes, intercepts)


def adapted(reader: Reader, scores: FloatArray, told: Told) -> Reader:
    """Fit a language's own slope and shift around the reader of all languages.

    Parameters
    ----------
    reader
        Of all languages.
    scores, told
        Texts of the language; with too few of either class the reader stays as it is.
    """
    propaganda = told.low >= 2
    if len(propaganda) < LEAST_ROWS or min(propaganda.sum(), (~propaganda).sum()) < LEAST_CLASS:
        return reader
    told = balanced(told)
    latent = scores @ reader.coef - reader.cuts[1]
    slope, shift = _platt(latent, told, OWN_PRIOR)
    cuts = slope * reader.cuts - shift  # that of 2 or more is slope * latent + shift
    return replace(reader, coef=slope * reader.coef, cuts=cuts)


def _interval_loss(
    latent: FloatArray, cuts: FloatArray, told: Told
) -> tuple[float, FloatArray, FloatArray]:
    """Return minus the log-likelihood of intervals, and its gradients by latent and by cuts."""
    edges = np.concatenate([[-np.inf], cuts, [np.inf]])
    above = expit(latent - edges[told.low])  # of the lowest score or more
    beyond = expit(latent - edges[told.high + 1])  # of more than the highest
    chance = np.maximum(above - beyond, _LEAST)
    d_above, d_beyond = above * (1 - above), beyond * (1 - beyond)
    weight = told.weight / chance
    by_latent = -weight * (d_above - d_beyond)
    by_edges = np.bincount(told.low, weight * d_above, 6) - np.bincount(
        told.high + 1, weight * d_beyond, 6
    )
    by_cuts: FloatArray = np.asarray(by_edges[1:5], dtype=np.float64)
    return float(-(told.weight * np.log(chance)).sum()), by_latent, by_cuts


def _platt(latent: FloatArray, told: Told, prior: float) -> tuple[float, float]:
    """Scale log-odds to a probability of 2 or more (Platt 1999), near as they are by a prior."""
    label = (told.low >= 2).astype(np.float64)

    def loss(x: FloatArray) -> tuple[float, FloatArray]:
        z = x[0] * latent + x[1]
        gap = told.weight * (expit(z) - label)
        value = told.weight @ (np.logaddexp(0, z) - label * z)
        away = np.array([x[0] - 1.0, x[1]])
        gradient = np.array([gap @ latent, gap.sum()]) + prior * away
        return float(value + prior / 2 * away @ away), gradient

    found = minimize(
        loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B", bounds=[(0.05, None), (None, None)]
    )
    return float(found.x[0]), float(found.x[1])
