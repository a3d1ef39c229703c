"""Operating points, chosen on outlets that were held out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Names = npt.NDArray[np.str_]

FALSE_ACCUSATIONS = 0.02
"""Share of journalism that may be accused: the contract's 2 in 100."""
CONFIDENCE = 0.9
"""Share of bootstrap samples of outlets in which that must hold: what counts is newsrooms the
model has not met, and a mean over those it has met is met by chance every second time."""
LARGE, LARGE_SHARE = 40, 0.04
"""No newsroom with this many articles may be accused in more than this share of them. The promise
is 5 in 100: at .05 the worst English newsroom that was held out came to 5.4%."""
LEAST = 0.8
"""Least probability of an accusation: of ten such texts eight are propaganda where both kinds
weigh the same. Without it a model that knows nothing would accuse at random, 2 in 100."""
NEWSROOMS = 45
"""Least number of held-out newsrooms for any verdict. Where none of 45 is accused too often,
fewer than 1 in 20 of all newsrooms is, with 90% confidence (.95 ** 45 = .1); with fewer nothing
like that can be promised: of 22 Russian ones a single one, of opinion pieces, was accused in
every second article once it was held out."""
MISSED = 0.1
"""Share of propaganda among texts called journalism, the classes weighing the same."""
NEVER_ACCUSE, NEVER_CLEAR = 2.0, -1.0
"""Operating points no probability reaches."""
_SAMPLES = 500


def operating_points(
    p: FloatArray, label: IntArray, outlet: Names, weight: FloatArray, times: IntArray
) -> tuple[float, float]:
    """Choose both operating points.

    Parameters
    ----------
    p, label, outlet
        Probabilities of rows by models that had not seen their outlets, shape (n_rows,); their
        labels (1 propaganda, 0 journalism), and their outlets.
    weight
        Weights under which the classes weigh the same.
    times
        How often each row stands here, once for every fit that had not seen its outlet.

    Returns
    -------
    accuse, clear : float
        `NEVER_ACCUSE` and `NEVER_CLEAR` with fewer than `NEWSROOMS` newsrooms.
    """
    if len(np.unique(outlet[label == 0])) < NEWSROOMS:
        return NEVER_ACCUSE, NEVER_CLEAR
    return accuse_point(p, label, outlet, times), clear_point(p, label, weight)


def accuse_point(p: FloatArray, label: IntArray, outlet: Names, times: IntArray) -> float:
    """Return the least probability at which a text may be called propaganda.

    Parameters
    ----------
    p
        Probabilities of rows of held-out outlets, shape (n_rows,).
    label
        1 propaganda, 0 journalism.
    outlet
        Outlet of each row.
    times
        How often each row stands here.

    Returns
    -------
    float
        The smallest of all candidates from `LEAST` on that holds every bound above, or
        `NEVER_ACCUSE`, too, where no propaganda lies above it.
    """
    news = label == 0
    names, number = np.unique(outlet[news], return_inverse=True)
    once = 1.0 / times[news]
    size = np.bincount(number, once)
    draws = np.random.default_rng(0).integers(len(names), size=(_SAMPLES, len(names)))
    candidates = np.unique(np.round(p[p >= LEAST], 3) + 0.001)
    for point in candidates.tolist():
        accused = np.bincount(number, once * (p[news] >= point), minlength=len(names))
        rates = accused[draws].sum(axis=1) / size[draws].sum(axis=1)
        large = size > LARGE - 0.5
        if (
            np.quantile(rates, CONFIDENCE) <= FALSE_ACCUSATIONS
            and (accused[large] <= LARGE_SHARE * size[large]).all()
        ):
            return float(point) if (p[~news] >= point).any() else NEVER_ACCUSE
    return NEVER_ACCUSE


def clear_point(p: FloatArray, label: IntArray, weight: FloatArray) -> float:
    """Return the greatest probability at which a text may be called journalism.

    Parameters
    ----------
    p, label
        As for `accuse_point`.
    weight
        Weights under which the classes weigh the same.

    Returns
    -------
    float
        The largest value up to .5 below which propaganda is at most `MISSED` of the weight, or
        `NEVER_CLEAR`.
    """
    for point in np.unique(np.round(p[p <= 0.5], 3))[::-1].tolist():
        below = p <= point
        if weight[below & (label == 1)].sum() <= MISSED * weight[below].sum():
            return float(point)
    return NEVER_CLEAR
