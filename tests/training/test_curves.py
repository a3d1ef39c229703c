from __future__ import annotations

import numpy as np
import pytest

from training.curves import ACCUSED, reliability, risk_coverage, trade_off
from training.metrics import calibration_error, recall_at


def _calibrated(count: int = 40_000) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    p = rng.random(count)
    return (rng.random(count) < p).astype(np.int64), p


def test_a_calibrated_score_lies_on_the_diagonal() -> None:
    label, p = _calibrated()
    bins = reliability(label, p, np.ones(len(p)))
    assert all(one["mean_p"] == pytest.approx(one["propaganda"], abs=0.03) for one in bins)
    assert sum(one["weight"] for one in bins) == pytest.approx(1, abs=0.005)
    assert calibration_error(label, p, np.ones(len(p))) < 0.01


def test_an_overconfident_score_does_not() -> None:
    label, p = _calibrated()
    sure = np.where(p > 0.5, 0.99, 0.01)
    bins = reliability(label, sure, np.ones(len(p)))
    assert [one["mean_p"] for one in bins[1:-1]] == [None] * 8
    assert bins[-1]["propaganda"] == pytest.approx(0.75, abs=0.02)
    assert calibration_error(label, sure, np.ones(len(p))) == pytest.approx(0.24, abs=0.02)


def test_the_error_falls_with_the_coverage_of_a_calibrated_score() -> None:
    label, p = _calibrated()
    curve = risk_coverage(label, p, np.ones(len(p)))
    coverage, error = zip(*curve["points"], strict=True)
    # Of p uniform, the error at coverage c is (c / 4), and the area 1 / 8.
    assert coverage[-1] == 1
    assert error == pytest.approx([c / 4 for c in coverage], abs=0.015)
    assert curve["area"] == pytest.approx(0.125, abs=0.005)


def test_what_is_always_right_has_no_area_and_what_is_always_wrong_all() -> None:
    label = np.array([0, 0, 1, 1])
    right = np.array([0.1, 0.4, 0.6, 0.9])
    assert risk_coverage(label, right, np.ones(4))["area"] == 0
    assert risk_coverage(label, 1 - right, np.ones(4))["area"] == 1


def test_rows_that_are_equally_certain_come_in_together() -> None:
    label = np.array([1, 0, 1, 0])
    p = np.array([0.8, 0.8, 0.2, 0.8])
    curves = [risk_coverage(label[at], p[at], np.ones(4)) for at in ([0, 1, 2, 3], [3, 2, 1, 0])]
    assert curves[0] == curves[1]
    assert {error for _, error in curves[0]["points"]} == {0.75}


def test_weights_count_in_both_curves() -> None:
    label, p = np.array([0, 1]), np.array([0.95, 0.94])
    weight = np.array([3.0, 1.0])
    assert reliability(label, p, weight)[-1]["propaganda"] == 0.25
    assert risk_coverage(label, p, weight)["points"][-1] == [1.0, 0.75]


def test_accusing_less_finds_less_and_keeps_the_bound() -> None:
    rng = np.random.default_rng(1)
    label = rng.integers(2, size=4000)
    p = 1 / (1 + np.exp(-rng.normal(2 * label - 1, 1.5)))
    block = rng.integers(2, size=4000)
    p[block == 1] /= 2  # a block's model speaks more softly, and has a point of its own
    verdict = np.where(p < 0.05, "journalism", "unclear")
    points = trade_off(label, p, verdict, block, np.ones(len(p)))
    found = [point["propaganda_found"] for point in points]
    assert [point["accused_at_most"] for point in points] == list(ACCUSED)
    assert all(point["falsely_accused"] <= point["accused_at_most"] + 0.0005 for point in points)
    assert found == sorted(found)
    assert 0 < found[0] < found[-1] < 1
    shares = [point["abstained"] for point in points]
    assert shares == sorted(shares, reverse=True)
    one = block == 0
    assert trade_off(label[one], p[one], verdict[one], block[one], np.ones(one.sum()))[2][
        "propaganda_found"
    ] == (pytest.approx(recall_at(label[one], p[one]), abs=0.0006))


def test_articles_with_one_score_share_one_fate() -> None:
    label = np.r_[np.zeros(10, dtype=int), np.ones(10, dtype=int)]
    points = trade_off(
        label, np.full(20, 0.9), np.full(20, "unclear"), np.zeros(20, dtype=int), np.ones(20)
    )
    assert {point["propaganda_found"] for point in points} == {0}
    assert {point["falsely_accused"] for point in points} == {0}
