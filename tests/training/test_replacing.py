"""The rules by which one model may replace another, on made-up answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from krynica.training.comparison.pairs import Pairs, Said, by_outlet, mcnemar, paired
from krynica.training.comparison.replacing import (
    language_verdict,
    matched_interval,
    surely_accused_more,
    whole_verdict,
)
from krynica.training.results.paired import Coverage, Disagreement, Sides
from krynica.training.statistics.metrics import brier, log_loss

BOTH = Sides(a=True, b=True)


def made(outlets: int = 12, each: int = 60, gap: float = 2.0, seed: int = 0) -> Pairs:
    """Return articles of as many outlets of each class, on which both models say the same."""
    rng = np.random.default_rng(seed)
    label = np.repeat([0, 1], outlets * each)
    outlet = np.repeat([f"{kind} {n}" for kind in "np" for n in range(outlets)], each)
    p = 1 / (1 + np.exp(-(rng.normal(0, 1, len(label)) + gap * (label - 0.5))))
    verdict = np.where((p > 0.8) & (label == 1), "propaganda", "unclear")
    said = Said(p, verdict)
    return Pairs(label, outlet, np.full(len(label), "en"), said, said)


def with_b(pairs: Pairs, p: Any = None, accused: Any = None) -> Pairs:
    """Return the rows with other probabilities of B, and rows that B alone calls propaganda."""
    verdict = pairs.a.verdict.astype("<U10")
    if accused is not None:
        verdict[accused] = "propaganda"
    said = Said(pairs.a.p if p is None else p, verdict)
    return Pairs(pairs.label, pairs.outlet, pairs.language, pairs.a, said)


def verdict(pairs: Pairs, **judged_by: bool) -> tuple[str, str]:
    found = replace(paired(pairs), by_outlet=by_outlet(pairs))
    said = language_verdict(found, replace(BOTH, **judged_by))
    return said.answer, " ".join(said.reasons)


def news(pairs: Pairs, name: str, count: int) -> Any:
    """Return the numbers of the first articles of a newsroom."""
    return np.flatnonzero(pairs.outlet == name)[:count]


def test_a_model_that_says_the_same_may_replace() -> None:
    assert verdict(made()) == ("may", "")


def test_newsrooms_accused_surely_more_often_forbid() -> None:
    pairs = made()
    rooms = np.concatenate([news(pairs, f"n {n}", 3) for n in range(12)])
    answer, why = verdict(with_b(pairs, accused=rooms))
    assert answer == "must_not"
    assert "B surely accuses newsrooms more often: 5.0 points" in why


def test_one_newsroom_accused_surely_more_often_forbids_whatever_the_mean() -> None:
    pairs = made()
    answer, why = verdict(with_b(pairs, accused=news(pairs, "n 3", 15)))
    assert answer == "must_not"
    assert why.startswith("B surely accuses one newsroom more often, n 3: A 0.0%, B 25.0% of 60")


def test_one_newsroom_forbids_even_where_outlets_are_few() -> None:
    pairs = made(outlets=2)
    assert verdict(with_b(pairs, accused=news(pairs, "n 1", 15)))[0] == "must_not"


def test_a_newsroom_that_may_be_accused_more_often_leaves_it_open() -> None:
    pairs = made()
    answer, why = verdict(with_b(pairs, accused=news(pairs, "n 3", 3)))
    assert answer == "cannot_tell"
    assert "B may accuse one newsroom more often, n 3 (A 0.0%, B 5.0% of 60 articles)" in why


def test_the_newsroom_with_the_greatest_rise_counts_not_the_one_accused_most() -> None:
    pairs = made(each=100)
    both = pairs.a.verdict.astype("<U10")
    both[news(pairs, "n 0", 20)] = "propaganda"
    pairs = replace(pairs, a=Said(pairs.a.p, both))
    rows = np.concatenate([np.flatnonzero(pairs.outlet != "n 3"), news(pairs, "n 3", 40)])
    pairs = pairs.take(rows)
    answer, why = verdict(with_b(pairs, accused=news(pairs, "n 3", 4)))
    assert answer == "cannot_tell"
    assert "B may accuse one newsroom more often, n 3 " in why


def test_a_small_newsroom_that_is_wholly_accused_forbids() -> None:
    pairs = made()
    rest = np.flatnonzero(pairs.outlet != "n 3")
    pairs = pairs.take(np.concatenate([rest, news(pairs, "n 3", 39)]))
    answer, why = verdict(with_b(pairs, accused=news(pairs, "n 3", 39)))
    assert answer == "must_not"
    assert "one newsroom more often, n 3: A 0.0%, B 100.0% of 39 articles" in why


@pytest.mark.parametrize("everything", ["unclear", "journalism"])
def test_a_model_that_finds_nothing_must_not_replace(everything: str) -> None:
    pairs = made()
    mute = Said(pairs.a.p, np.full(len(pairs.label), everything))
    answer, why = verdict(replace(pairs, b=mute))
    assert answer == "must_not"
    assert "B surely loses too much: propaganda found, less newsrooms accused, -" in why


def test_clear_verdicts_that_are_lost_forbid() -> None:
    pairs = made()
    clears = np.where((pairs.label == 0) & (pairs.a.p < 0.4), "journalism", pairs.a.verdict)
    answer, why = verdict(replace(pairs, a=Said(pairs.a.p, clears)))
    assert answer == "must_not"
    assert "B surely loses too much: clear verdicts that are right, -" in why


def test_finding_a_little_less_does_not_forbid() -> None:
    pairs = made()
    less = np.where((pairs.label == 1) & (pairs.a.p > 0.81), "propaganda", "unclear")
    assert verdict(replace(pairs, b=Said(pairs.a.p, less))) == ("may", "")


def test_what_a_loss_is_worth_where_fewer_are_accused_is_left_open() -> None:
    pairs = made()
    harsh = np.where(pairs.a.p > 0.6, "propaganda", "unclear")
    mute = np.full(len(pairs.label), "unclear")
    answer, why = verdict(replace(pairs, a=Said(pairs.a.p, harsh), b=Said(pairs.a.p, mute)))
    assert answer == "cannot_tell"
    assert "B may lose up to" in why


def test_a_model_that_judges_little_may_not_replace() -> None:
    pairs = made()
    mute = np.where(np.arange(len(pairs.label)) % 10 == 0, np.nan, pairs.a.p)
    answer, why = verdict(with_b(pairs, p=mute))
    assert answer == "cannot_tell"
    assert "B does not judge 144 of the 1440 articles that A judges; at most 5% is allowed." in why
    some = np.where([name in {"n 1", "p 1"} for name in pairs.outlet], pairs.a.p, np.nan)
    why = verdict(with_b(pairs, p=some))[1]
    assert "Both models judge articles of fewer than 10 outlets of a kind." in why


def test_finding_more_propaganda_makes_up_for_no_accusation() -> None:
    pairs = made()
    rows = np.concatenate([news(pairs, "n 3", 15), np.flatnonzero(pairs.label == 1)])
    assert verdict(with_b(pairs, accused=rows))[0] == "must_not"


def test_fewer_accusations_do_not_forbid() -> None:
    pairs = made()
    worse = with_b(pairs, accused=news(pairs, "n 3", 15))
    better = Pairs(pairs.label, pairs.outlet, pairs.language, worse.b, worse.a)
    assert verdict(better) == ("may", "")


def test_a_ranking_that_is_surely_worse_forbids() -> None:
    pairs = made()
    noise = np.random.default_rng(1).random(len(pairs.label))
    answer, why = verdict(with_b(pairs, p=noise))
    assert answer == "must_not"
    assert "B surely ranks worse: AUC -0." in why


def test_a_ranking_that_may_be_worse_leaves_it_open() -> None:
    pairs = made(outlets=11, each=40)
    noise = np.random.default_rng(1).normal(0, 0.5, len(pairs.label))
    p = 1 / (1 + np.exp(-(np.log(pairs.a.p / (1 - pairs.a.p)) + noise)))
    answer, why = verdict(with_b(pairs, p=p))
    assert answer == "cannot_tell"
    assert why.startswith("B may rank worse, by up to 0.0")


@pytest.mark.parametrize("outlets", [3, 9])
def test_few_outlets_cannot_tell(outlets: int) -> None:
    answer, why = verdict(made(outlets=outlets))
    assert answer == "cannot_tell"
    assert f"Newsrooms here that neither model knows: {outlets}; at least 10 are needed." in why
    assert f"Outlets of propaganda here that neither model knows: {outlets}; " in why


def test_few_articles_of_many_newsrooms_cannot_tell() -> None:
    answer, why = verdict(made(outlets=12, each=8))
    assert answer == "cannot_tell"
    assert "B may accuse newsrooms more often by up to 2.0 points; at most 1.0 points is" in why


def test_small_newsrooms_cannot_tell() -> None:
    assert "No newsroom that neither model knows has 40 articles" in verdict(made(each=39))[1]


def test_a_language_that_b_does_not_judge_forbids() -> None:
    assert verdict(made(), b=False)[0] == "must_not"
    assert language_verdict(None, Sides(a=True, b=False)).answer == "must_not"


def test_a_language_that_only_b_judges_is_held_to_its_accusations_alone() -> None:
    pairs = made()
    nothing = Said(np.full(len(pairs.label), np.nan), np.full(len(pairs.label), "unclear"))
    alone = Pairs(pairs.label, pairs.outlet, pairs.language, nothing, pairs.b)
    found = paired(alone)
    assert found.judged == Coverage(both=0, only_a=0, only_b=1440, neither=0)
    assert found.figures["auc"].difference is None
    assert found.figures["propaganda_found"].difference > 0.3
    assert verdict(alone, a=False) == ("may", "")
    # The same where A says that it judges the language, and judged none of these articles.
    assert verdict(alone)[0] == "cannot_tell"


def test_without_rows_only_the_same_numbers_can_tell() -> None:
    assert language_verdict(None, BOTH).answer == "cannot_tell"
    assert language_verdict(None, BOTH, the_same=True).answer == "may"


@pytest.mark.parametrize(
    ("languages", "whole"),
    [
        (["may", "may"], "may"),
        (["may", "cannot_tell"], "cannot_tell"),
        (["cannot_tell", "must_not", "may"], "must_not"),
        ([], "cannot_tell"),
    ],
)
def test_the_whole_is_its_worst_language(languages: Any, whole: str) -> None:
    assert whole_verdict(languages) == whole


def test_differences_are_b_less_a_with_intervals_around_them() -> None:
    pairs = made()
    figures = paired(with_b(pairs, accused=news(pairs, "n 3", 36))).figures
    accused = figures["falsely_accused"]
    assert (accused.a, accused.b, accused.difference) == (0.0, 0.05, 0.05)
    low, high = accused.interval
    assert low == 0.0  # a newsroom of twelve is not drawn in every third sample
    assert 0.1 < high < 0.25
    assert figures["auc"].interval == (0.0, 0.0)


def test_auc_over_languages_compares_inside_each() -> None:
    one, other = made(seed=0), made(seed=1)
    shifted = Said(other.a.p * 1e-3, other.a.verdict)
    both = Pairs(
        np.concatenate([one.label, other.label]),
        np.concatenate([one.outlet, np.char.add(other.outlet, " pl")]),
        np.concatenate([one.language, np.full(len(other.label), "pl")]),
        *[
            Said(np.concatenate([one.a.p, shifted.p]), np.concatenate([one.a.verdict] * 2)),
        ]
        * 2,
    )
    alone = [paired(pairs).figures["auc"].a for pairs in (one, other)]
    assert paired(both).figures["auc"].a == pytest.approx(sum(alone) / 2, abs=0.001)


def test_mcnemar_counts_what_one_alone_says() -> None:
    a, b = np.array([True] + [False] * 19), np.array([False] + [True] * 9 + [False] * 10)
    # 2 (1 + 10) / 2¹⁰
    assert mcnemar(a, b) == Disagreement(1, 9, pytest.approx(22 / 1024))
    assert mcnemar(a, a) == Disagreement(0, 0, 1.0)


def test_matched_intervals_are_agresti_and_mins() -> None:
    low, high = matched_interval(0, 5, 98)
    assert (low, high) == (pytest.approx(0.003, abs=5e-4), pytest.approx(0.097, abs=5e-4))
    assert matched_interval(5, 0, 98) == (pytest.approx(-high), pytest.approx(-low))
    assert matched_interval(0, 0, 40)[1] < 0.05


def test_newsrooms_are_tested_together() -> None:
    pairs = made()
    rooms = by_outlet(with_b(pairs, accused=news(pairs, "n 3", 6)))[:12]
    assert rooms[0].outlet == "n 3"
    assert rooms[0].mcnemar.p_value < 0.05
    assert surely_accused_more(rooms[:1]) == [rooms[0]]
    assert surely_accused_more(rooms) == []  # one of twelve: .03 is not rare enough


def test_losses_of_known_probabilities() -> None:
    label, p, weight = np.array([1, 0]), np.array([0.8, 0.4]), np.array([3.0, 1.0])
    assert brier(label, p, weight) == pytest.approx((3 * 0.04 + 0.16) / 4)
    assert log_loss(label, p, weight) == pytest.approx(-(3 * np.log(0.8) + np.log(0.6)) / 4)
    assert log_loss(label, np.array([0.0, 1.0]), weight) < 14
