from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from krynica.service.source_report import statistics
from krynica.service.source_report.report import Share

COUNTS = st.integers(0, 40)


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_those_of_newcombe_1998(
    hits: int, total: int, low: float, high: float
) -> None:
    assert Share(hits, total).interval == pytest.approx((low, high), abs=5e-5)


def test_of_nothing_there_is_no_share() -> None:
    assert Share(0, 0).value is None
    assert Share(0, 0).interval == (0.0, 1.0)


def test_the_lady_tasting_tea() -> None:
    assert statistics.exact_test([(3, 4, 1, 4)]) == pytest.approx(0.4857, abs=5e-5)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_one_stratum_is_fishers_test(hits: int, rest: int, others: int, others_rest: int) -> None:
    expected = stats.fisher_exact([[hits, rest], [others, others_rest]]).pvalue
    found = statistics.exact_test([(hits, hits + rest, others, others + others_rest)])
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-12)


def test_strata_are_compared_each_with_its_own() -> None:
    # Every language has one rate of accusation; only the mix of languages differs.
    strata = [(9, 10, 90, 100), (1, 100, 1, 100)]
    assert statistics.exact_test(strata) > 0.9
    pooled = (10, 110, 91, 200)
    assert statistics.exact_test([pooled]) < 1e-6


def test_two_strata_by_counting_every_table() -> None:
    strata = [(4, 6, 2, 7), (3, 5, 1, 5)]
    chances: dict[int, float] = {}
    for one in range(7):
        for other in range(6):
            chance = stats.hypergeom.pmf(one, 13, 6, 6) * stats.hypergeom.pmf(other, 10, 4, 5)
            chances[one + other] = chances.get(one + other, 0.0) + float(chance)
    expected = sum(chance for chance in chances.values() if chance <= chances[7] * (1 + 1e-7))
    assert statistics.exact_test(strata) == pytest.approx(expected)


def test_large_counts_take_no_time_and_give_no_zero() -> None:
    assert 0 < statistics.exact_test([(60_000, 100_000, 100_000, 900_000)]) < 1e-12


def test_trend_as_agresti_finds_it() -> None:
    # Alcohol and malformations (Agresti, Categorical Data Analysis, 3.4.5): M² = 6.57.
    score = np.array([0.0, 0.5, 1.5, 4.0, 7.0])
    hits = np.array([48.0, 38.0, 5.0, 1.0, 1.0])
    total = np.array([17114.0, 14502.0, 793.0, 127.0, 38.0])
    assert statistics.trend([(score, hits, total)]) ** 2 == pytest.approx(6.57, abs=0.005)
    assert statistics.trend([(score, hits[::-1], total)]) != 0
    assert statistics.trend([(score[:1], hits[:1], total[:1])]) == 0.0


@given(
    st.lists(st.integers(0, 9), min_size=3, max_size=60),
    st.lists(st.integers(0, 9), min_size=3, max_size=60),
)
def test_one_stratum_is_mann_and_whitneys_test(before: list[int], after: list[int]) -> None:
    if len({*before, *after}) == 1:
        assert statistics.shift([(np.bincount(before) * 1.0, np.bincount(after) * 1.0)]) == 0.0
        return
    histograms = tuple(
        np.bincount(values, minlength=10).astype(float) for values in (before, after)
    )
    expected = stats.mannwhitneyu(after, before, use_continuity=False, method="asymptotic")
    z = statistics.shift([(histograms[0], histograms[1])])
    assert statistics.two_sided(z) == pytest.approx(expected.pvalue, rel=1e-6, abs=1e-12)
    assert (z > 0) == (expected.statistic > len(before) * len(after) / 2 + 1e-9)


@given(st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=300))
def test_quantiles_are_at_most_a_bin_away(values: list[float]) -> None:
    histogram = np.histogram(values, 100, (0, 1))[0].astype(float)
    found = statistics.quantiles(histogram, (0.25, 0.5, 0.75))
    expected = np.quantile(values, (0.25, 0.5, 0.75), method="inverted_cdf")
    assert found == pytest.approx(expected, abs=0.01 + 1e-9)


@given(st.integers(0, 50), st.integers(50, 90), st.floats(0.01, 0.5))
def test_surpassing_is_the_binomial_test(hits: int, total: int, share: float) -> None:
    expected = stats.binomtest(hits, total, share, alternative="greater").pvalue
    assert statistics.surpasses(hits, total, share) == pytest.approx(expected, abs=1e-12)


def test_the_funnel_narrows_around_the_share() -> None:
    low, high = statistics.funnel(0.3, np.array([20, 200, 20_000]), 0.95)
    normal = 1.96 * np.sqrt(0.3 * 0.7 / np.array([20, 200, 20_000]))
    assert high - 0.3 == pytest.approx(normal, rel=0.12)
    assert 0.3 - low == pytest.approx(normal, rel=0.12)
    wide = statistics.funnel(0.3, np.array([200]), 0.998)
    assert wide[0] < low[1] < high[1] < wide[1]
