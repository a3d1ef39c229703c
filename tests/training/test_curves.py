from __future__ import annotations

import numpy as np
import pytest

from krynica.training.statistics.curves import reliability, risk_coverage
from krynica.training.statistics.metrics import calibration_error


def _calibrated(count: int = 40_000) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    p = rng.random(count)
    return (rng.random(count) < p).astype(np.int64), p


def test_a_calibrated_score_lies_on_the_diagonal() -> None:
    label, p = _calibrated()
    bins = reliability(label, p, np.ones(len(p)))
    assert all(one.mean_p == pytest.approx(one.propaganda, abs=0.03) for one in bins)
    assert sum(one.weight for one in bins) == pytest.approx(1, abs=0.005)
    assert calibration_error(label, p, np.ones(len(p))) < 0.01


def test_an_overconfident_score_does_not() -> None:
    label, p = _calibrated()
    sure = np.where(p > 0.5, 0.99, 0.01)
    bins = reliability(label, sure, np.ones(len(p)))
    assert [one.mean_p for one in bins[1:-1]] == [None] * 8
    assert bins[-1].propaganda == pytest.approx(0.75, abs=0.02)
    assert calibration_error(label, sure, np.ones(len(p))) == pytest.approx(0.24, abs=0.02)


def test_the_error_falls_with_the_coverage_of_a_calibrated_score() -> None:
    label, p = _calibrated()
    curve = risk_coverage(label, p, np.ones(len(p)))
    coverage, error = zip(*curve.points, strict=True)
    # Of p uniform, the error at coverage c is (c / 4), and the area 1 / 8.
    assert coverage[-1] == 1
    assert error == pytest.approx([c / 4 for c in coverage], abs=0.015)
    assert curve.area == pytest.approx(0.125, abs=0.005)


def test_what_is_always_right_has_no_area_and_what_is_always_wrong_all() -> None:
    label = np.array([0, 0, 1, 1])
    right = np.array([0.1, 0.4, 0.6, 0.9])
    assert risk_coverage(label, right, np.ones(4)).area == 0
    assert risk_coverage(label, 1 - right, np.ones(4)).area == 1


def test_rows_that_are_equally_certain_come_in_together() -> None:
    label = np.array([1, 0, 1, 0])
    p = np.array([0.8, 0.8, 0.2, 0.8])
    curves = [risk_coverage(label[at], p[at], np.ones(4)) for at in ([0, 1, 2, 3], [3, 2, 1, 0])]
    assert curves[0] == curves[1]
    assert {error for _, error in curves[0].points} == {0.75}


def test_weights_count_in_both_curves() -> None:
    label, p = np.array([0, 1]), np.array([0.95, 0.94])
    weight = np.array([3.0, 1.0])
    assert reliability(label, p, weight)[-1].propaganda == 0.25
    assert risk_coverage(label, p, weight).points[-1] == (1.0, 0.75)
