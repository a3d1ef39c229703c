"""Operating points, chosen on outlets that were held out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Trial:
    """Rows with what models that had not seen their outlets say of them.

    Parameters
    ----------
    p, label, outlet
        Probabilities, shape (n_rows,); labels (1 propaganda, 0 journalism); and outlets.
    times
        How often each row stands here, once for every fit that had not seen its outlet.
    """

    p: FloatArray
    label: IntArray
    outlet: Names
    times: IntArray


def operating_points(trials: Sequence[Trial], weight: FloatArray) -> tuple[float, float]:
    """Choose both operating points.

    Parameters
    ----------
    trials
        Outlets held out one way and another; an accusation must hold in each. The first is the
        one that the point of journalism is chosen on.
    weight
        Weights of the first trial's rows, under which the classes weigh the same.

    Returns
    -------
    accuse, clear : float
        `NEVER_ACCUSE` and `NEVER_CLEAR` with fewer than `NEWSROOMS` newsrooms.
    """
    first = trials[0]
    if len(np.unique(first.outlet[first.label == 0])) < NEWSROOMS:
        return NEVER_ACCUSE, NEVER_CLEAR
    return accuse_point(trials), clear_point(first.p, first.label, weight)


def accuse_point(trials: Sequence[Trial]) -> float:
    """Return the least probability at which a text may be called propaganda.

    Parameters
    ----------
    trials
        As for `operating_points`.

    Returns
    -------
    float
        The smallest of all candidates from `LEAST` on that holds every bound above in every
        trial, or `NEVER_ACCUSE`, too, where no propaganda lies above it.
    """
    p = np.concatenate([trial.p for trial in trials])
    found = trials[0].p[trials[0].label == 1]
    bounds = [_bound(trial) for trial in trials]
    for point in np.unique(np.round(p[p >= LEAST], 3) + 0.001).tolist():
        if all(holds(point) for holds in bounds):
            return float(point) if (found >= point).any() else NEVER_ACCUSE
    return NEVER_ACCUSE


def _bound(trial: Trial) -> Callable[[float], bool]:
    """Return a function that says whether a point accuses few enough of a trial's newsrooms."""
    news = trial.label == 0
    p, once = trial.p[news], 1.0 / trial.times[news]
    names, number = np.unique(trial.outlet[news], return_inverse=True)
    size = np.bincount(number, once, len(names))
    large = size > LARGE - 0.5
    # Of few newsrooms a bootstrap tells nothing; their plain share is held to the bound.
    draws = np.arange(len(names))[None, :]
    if len(names) >= NEWSROOMS:
        draws = np.random.default_rng(0).integers(len(names), size=(_SAMPLES, len(names)))

    def holds(point: float) -> bool:
        accused = np.bincount(number, once * (p >= point), minlength=len(names))
        rates = accused[draws].sum(axis=1) / size[draws].sum(axis=1)
        few = np.quantile(rates, CONFIDENCE) <= FALSE_ACCUSATIONS
        return bool(few and (accused[large] <= LARGE_SHARE * size[large]).all())

    return holds


def clear_point(p: FloatArray, label: IntArray, weight: FloatArray) -> float:
    """Return the greatest probability at which a text may be called journalism.

    Parameters
    ----------
    p, label
        As for `Trial`, shape (n_rows,).
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
