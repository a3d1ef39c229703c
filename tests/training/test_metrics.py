from __future__ import annotations

import numpy as np
import pytest

from krynica.training.statistics.metrics import (
    alike,
    auc,
    calibration_error,
    chance_calibration_error,
    outlet_interval,
    recall_at,
    within,
)


def test_auc_of_a_perfect_and_of_a_reversed_order() -> None:
    label = np.array([0, 0, 1, 1])
    assert auc(label, np.array([0.1, 0.2, 0.3, 0.4])) == 1
    assert auc(label, np.array([0.4, 0.3, 0.2, 0.1])) == 0
    assert auc(np.zeros(3, dtype=int), np.zeros(3)) is None


def test_recall_counts_what_is_found_before_false_accusations() -> None:
    label = np.r_[np.zeros(100, dtype=int), np.ones(10, dtype=int)]
    score = np.r_[np.linspace(0, 0.9, 100), np.full(5, 0.95), np.full(5, 0.1)]
    assert recall_at(label, score) == pytest.approx(0.5)


def test_calibration_error_is_the_mean_gap() -> None:
    p = np.full(100, 0.75)
    label = np.r_[np.ones(75, dtype=int), np.zeros(25, dtype=int)]
    assert calibration_error(label, p, np.ones(100)) == pytest.approx(0)
    assert calibration_error(1 - label, p, np.ones(100)) == pytest.approx(0.5)


@pytest.mark.parametrize("share", [0.08, 0.5])
def test_chance_alone_makes_an_error_of_few_texts(share: float) -> None:
    """Of a calibrated probability nineteen errors in twenty lie below; few texts err much."""
    rng = np.random.default_rng(0)
    bounds, below, sure = {}, 0, 0
    for count in (200, 20_000):
        for _ in range(40 if count == 200 else 1):
            true = np.clip(rng.beta(8 * share, 8 * (1 - share), count), 1e-3, 1 - 1e-3)
            label = (rng.random(count) < true).astype(int)
            odds = true / (1 - true) / share * (1 - share)
            p = odds / (1 + odds)  # as where both classes weigh the same
            weight = alike(label, np.ones(count))
            bounds[count] = chance_calibration_error(label, p)
            if count == 200:
                below += calibration_error(label, p, weight) <= bounds[count]
                wrong = np.where(p > 0.5, 0.02, 0.98)
                limit = chance_calibration_error(label, wrong)
                sure += calibration_error(label, wrong, weight) > limit
    assert below >= 34
    assert sure == 40
    assert bounds[20_000] < bounds[200] / 3


def test_one_class_has_no_error_by_chance() -> None:
    assert chance_calibration_error(np.ones(5, dtype=int), np.full(5, 0.9)) is None
    assert chance_calibration_error(np.zeros(0, dtype=int), np.zeros(0)) is None


def test_scores_of_two_models_are_not_compared() -> None:
    label, block = np.array([0, 1, 0, 1]), np.array([0, 0, 1, 1])
    score = np.array([0.1, 0.2, 0.8, 0.9])
    assert within(auc, label, score, block) == 1
    assert auc(label, score) == 0.75


def test_an_interval_by_outlet_is_wider_where_outlets_differ() -> None:
    rng = np.random.default_rng(0)
    label = np.repeat([0, 1], 200)
    block = np.zeros(400, dtype=int)
    outlet = np.array([f"{i // 20}" for i in range(400)])
    alike = rng.normal(label, 1)
    differing = alike + 2 * rng.normal(size=20)[np.arange(400) // 20]
    low, high = outlet_interval(label, alike, block, outlet) or (0, 1)
    low_2, high_2 = outlet_interval(label, differing, block, outlet) or (0, 0)
    assert high - low < high_2 - low_2
