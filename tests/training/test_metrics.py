from __future__ import annotations

import numpy as np
import pytest

from training.fits import fit_monotone
from training.metrics import auc, calibration_error, outlet_interval, recall_at, wilson, within
from training.operating import (
    NEVER_ACCUSE,
    NEVER_CLEAR,
    NEWSROOMS,
    Trial,
    accuse_point,
    clear_point,
    operating_points,
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


def test_wilson_agrees_with_the_published_example() -> None:
    low, high = wilson(15, 148)
    assert (round(low, 4), round(high, 4)) == (0.0624, 0.1605)
    assert wilson(0, 0) == (0, 1)


def _newsrooms(count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    label = np.r_[np.zeros(count * 50, dtype=int), np.ones(500, dtype=int)]
    p = np.r_[rng.beta(1, 6, count * 50), rng.beta(6, 1, 500)]
    outlet = np.r_[np.repeat(np.arange(count), 50), np.repeat([-1, -2], 250)].astype(str)
    return p, label, outlet


def _trial(p: np.ndarray, label: np.ndarray, outlet: np.ndarray) -> Trial:
    return Trial(p, label, outlet, np.ones(len(p), dtype=np.int64))


def test_the_operating_point_holds_the_promise() -> None:
    p, label, outlet = _newsrooms(60)
    point = accuse_point([_trial(p, label, outlet)])
    assert 0.8 <= point < 1
    assert (p[label == 0] >= point).mean() <= 0.02
    assert (p[label == 1] >= point).any()


@pytest.mark.parametrize(("newsrooms", "judged"), [(NEWSROOMS - 1, False), (NEWSROOMS, True)])
def test_few_newsrooms_allow_no_verdict(newsrooms: int, judged: bool) -> None:  # noqa: FBT001
    p, label, outlet = _newsrooms(newsrooms)
    points = operating_points([_trial(p, label, outlet)], np.ones(len(p)))
    assert (points != (NEVER_ACCUSE, NEVER_CLEAR)) == judged


def test_one_newsroom_that_is_accused_often_raises_the_point() -> None:
    p, label, outlet = _newsrooms(60)
    before = accuse_point([_trial(p, label, outlet)])
    p[:5] = 0.97
    assert accuse_point([_trial(p, label, outlet)]) > max(before, 0.97)


def test_an_accusation_must_hold_where_a_collection_is_held_out_too() -> None:
    first = _trial(*_newsrooms(60))
    p, label, outlet = (column[:100] for column in _newsrooms(60))
    p[:10] = 0.98
    assert accuse_point([first]) < 0.98 < accuse_point([first, _trial(p, label, outlet)])


def test_a_row_that_stands_twice_counts_once() -> None:
    p, label, outlet = _newsrooms(60)
    once = accuse_point([_trial(p, label, outlet)])
    twice = [np.concatenate([column, column]) for column in (p, label, outlet)]
    assert accuse_point([Trial(*twice, np.full(2 * len(p), 2))]) == once


def test_the_clearing_point_bounds_what_is_missed() -> None:
    p, label, _ = _newsrooms(60)
    weight = np.where(label == 1, 1 / 500, 1 / 3000)
    point = clear_point(p, label, weight)
    below = p <= point
    assert 0 < point <= 0.5
    assert weight[below & (label == 1)].sum() <= 0.1 * weight[below].sum()
    assert clear_point(np.full(20, 0.4), np.ones(20, dtype=int), np.ones(20)) == NEVER_CLEAR


def test_a_view_that_misleads_gets_no_say() -> None:
    rng = np.random.default_rng(2)
    label = rng.integers(2, size=500)
    signals = np.column_stack([label + rng.normal(size=500), -label + rng.normal(size=500)])
    coef, _ = fit_monotone(signals, label, np.ones(500))
    assert coef[0] > 0.3
    assert coef[1] == 0
