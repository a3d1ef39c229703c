"""What is worth labelling, on signals of known structure."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_array, eye_array

from krynica.service.annotations.selection import (
    REASONS,
    Signals,
    grounds,
    merit,
    rank,
    shortlist,
    uncertainty,
)

ACCUSE, CLEAR = 0.95, 0.2


def made(n: int, **columns: object) -> Signals:
    """Rows of one known language and outlet, of which the model is sure."""
    plain = Signals(
        np.full(n, 0.01),
        np.full(n, ACCUSE),
        np.full(n, CLEAR),
        np.zeros(n, dtype=bool),
        np.zeros(n, dtype=np.int64),
        np.zeros(n, dtype=np.int64),
        np.zeros(n, dtype=bool),
        np.zeros(n, dtype=bool),
        np.arange(n, dtype=np.uint64),
    )
    arrays = {name: np.array(values) for name, values in columns.items()}
    for name in {"language", "outlet"} & arrays.keys():
        arrays[name] = np.unique(arrays[name], return_inverse=True)[1]
    return replace(plain, **arrays)


def apart(n: int) -> csr_array:
    """Vectors of texts that have nothing in common."""
    return csr_array(eye_array(n))


def picked(signals: Signals, rows: int, vectors: csr_array | None = None) -> list[int]:
    found: list[int] = rank(signals, apart(len(signals)) if vectors is None else vectors, rows)
    return list(map(int, found))


def odds(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))


def test_uncertainty_falls_by_half_a_log_odds_from_the_nearest_point() -> None:
    at = np.log(CLEAR / (1 - CLEAR))
    p = [CLEAR, odds(at - 1), odds(at - 2), ACCUSE]
    assert uncertainty(made(4, p=p)) == pytest.approx([1, 0.5, 0.25, 1])
    unclear = [True] * 4
    assert uncertainty(made(4, p=p, abstains=unclear)) == pytest.approx([1, 0.75, 0.625, 1])


def test_without_operating_points_it_is_the_distance_to_even_odds() -> None:
    for none in (2.0, -1.0, np.nan):
        found = made(3, p=[0.5, odds(1), odds(-2)], accuse=[none] * 3, clear=[none] * 3)
        assert uncertainty(found) == pytest.approx([1, 0.5, 0.25])


def test_each_ground_is_told_and_counts() -> None:
    rows = made(
        5,
        p=[0.01, CLEAR, 0.01, np.nan, CLEAR],
        new_outlet=[False, False, True, False, True],
        new_language=[False, False, False, True, True],
        abstains=[False, False, False, True, False],
    )
    told = [[why for why, met in zip(REASONS, row, strict=True) if met] for row in grounds(rows)]
    assert told == [
        [],
        ["uncertain"],
        ["new outlet"],
        ["new language"],
        ["uncertain", "new outlet", "new language"],
    ]
    worth = merit(rows)
    assert worth[4] == worth.max() == 1
    assert worth[0] == worth.min()


def test_the_most_uncertain_come_first() -> None:
    points = [0.001, 0.15, 0.2, 0.05, 0.01]
    assert picked(made(5, p=points), 3) == [2, 1, 3]


def test_outlets_and_languages_take_turns() -> None:
    # 60 rows of one outlet that is worth most, 6 of others, and one other language.
    outlet = ["large"] * 60 + [f"small {n}" for n in range(6)] + ["foreign"] * 10
    language = ["en"] * 66 + ["be"] * 10
    p = [CLEAR] * 60 + [0.1] * 6 + [0.05] * 10
    rows = made(76, outlet=outlet, language=language, p=p)
    chosen = picked(rows, 14)
    assert Counter(language[at] for at in chosen) == {"en": 7, "be": 7}
    assert Counter(outlet[at] for at in chosen if language[at] == "en") == Counter(
        ["large", *(f"small {n}" for n in range(6))]
    )


def test_a_language_that_is_used_up_leaves_its_turns_to_the_others() -> None:
    rows = made(12, language=["en"] * 10 + ["be"] * 2, p=[CLEAR] * 12)
    chosen = picked(rows, 8)
    assert sum(at >= 10 for at in chosen) == 2
    assert len(set(chosen)) == 8
    assert len(picked(rows, 50)) == 12


def test_texts_alike_are_not_picked_one_after_the_other() -> None:
    # Three subjects; the first has five rows that are worth a little more than the others.
    subject = [0, 0, 0, 0, 0, 1, 1, 2, 2]
    vectors = csr_array(np.eye(3)[subject])
    rows = made(9, p=[CLEAR] * 5 + [0.18] * 4)
    assert {subject[at] for at in picked(rows, 3, vectors)} == {0, 1, 2}
    assert {subject[at] for at in picked(rows, 3)} == {0}


def test_the_pick_does_not_depend_on_the_order_of_the_rows() -> None:
    rng = np.random.default_rng(4)
    n = 40
    rows = made(
        n,
        p=rng.random(n).round(1),
        outlet=rng.choice(["a", "b", "c"], n),
        language=rng.choice(["en", "be"], n),
        tie=rng.permutation(n).astype(np.uint64),
    )
    vectors = csr_array(np.eye(5)[rng.integers(5, size=n)])
    turned = Signals(*(getattr(rows, name)[::-1] for name in Signals.__dataclass_fields__))
    one = rows.tie[rank(rows, vectors, 12)]
    other = turned.tie[rank(turned, csr_array(vectors.toarray()[::-1]), 12)]
    assert one.tolist() == other.tolist()


def test_a_shortlist_keeps_the_best_of_every_outlet() -> None:
    outlet = ["large"] * 1000 + [f"small {n}" for n in range(20)]
    p = [CLEAR] * 1000 + [0.02] * 20
    rows = made(1020, outlet=outlet, p=p)
    found = shortlist(rows, 60).tolist()
    assert found == sorted(set(found))
    assert len(found) == 60
    assert set(range(1000, 1020)) < set(found)
    assert shortlist(rows, 5000).tolist() == list(range(1020))
