"""Which rows are most worth labelling, told by signals alone: no texts, no model, no files.

A row is worth a person's time on three grounds. The model is uncertain of it (uncertainty sampling:
Lewis & Gale 1994, "A Sequential Algorithm for Training Text Classifiers"); its outlet is new, and
outlets, not articles, are what these models have too few of; its language is new. Among such rows
the pick is ranked batch-mode sampling (Cardoso et al. 2017, "Ranked batch-mode active learning"):
row after row the one that joins merit with unlikeness to those picked before. It is the simplest
that weighs both, needs no training in between, and its order can be cut anywhere; a core-set
(Sener & Savarese 2018) looks at unlikeness alone, and wants the vectors of all that was learned
from, of which a model keeps but hashes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from krynica.classifier.arrays import BoolArray, FloatArray, IntArray

UNCERTAIN, NEW_OUTLET, NEW_LANGUAGE = "uncertain", "new outlet", "new language"
REASONS = (UNCERTAIN, NEW_OUTLET, NEW_LANGUAGE)
_UNCERTAIN = 0.5
"""Least uncertainty that is a reason: the model abstains, or is within a log-odds of 1 of it."""
_EXPLORE = 0.5
"""Weight of unlikeness beside merit. Cardoso et al. let it fall as the labelled set grows, whose
vectors they compare with; here only rows of one pick are compared, and both weigh the same."""


@dataclass(frozen=True)
class Signals:
    """What is known of rows, arrays of shape (n_rows,).

    Parameters
    ----------
    p
        Probability of propaganda; NaN where the model gives none.
    accuse, clear
        Operating points of the row's language; outside of 0 to 1, or NaN, where it has none.
    abstains
        Whether the verdict is ``unclear``.
    language, outlet
        Numbers that stand for their names, in the names' order. Rows of no known outlet share one.
    new_outlet, new_language
        Whether the model has not learned from it.
    tie
        A number of the row's text, which puts rows of like merit in an order that does not depend
        on how the table is sorted.
    """

    p: FloatArray
    accuse: FloatArray
    clear: FloatArray
    abstains: BoolArray
    language: IntArray
    outlet: IntArray
    new_outlet: BoolArray
    new_language: BoolArray
    tie: npt.NDArray[np.uint64]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.p)


def uncertainty(signals: Signals) -> FloatArray:
    """Return how uncertain the model is of each row, 0 to 1.

    At an operating point it is 1, and falls by half with every log-odds of 1 away from the nearest:
    towards 0 on the side of a clear verdict, towards a half where the model abstains. Without
    operating points the distance is that to even odds; without a probability it is 1.
    """
    odds = _log_odds(signals.p)
    points = [_log_odds(_inside(point)) for point in (signals.accuse, signals.clear)]
    apart = np.stack([np.abs(odds - point) for point in points])
    apart = np.where(np.isnan(apart), np.inf, apart).min(axis=0)
    apart = np.where(np.isinf(apart), np.abs(odds), apart)
    near = np.where(np.isnan(odds), 1.0, 2.0 ** -np.where(np.isnan(odds), 0.0, apart))
    result: FloatArray = np.where(signals.abstains, (1 + near) / 2, near)
    return result


def _inside(point: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore"):
        inside: FloatArray = np.where((point > 0) & (point < 1), point, np.nan)
    return inside


def _log_odds(p: FloatArray) -> FloatArray:
    sure = np.clip(p, 1e-12, 1 - 1e-12)
    odds: FloatArray = np.log(sure) - np.log1p(-sure)
    return odds


def grounds(signals: Signals) -> BoolArray:
    """Return which of `REASONS` speak for each row, shape (n_rows, 3)."""
    uncertain = ~np.isnan(signals.p) & (uncertainty(signals) >= _UNCERTAIN)
    result: BoolArray = np.stack([uncertain, signals.new_outlet, signals.new_language], axis=1)
    return result


def merit(signals: Signals) -> FloatArray:
    """Return what labelling each row is worth: the mean of the three grounds, 0 to 1."""
    new = np.stack([signals.new_outlet, signals.new_language], axis=1).sum(axis=1)
    worth: FloatArray = (uncertainty(signals) + new) / len(REASONS)
    return worth


def shortlist(signals: Signals, size: int) -> IntArray:
    """Return the numbers of the rows that are looked at closely, at most `size`, ascending.

    Languages take turns, and in each its outlets, every time with the row of most merit: neither
    a large outlet nor a large language keeps the others out.
    """
    order = np.lexsort((signals.tie, -merit(signals)))
    turn = _turns(_pairs(signals)[order])
    order = order[np.argsort(turn, kind="stable")]
    turn = _turns(signals.language[order])
    picked: IntArray = np.sort(order[np.argsort(turn, kind="stable")][:size])
    return picked


def _pairs(signals: Signals) -> IntArray:
    """Return numbers that stand for an outlet in a language."""
    both = np.stack([signals.language, signals.outlet])
    pairs: IntArray = np.unique(both, axis=1, return_inverse=True)[1].ravel()
    return pairs


def _turns(group: IntArray) -> IntArray:
    """Return of each row how many of its group stand before it."""
    order = np.argsort(group, kind="stable")
    first = np.searchsorted(group[order], group[order])
    turns = np.empty(len(group), dtype=np.int64)
    turns[order] = np.arange(len(group)) - first
    return turns


def rank(signals: Signals, vectors: csr_array, rows: int) -> IntArray:
    """Pick rows, the most worth labelling first.

    Each next row is of the language of which fewest were picked so far, and there of the outlet of
    which fewest were. Of such rows it is the one with the greatest mean of its `merit` and its
    unlikeness, one minus the greatest cosine to a row picked before (Cardoso et al. 2017).

    Parameters
    ----------
    signals
        Of the rows on the shortlist.
    vectors
        Of their texts, of length 1 and without negative similarities that matter, shape
        (n_rows, n_features).
    rows
        How many to pick at most.

    Returns
    -------
    ndarray of int64
        Row numbers in the order of the picks.
    """
    worth, free = merit(signals), np.ones(len(signals), dtype=bool)
    language, outlet = signals.language, _pairs(signals)
    nearest = np.zeros(len(signals))
    order = np.argsort(signals.tie, kind="stable")
    taken: list[int] = []
    for _ in range(min(rows, len(signals))):
        ahead = _fewest(outlet, free, taken, within=language)
        ahead = _fewest(language, ahead, taken)
        score = _EXPLORE * (1 - nearest) + (1 - _EXPLORE) * worth
        at = int(order[np.argmax(np.where(ahead, score, -np.inf)[order])])
        taken.append(at)
        free[at] = False
        nearest = np.maximum(nearest, (vectors @ vectors[[at]].T).toarray().ravel())
    return np.array(taken, dtype=np.int64)


def _fewest(
    group: IntArray, free: BoolArray, taken: list[int], within: IntArray | None = None
) -> BoolArray:
    """Return the free rows of the groups of which fewest were taken, here or in a larger group."""
    times = np.bincount(group[taken], minlength=int(group.max()) + 1)[group]
    larger = np.zeros_like(group) if within is None else within
    least = np.full(int(larger.max()) + 1, np.iinfo(np.int64).max)
    np.minimum.at(least, larger[free], times[free])
    fewest: BoolArray = free & (times == least[larger])
    return fewest
