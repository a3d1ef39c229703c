"""Operating points: whom they accuse and clear; nobody is where nothing shows that to hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from krynica.classifier.parameters import POINTS
from krynica.training.fit.points import (
    ACCUSED,
    CLEARED,
    LEAST_NEWS,
    LEAST_ROOMS,
    NEVER,
    NONE,
    RIGHT,
    Tried,
    operating_points,
)


def tried(seed: int = 0, rooms: int = 20, each: int = 60, gap: float = 4.0) -> Tried:
    """Return texts of newsrooms, one in ten loud, and as many of others, of which half are."""
    rng = np.random.default_rng(seed)
    count = 2 * rooms * each
    newsroom = np.arange(count) < count // 2
    loud = rng.random(count) < np.where(newsroom, 0.1, 0.5)
    p = 1 / (1 + np.exp(-(gap * (loud - 0.5) + rng.normal(size=count))))
    return Tried(
        p,
        rng.integers(3, size=count),
        np.full(count, 0.9),
        loud,
        np.ones(count, dtype=bool),
        newsroom,
        np.array([f"outlet {at // each}" for at in range(count)]),
    )


def _promises(found: Tried, accuse: float, clear: float) -> None:
    plain = found.newsroom & (~found.read | ~found.propaganda)
    accused, cleared = found.p >= accuse, found.p <= clear
    if accuse < NEVER:
        assert (found.p[plain] >= accuse).mean() <= ACCUSED
        assert found.propaganda[accused & found.read].mean() >= RIGHT
    if clear > NONE:
        assert (~found.propaganda[cleared & found.read]).mean() >= CLEARED


@pytest.mark.parametrize("seed", range(5))
def test_each_kind_keeps_all_three_promises(seed: int) -> None:
    found = tried(seed)
    points = operating_points(found)
    for at in range(len(POINTS)):
        own = found.take(found.kind == at)
        assert 0.5 <= points.accuse[at] < NEVER
        assert 0 < points.clear[at] < 0.5
        _promises(own, points.accuse[at], points.clear[at])
        assert (own.p >= points.accuse[at]).any()


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans(), st.booleans()), max_size=300))
def test_no_texts_break_a_promise(rows: list[tuple[int, bool, bool]]) -> None:
    count = len(rows)
    found = Tried(
        np.array([p / 4 for p, _, _ in rows]),
        np.zeros(count, dtype=np.int64),
        np.ones(count),
        np.array([loud for _, loud, _ in rows], dtype=bool),
        np.ones(count, dtype=bool),
        np.array([room for _, _, room in rows], dtype=bool),
        np.array([str(at % 7) for at in range(count)], dtype=str),
    )
    points = operating_points(found)
    _promises(found, points.accuse[0], points.clear[0])


def test_accusations_are_right_where_they_are_made_and_not_only_lower() -> None:
    """The likeliest texts are plain ones of others: with them alone no accusation is right."""
    found = tried()
    top = np.flatnonzero(~found.newsroom & ~found.propaganda)[:200]
    p = found.p.copy()
    p[top] = 0.9999
    raised = replace(found, p=p, kind=np.zeros(len(p), dtype=np.int64))
    room = np.flatnonzero(raised.newsroom & ~raised.propaganda)
    raised.p[room[:60]] = 0.999  # and 60 newsrooms' texts come next
    points = operating_points(raised)
    _promises(raised, points.accuse[0], points.clear[0])
    assert points.accuse[0] == NEVER


@pytest.mark.parametrize(
    ("rooms", "each", "accuses"),
    [
        (LEAST_ROOMS - 1, 200, False),
        (LEAST_ROOMS, 200, True),
        (LEAST_ROOMS, LEAST_NEWS // LEAST_ROOMS - 1, False),
    ],
)
def test_few_newsrooms_accuse_nobody(rooms: int, each: int, accuses: bool) -> None:  # noqa: FBT001
    found = tried(rooms=rooms, each=each)
    found = replace(found, kind=np.zeros(len(found.p), dtype=np.int64))
    assert (operating_points(found).accuse < NEVER).all() == accuses


def test_a_kind_with_too_few_texts_has_the_strictest_point_of_the_others() -> None:
    found = tried()
    kind = np.where(np.arange(len(found.p)) % 2, 0, 1)
    kind[:20] = 2
    points = operating_points(replace(found, kind=kind))
    assert points.accuse[2] >= points.accuse[:2].max()
    assert points.clear[2] <= points.clear[:2].min()


def test_texts_that_nobody_read_guard_and_tell_nothing_else() -> None:
    found = replace(tried(), kind=np.zeros(2400, dtype=np.int64))
    before = operating_points(found)
    loud = np.full(600, 0.995)
    more = Tried(
        np.concatenate([found.p, loud]),
        np.concatenate([found.kind, np.zeros(600, dtype=np.int64)]),
        np.concatenate([found.known, np.ones(600)]),
        np.concatenate([found.propaganda, np.zeros(600, dtype=bool)]),
        np.concatenate([found.read, np.zeros(600, dtype=bool)]),
        np.concatenate([found.newsroom, np.ones(600, dtype=bool)]),
        np.concatenate([found.outlet, np.full(600, "unread")]),
    )
    after = operating_points(more)
    assert after.accuse[0] > 0.995 > before.accuse[0] - 1
    assert after.clear[0] == before.clear[0]


def test_nobody_is_accused_who_is_likelier_plain() -> None:
    found = replace(tried(gap=12.0), kind=np.zeros(2400, dtype=np.int64))
    assert operating_points(found).accuse[0] >= 0.5


def test_without_texts_there_is_no_point() -> None:
    nothing = tried().take(np.zeros(0, dtype=np.int64))
    points = operating_points(nothing)
    assert (points.accuse == NEVER).all()
    assert (points.clear == NONE).all()
    assert points.least_known == 0
