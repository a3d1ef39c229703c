"""The ordinal model finds what made-up texts were drawn from."""

from __future__ import annotations

import numpy as np
import pytest

from krynica.classifier.verdict import levels_of, p_propaganda
from krynica.training.fit.levels import GAPS, LEAST_ROWS, Told, adapted, balanced, fit_reader

COEF, CUTS = np.array([1.2, 0.7, 0.0]), np.array([-1.5, 0.0, 1.5, 3.2])


def drawn(count: int, seed: int = 0, shift: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Return scores of views, and the level of each text, drawn by proportional odds."""
    rng = np.random.default_rng(seed)
    scores = rng.normal(0, 1.5, size=(count, 3))
    latent = scores @ COEF + shift + rng.logistic(size=count)
    return scores, (latent[:, None] > CUTS).sum(axis=1)


def exact(level: np.ndarray) -> Told:
    return Told(level, level, np.ones(len(level)))


def of_halves(level: np.ndarray) -> Told:
    """Tell only whether a text reads as propaganda."""
    loud = level >= 2
    return Told(np.where(loud, 2, 0), np.where(loud, 4, 1), np.ones(len(level)))


def test_it_finds_the_cuts_and_what_each_view_counts() -> None:
    scores, level = drawn(6000)
    reader = fit_reader(scores, exact(level))
    assert reader.coef == pytest.approx(COEF, abs=0.15)
    # Both sides weigh the same: all cuts move together, and their distances stay.
    assert np.diff(reader.cuts) == pytest.approx(np.diff(CUTS), abs=0.25)


def test_a_view_never_counts_against_itself() -> None:
    scores, level = drawn(2000)
    scores[:, 2] = -level + np.random.default_rng(1).normal(size=2000)
    assert fit_reader(scores, exact(level)).coef[2] == 0


def test_labels_that_tell_a_side_leave_the_distances_as_they_are_assumed() -> None:
    scores, level = drawn(6000)
    sides, every = fit_reader(scores, of_halves(level)), fit_reader(scores, exact(level))
    assert np.diff(sides.cuts) == pytest.approx(GAPS, abs=1e-3)
    p = [p_propaganda(reader, scores) for reader in (sides, every)]
    assert np.abs(p[0] - p[1]).mean() < 0.02
    assert levels_of(sides, scores).sum(axis=1) == pytest.approx(1)


def test_intervals_and_scores_are_learned_from_together() -> None:
    scores, level = drawn(4000)
    half, whole = of_halves(level), exact(level)
    mixed = np.arange(4000) % 2 == 0
    told = Told(
        np.where(mixed, half.low, whole.low), np.where(mixed, half.high, whole.high), whole.weight
    )
    reader = fit_reader(scores, told)
    assert reader.coef == pytest.approx(COEF, abs=0.2)
    assert np.diff(reader.cuts) == pytest.approx(np.diff(CUTS), abs=0.3)


def test_both_sides_weigh_the_same() -> None:
    told = balanced(Told(np.array([0, 0, 0, 2]), np.array([1, 1, 1, 4]), np.ones(4)))
    assert told.weight.tolist() == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2])
    scores, level = drawn(8000)
    few = np.flatnonzero((level < 2) | (np.arange(8000) % 10 == 0))
    reader = fit_reader(scores[few], exact(level[few]))
    p, loud = p_propaganda(reader, scores[few]), level[few] >= 2
    assert p[loud].mean() == pytest.approx(1 - p[~loud].mean(), abs=0.03)


@pytest.mark.parametrize("shift", [-1.5, 1.5])
def test_a_languages_own_slope_and_shift_are_told_as_probabilities(shift: float) -> None:
    """Calibrated where both sides weigh the same, whatever the cut of all languages is."""
    scores, level = drawn(4000)
    whole = fit_reader(scores + 2.0, exact(level))  # a cut far from nothing
    assert abs(whole.cuts[1]) > 1
    own, read = drawn(3000, seed=1)
    own[:, 0] -= shift  # this language's texts get other scores
    reader = adapted(whole, own + 2.0, exact(read))
    p, weight = p_propaganda(reader, own + 2.0), balanced(exact(read)).weight
    before = p_propaganda(whole, own + 2.0)

    def gap(value: np.ndarray) -> float:
        return abs(float(np.average(value - (read >= 2), weights=weight)))

    assert gap(p) < 0.02
    assert gap(before) > 0.1
    assert np.all(np.diff(reader.cuts) > 0)


def test_a_language_with_few_texts_reads_as_all_do() -> None:
    scores, level = drawn(1000)
    whole = fit_reader(scores, exact(level))
    few = LEAST_ROWS - 1
    assert adapted(whole, scores[:few], exact(level[:few])) is whole
    one_sided = np.flatnonzero(level < 2)
    assert adapted(whole, scores[one_sided], exact(level[one_sided])) is whole


def test_the_same_texts_leave_a_language_near_all() -> None:
    scores, level = drawn(3000)
    whole = fit_reader(scores, exact(level))
    own = adapted(whole, scores, exact(level))
    assert p_propaganda(own, scores) == pytest.approx(p_propaganda(whole, scores), abs=0.03)
