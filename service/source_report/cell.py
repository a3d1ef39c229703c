"""What is counted of one outlet in one language."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from math import log, sqrt

import numpy as np
import numpy.typing as npt

from krynica.classifier.arrays import FloatArray, IntArray
from krynica.classifier.measures import MEASURES
from krynica.service.rows import Scored
from krynica.service.source_report.report import Mean

BINS = 100
"""Bins of a probability: a median is known to one in a hundred."""
VERDICTS = ("propaganda", "journalism", "unclear")
UNDATED = 0
_FINE = 2.0**24
"""Sums are kept in whole steps of this part of 1: whole numbers add up to the same in any order."""
_SURE = 1e-12
"""Nearer to certainty no probability is taken to be, for its log-odds."""


@dataclass(slots=True)
class Moments:
    """Number, sum and sum of squares of a figure, in parts of `_FINE`."""

    number: int = 0
    total: int = 0
    squares: int = 0

    def add(self, value: float) -> None:
        """Count one value."""
        self.number += 1
        self.total += round(value * _FINE)
        self.squares += round(value * value * _FINE)

    def mean(self) -> Mean | None:
        """Return the mean and its standard error; None of nothing."""
        n = self.number
        if not n:
            return None
        mean = self.total / _FINE / n
        variance = max(self.squares / _FINE / n - mean * mean, 0.0)
        return Mean(mean, sqrt(variance / max(n - 1, 1)))


@dataclass(slots=True)
class Cell:
    """Counts and sums; memory grows with months, not with articles.

    Attributes
    ----------
    judged
        Articles with a probability of propaganda, by month, verdict and bin, see `months`.
    persuasion
        Articles by bin of the probability of persuasion.
    unjudged
        Articles without a probability of propaganda.
    unlike
        Articles unlike the training, among those judged.
    known, log_odds
        Of those judged.
    measures
        Sums of the measures over `measured` articles, in parts of `_FINE`.
    """

    judged: Counter[int] = field(default_factory=Counter)
    persuasion: Counter[int] = field(default_factory=Counter)
    unjudged: int = 0
    unlike: int = 0
    known: Moments = field(default_factory=Moments)
    log_odds: Moments = field(default_factory=Moments)
    measured: int = 0
    measures: IntArray = field(default_factory=lambda: np.zeros(len(MEASURES), np.int64))

    def add(self, scored: Scored, date: dt.date | None) -> None:
        """Count one article."""
        cells = scored.cells
        if cells["p_persuasion"] is not None:
            self.persuasion[_bin(cells["p_persuasion"])] += 1
        p = cells["p_propaganda"]
        if p is None:
            self.unjudged += 1
            return
        month = UNDATED if date is None else date.year * 12 + date.month
        self.judged[(month * 3 + VERDICTS.index(cells["verdict"])) * BINS + _bin(p)] += 1
        self.unlike += "unlike_training" in (cells["why_unclear"] or "")
        certain = min(max(p, _SURE), 1 - _SURE)
        self.log_odds.add(log(certain / (1 - certain)))
        if scored.known is not None:
            self.known.add(scored.known)
        if scored.measures is not None:
            self.measured += 1
            self.measures += np.rint(np.array(scored.measures) * _FINE).astype(np.int64)

    def counted(self) -> Counted:
        """Return the counts as arrays."""
        keys = np.array(sorted(self.judged), np.int64)
        number = np.array([self.judged[key] for key in keys.tolist()], np.float64)
        return Counted(keys // BINS // 3, keys // BINS % 3, keys % BINS, number)

    def persuaded(self) -> FloatArray:
        """Return articles a bin of the probability of persuasion, shape (BINS,)."""
        bins = np.array(list(self.persuasion), np.int64)
        return np.bincount(bins, list(self.persuasion.values()), BINS).astype(np.float64)

    @property
    def articles(self) -> int:
        """All articles."""
        return self.judged.total() + self.unjudged

    @property
    def mean_measures(self) -> FloatArray:
        """Mean of each measure, of one measured article at least."""
        means: FloatArray = self.measures / _FINE / self.measured
        return means


@dataclass(frozen=True)
class Counted:
    """How many articles there are of each month, verdict and bin; arrays of one shape.

    `month` counts from January of the year 0, which is month 1; `UNDATED` is none. `verdict` is
    the place in `VERDICTS`.
    """

    month: IntArray
    verdict: IntArray
    bin: IntArray
    number: FloatArray

    def of(self, verdict: str) -> int:
        """Return the number of articles with a verdict."""
        return int(self.number[self.verdict == VERDICTS.index(verdict)].sum())

    def histogram(self, rows: npt.NDArray[np.bool_] | slice = slice(None)) -> FloatArray:
        """Return articles a bin, shape (BINS,)."""
        # Of nothing, numpy makes whole numbers.
        return np.bincount(self.bin[rows], self.number[rows], BINS).astype(np.float64)

    def months(self) -> tuple[IntArray, FloatArray, FloatArray]:
        """Return the months there are, and the articles and the accused of each."""
        dated = self.month != UNDATED
        month, place = np.unique(self.month[dated], return_inverse=True)
        number = self.number[dated]
        accused = number * (self.verdict[dated] == 0)
        total, hits = (np.bincount(place, part).astype(np.float64) for part in (number, accused))
        return month, total, hits


def first_day(month: int) -> dt.date:
    """Return the first day of a month, as `Counted.month` counts them."""
    return dt.date((month - 1) // 12, (month - 1) % 12 + 1, 1)


def _bin(p: float) -> int:
    return min(int(p * BINS), BINS - 1)
