"""Alpha as its author computes it, and what a clear majority is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from krynica.service.annotations.agreement import agreement, alpha, clear_majority, clear_score

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability": four observers, twelve units,
# a dot where one did not answer (its nominal alpha is .743).
FOUR = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
# Two observers who look for something in ten articles (his binary example, alpha .095).
TWO = ("1100000000", "0110010100")
# Three observers, fifteen units (the example of the encyclopedias, alpha .691).
THREE = (".....34121133.3", "1.213343.......", "..21344.21133.4")


def units(observers: tuple[str, ...]) -> list[list[str]]:
    return [[one for one in unit if one != "."] for unit in zip(*observers, strict=True)]


@pytest.mark.parametrize(
    ("observers", "value", "pairable"), [(FOUR, 0.743, 40), (TWO, 0.095, 20), (THREE, 0.691, 26)]
)
def test_alpha_of_published_examples(
    observers: tuple[str, ...], value: float, pairable: int
) -> None:
    found = agreement(units(observers), "012345")
    assert found.alpha == pytest.approx(value, abs=0.0005)
    assert found.pairable == pairable
    assert found.interval is not None
    assert found.interval[0] < value < found.interval[1]


def test_ordinal_alpha_of_the_published_example() -> None:
    found = agreement(units(FOUR), "12345", ordinal=True)
    assert found.alpha == pytest.approx(0.815, abs=0.0005)
    assert found.interval is not None
    assert found.interval[0] < 0.815 < found.interval[1]


def test_neighbours_disagree_less_where_values_have_an_order() -> None:
    near = [["1", "2"], ["2", "2"], ["3", "3"], ["4", "5"], ["5", "5"], ["1", "1"]]
    far = [["1", "5"], ["2", "2"], ["3", "3"], ["4", "1"], ["5", "5"], ["1", "1"]]
    ordered = [agreement(rows, "12345", ordinal=True).alpha or 0 for rows in (near, far)]
    named = [agreement(rows, "12345").alpha or 0 for rows in (near, far)]
    assert ordered[0] > named[0] > ordered[1]
    assert agreement([["1"], ["2"]], "12345", ordinal=True).alpha is None
    assert agreement([["1", "1"]], "12345", ordinal=True).alpha is None


@given(st.lists(st.lists(st.sampled_from("ab"), max_size=4), max_size=12))
def test_with_two_values_order_says_nothing(rows: list[list[str]]) -> None:
    one, other = (agreement(rows, "ab", ordinal=ordinal).alpha for ordinal in (True, False))
    assert one == (None if other is None else pytest.approx(other))


@pytest.mark.parametrize(
    ("scores", "clear"),
    [([2], 2), ([2, 3], 2), ([3, 2, 3], 3), ([1, 1, 2, 2], 1), ([1, 3], None), ([], None)],
)
def test_scores_are_clear_where_they_differ_by_one_at_most(
    scores: list[int], clear: int | None
) -> None:
    assert clear_score(scores) == clear


def test_agreement_of_one_label_is_that_of_its_coincidences() -> None:
    # Of the coincidences of the binary example 14 are of 0, 10 of them with another 0; 6 of 1, 2.
    classes = agreement(units(TWO), "01").classes
    assert classes["0"].agreed == pytest.approx(10 / 14)
    assert classes["1"].agreed == pytest.approx(2 / 6)
    assert (classes["0"].share, classes["1"].share) == (0.7, 0.3)


def test_nothing_is_told_of_single_answers_or_of_one_label() -> None:
    alone = agreement([["a"], ["b"], []], "ab")
    assert (alone.alpha, alone.interval, alone.pairable) == (None, None, 0)
    assert alone.classes["a"].agreed is None
    alike = agreement([["a", "a"], ["a", "a"]], "ab")
    assert (alike.alpha, alike.interval, alike.pairable) == (None, None, 4)
    assert agreement([], "ab").alpha is None


def test_all_agreeing_is_one_and_chance_is_near_none() -> None:
    assert agreement([["a", "a"], ["b", "b", "b"]], "ab").alpha == 1.0
    rng = np.random.default_rng(0)
    drawn = [list(rng.choice(["a", "b"], 2)) for _ in range(2000)]
    found = agreement(drawn, "ab")
    assert found.alpha == pytest.approx(0, abs=0.05)


def test_the_interval_is_the_same_for_the_same_seed_and_narrower_with_more_units() -> None:
    few, many = units(FOUR), units(FOUR) * 10
    assert agreement(few, "12345") == agreement(few, "12345")
    ends = [agreement(given, "12345").interval for given in (few, many)]
    assert ends[0] is not None
    assert ends[1] is not None
    assert ends[1][1] - ends[1][0] < (ends[0][1] - ends[0][0]) / 2


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=12))
def test_alpha_does_not_depend_on_names_or_order(rows: list[list[str]]) -> None:
    def counts(given: list[list[str]], labels: str) -> np.ndarray:
        return np.array([[float(row.count(label)) for label in labels] for row in given]).reshape(
            -1, 3
        )

    found, other = alpha(counts(rows, "abc")), alpha(counts(rows[::-1], "cab"))
    assert found == (None if other is None else pytest.approx(other))
    assert found is None or found <= 1


@pytest.mark.parametrize(
    ("answers", "label"),
    [
        ("p", "p"),
        ("pp", "p"),
        ("pj", None),
        ("ppj", "p"),
        ("ppjj", None),
        ("ppuj", None),
        ("pppuj", "p"),
        ("uup", "u"),
        ("", None),
    ],
)
def test_a_clear_majority_is_more_than_half(answers: str, label: str | None) -> None:
    assert clear_majority(list(answers)) == label
