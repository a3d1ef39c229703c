from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier import CorpusError
from training.splits import LEAST, cut_by_date, hold_collection_out


def _rows(*parts: tuple[str, str, int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return label, outlet and source of parts: source, outlet, label, articles."""
    source, outlet, label, times = zip(*parts, strict=True)
    return tuple(np.repeat(np.array(column), times) for column in (label, outlet, source))


BOTH = (("a", "rt", 1, 50), ("a", "times", 0, 50))
REST = (
    *(("b", "rt", 1, 30), ("b", "sputnik", 1, 40), ("b", "pravda", 1, 40)),
    *(("b", "post", 0, 40), ("b", "mail", 0, 40), ("b", "globe", 0, 40)),
)


def test_an_outlet_of_a_held_out_collection_is_learned_from_nowhere() -> None:
    label, outlet, source = _rows(*BOTH, *REST)
    split = hold_collection_out("a", label, outlet, source)
    assert set(source[split.test]) == {"a"}
    assert set(outlet[split.train]) == {"sputnik", "pravda", "post", "mail", "globe"}
    assert split.paired is None


def test_a_collection_of_one_class_is_tested_beside_outlets_of_the_other() -> None:
    label, outlet, source = _rows(("a", "rt", 1, 50), *REST)
    split = hold_collection_out("a", label, outlet, source)
    assert split.paired == 0
    assert set(label[split.test]) == {0, 1}
    assert set(outlet[split.test][label[split.test] == 1]) == {"rt"}
    assert not set(outlet[split.test]) & set(outlet[split.train])
    assert set(label[split.train]) == {0, 1}
    assert "a" not in set(source[split.train])


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ((("a", "rt", 1, LEAST - 1), *REST), "fewer than 40 articles"),
        ((*BOTH, ("b", "post", 0, 50), ("b", "mail", 0, 50)), "outlets of propaganda"),
        ((*BOTH, ("b", "sputnik", 1, 50), ("b", "pravda", 1, 50)), "outlets of journalism"),
    ],
)
def test_a_collection_that_cannot_be_held_out_says_why(
    parts: tuple[tuple[str, str, int, int], ...], reason: str
) -> None:
    with pytest.raises(CorpusError, match=reason):
        hold_collection_out("a", *_rows(*parts))


def test_the_cut_makes_the_smallest_count_largest() -> None:
    days = np.array([f"2020-01-{day:02}" for day in range(1, 31)])
    date = np.repeat(np.tile(days, 2), 10)
    label = np.repeat([0, 1], 300)
    cut, split = cut_by_date(label, date)
    assert cut == "2020-01-16"
    assert len(split.train) == len(split.test) == 300


def test_rows_without_a_date_are_on_neither_side() -> None:
    date = np.r_[np.repeat(["2020-01-01", "2020-02-01"], 2 * LEAST), np.repeat([""], 100)]
    label = np.arange(len(date)) % 2
    cut, split = cut_by_date(label, date)
    assert cut == "2020-02-01"
    assert set(date[split.train]) == {"2020-01-01"}
    assert set(date[split.test]) == {"2020-02-01"}


def test_a_class_that_ends_before_the_other_begins_allows_no_cut() -> None:
    date = np.repeat(["2020-01-01", "2020-02-01"], 100)
    with pytest.raises(CorpusError, match="no date leaves 40"):
        cut_by_date((date == "2020-01-01").astype(int), date)


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(1, 9)), min_size=160, max_size=300))
def test_the_cut_looks_at_counts_alone(rows: list[tuple[int, int]]) -> None:
    """Classes that change names change nothing, nor does the rows' order."""
    label = np.array([value for value, _ in rows])
    date = np.array([f"2020-01-0{day}" for _, day in rows])
    try:
        cut, split = cut_by_date(label, date)
    except CorpusError:
        with pytest.raises(CorpusError):
            cut_by_date(1 - label, date)
        return
    assert cut_by_date(1 - label[::-1], date[::-1])[0] == cut
    assert all(date[split.train] < cut)
    assert all(date[split.test] >= cut)
