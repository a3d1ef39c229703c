"""Tests, limits and quantiles of counted articles. Pure functions of numbers.

Where outlets print in several languages, every language is a stratum: articles are compared with
articles of their own language, and what was found in each is added up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import erfc, sqrt

import numpy as np
from scipy.special import gammaln
from scipy.stats import binom

from krynica.classifier.arrays import FloatArray, IntArray

_NEGLIGIBLE = 1e-18
"""Probabilities of a count below this are left out of the exact test, to keep it fast."""
_LEAST_P = 1e-15
"""Least p that is told: below it, floating point has no digits."""


def exact_test(strata: Iterable[tuple[int, int, int, int]]) -> float:
    """Test whether a share is that of all others.

    Fisher's exact test (Fisher 1934); over strata, the exact conditional test of a common odds
    ratio of 1 (Gart 1970), whose null distribution is the sum of one hypergeometric count a
    stratum. Two-sided: all sums that are no likelier than the one observed.

    Parameters
    ----------
    strata
        A stratum as hits, total, hits of the others, total of the others.

    Returns
    -------
    float
        The p-value, 1 where nothing can be compared.
    """
    null, first, observed = np.ones(1), 0, 0
    for hits, total, other_hits, other_total in strata:
        if not total or not other_total:
            continue
        marked, everybody = hits + other_hits, total + other_total
        counts = np.arange(max(0, marked - other_total), min(total, marked) + 1)
        ways = _ways(marked, counts) + _ways(everybody - marked, total - counts)
        chance = np.exp(ways - _ways(everybody, total))
        likely = np.flatnonzero(chance > _NEGLIGIBLE)
        null = np.convolve(null, chance[likely[0] : likely[-1] + 1])
        first, observed = first + int(counts[likely[0]]), observed + hits
    at = observed - first
    here = null[at] if 0 <= at < len(null) else 0.0
    # Equal probabilities differ in their last digits, which R and scipy allow for alike.
    return float(np.clip(null[null <= here * (1 + 1e-7)].sum(), _LEAST_P, 1.0))


def _ways(of: int, take: IntArray | int) -> FloatArray:
    """Return the logarithm of the number of ways to take so many."""
    # scipy's own hypergeometric distribution takes milliseconds where there are many articles.
    return np.asarray(gammaln(of + 1.0) - gammaln(take + 1.0) - gammaln(of - take + 1.0))


def trend(strata: Iterable[tuple[FloatArray, FloatArray, FloatArray]]) -> float:
    """Return the z of a trend of a share over time.

    Mantel's extension test (Mantel 1963); with a single stratum the test of Cochran (1954) and
    Armitage (1955), with the variance given the totals.

    Parameters
    ----------
    strata
        A stratum as times, hits and totals, each of shape (n_times,).

    Returns
    -------
    float
        Above zero where the share rises; 0 where nothing can be told.
    """
    found, variance = 0.0, 0.0
    for time, hits, total in strata:
        n, marked = total.sum(), hits.sum()
        if n < 2:
            continue
        found += float(time @ hits - marked / n * (time @ total))
        spread = n * (total @ time**2) - (total @ time) ** 2
        variance += float(marked * (n - marked) * spread / (n * n * (n - 1)))
    return float(found / sqrt(variance)) if variance > 0 else 0.0


def shift(strata: Iterable[tuple[FloatArray, FloatArray]]) -> float:
    """Return the z of a shift between two groups of scores, given as histograms.

    The test of Mann and Whitney (1947) with its correction for ties, a bin being a tie; over
    strata, van Elteren's (1960) sum.

    Parameters
    ----------
    strata
        A stratum as articles a bin, before and after, each of shape (n_bins,).

    Returns
    -------
    float
        Above zero where scores are higher after; 0 where nothing can be told.
    """
    found, variance = 0.0, 0.0
    for before, after in strata:
        tied = before + after
        n, n_before, n_after = tied.sum(), before.sum(), after.sum()
        if not n_before or not n_after:
            continue
        rank = np.cumsum(tied) - tied / 2 + 0.5
        found += float(after @ rank - n_after * (n + 1) / 2) / (n + 1)
        ties = (tied**3 - tied).sum() / (n * (n - 1))
        variance += float(n_before * n_after / 12 * (n + 1 - ties)) / (n + 1) ** 2
    return float(found / sqrt(variance)) if variance > 0 else 0.0


def two_sided(z: float) -> float:
    """Return the p-value of a normal z, on both sides."""
    return max(erfc(abs(z) / sqrt(2)), _LEAST_P)


def surpasses(hits: int, total: int, share: float) -> float:
    """Return the chance of at least so many hits if the share were this one (exact binomial)."""
    return float(np.clip(binom.sf(hits - 1, total, share), _LEAST_P, 1.0))


def quantiles(histogram: FloatArray, shares: Sequence[float]) -> list[float]:
    """Return quantiles of numbers from 0 to 1 that are known by their bins alone.

    Parameters
    ----------
    histogram
        How many lie in each of equally wide bins, shape (n_bins,); one at least.
    shares
        Which quantiles, above 0.

    Returns
    -------
    list of float
        Straight lines inside a bin: at most a bin's width away from those of the numbers.
    """
    until = np.cumsum(histogram)
    target = np.array(shares) * until[-1]
    at = np.searchsorted(until, target)
    inside = 1.0 - (until[at] - target) / histogram[at]
    found: list[float] = ((at + inside) / len(histogram)).tolist()
    return found


def funnel(share: float, total: IntArray, level: float) -> tuple[FloatArray, FloatArray]:
    """Return control limits of a share for samples of a size.

    Exact binomial limits with interpolation (Spiegelhalter 2005, "Funnel plots for comparing
    institutional performance", appendix A.1.1).

    Parameters
    ----------
    share
        What all have in common if none differs, above 0 and below 1.
    total
        Sizes, shape (n,).
    level
        Share of outlets inside if none differs, 0.95 say.

    Returns
    -------
    tuple of ndarray
        Lower and upper limits, shape (n,) each.
    """

    def limit(tail: float) -> FloatArray:
        count = binom.ppf(tail, total, share)
        over = binom.cdf(count, total, share) - tail
        at = count - over / np.maximum(binom.pmf(count, total, share), 1e-300)
        limits: FloatArray = np.clip(at / total, 0.0, 1.0)
        return limits

    return limit((1 - level) / 2), limit((1 + level) / 2)
