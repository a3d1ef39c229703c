"""Everything that an answer can say has words, and the level never contradicts the probability."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krynica.classifier.answer import GENRES, Levels
from krynica.classifier.parameters import SIGNALS
from krynica.classifier.wording import FROM_LEVEL, LEVELS, VIEWS, middle
from krynica.classifier.wording import GENRES as NAMED


def test_every_level_and_every_genre_has_a_name() -> None:
    assert len(set(LEVELS)) == 5
    assert tuple(NAMED) == GENRES


def test_every_signal_has_a_name() -> None:
    assert tuple(VIEWS) == (*SIGNALS, "persuasion")


@pytest.mark.parametrize(
    ("levels", "level"),
    [
        ((1.0, 0.0, 0.0, 0.0, 0.0), 0),
        ((0.4, 0.3, 0.1, 0.1, 0.1), 1),
        ((0.4, 0.0, 0.2, 0.2, 0.2), 2),
        ((0.0, 0.0, 0.0, 0.0, 1.0), 4),
        ((0.0, 0.0, 0.0, 0.0, 0.0), 4),
    ],
)
def test_the_level_is_the_middle_one(levels: tuple[float, ...], level: int) -> None:
    assert middle(Levels(0.0, levels)) == level  # type: ignore[arg-type]


@given(st.lists(st.integers(1, 1000), min_size=5, max_size=5))
def test_the_level_agrees_with_the_probability(parts: list[int]) -> None:
    levels = [part / sum(parts) for part in parts]
    p = sum(levels[FROM_LEVEL:])
    if abs(p - 0.5) > 1e-9:
        assert (middle(Levels(0.0, tuple(levels))) >= FROM_LEVEL) == (p > 0.5)  # type: ignore[arg-type]
