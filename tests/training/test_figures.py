from __future__ import annotations

import numpy as np
import pytest

from krynica.training.statistics.figures import Judged, by, curves, figures, newsrooms


def judged(count: int = 400, seed: int = 0) -> Judged:
    rng = np.random.default_rng(seed)
    score = rng.integers(5, size=count)
    loud = score >= 2
    p = np.clip(0.5 + 0.15 * (score - 2) + rng.normal(0, 0.1, count), 0.01, 0.99)
    verdict = np.where(p > 0.8, "propaganda", np.where(p < 0.3, "journalism", "unclear"))
    newsroom = np.arange(count) % 2 == 0
    outlet = np.array([f"{'room' if at % 2 == 0 else 'state'} {at % 10}" for at in range(count)])
    language = np.where(np.arange(count) < count // 4, "be", "en")
    kind, genre = np.full(count, "article"), np.where(score % 2, "opinion", "news")
    checker = np.array([name == "room 0" for name in outlet])
    return Judged(score, loud, p, verdict, outlet, language, kind, genre, newsroom, checker)


def test_shares_are_what_they_are_called() -> None:
    found = judged()
    told = figures(found)
    accused, cleared = found.verdict == "propaganda", found.verdict == "journalism"
    plain = found.newsroom & ~found.propaganda
    assert told.texts == 400
    assert told.propaganda == found.propaganda.sum()
    assert told.outlets == 10
    assert told.newsroom_texts == plain.sum()
    assert told.accused_newsrooms == pytest.approx(accused[plain].mean(), abs=1e-3)
    assert told.accusations_right == pytest.approx(found.propaganda[accused].mean(), abs=1e-3)
    assert told.propaganda_found == pytest.approx(accused[found.propaganda].mean(), abs=1e-3)
    assert told.journalism_right == pytest.approx(1 - found.propaganda[cleared].mean(), abs=1e-3)
    assert told.clear_verdicts == pytest.approx((accused | cleared).mean(), abs=1e-3)
    assert told.auc_interval
    assert told.auc_interval[0] <= told.auc <= told.auc_interval[1]
    assert told.auc_strong > told.auc
    assert told.found_strong > told.found


def test_a_plain_text_of_no_newsroom_is_no_newsroom_accused() -> None:
    found = judged()
    state = ~found.newsroom & ~found.propaganda
    found.verdict[state] = "propaganda"
    before = figures(judged())
    after = figures(found)
    assert after.accused_newsrooms == before.accused_newsrooms
    assert after.accusations_right < before.accusations_right


def test_texts_that_nobody_read_count_in_newsrooms_alone() -> None:
    found = judged()
    unread = found.newsroom & (np.arange(400) % 3 == 0)
    found.score[unread] = -1
    found.propaganda[unread] = False
    found.verdict[unread] = "propaganda"
    told = figures(found)
    assert told.texts == (~unread).sum()
    rooms = {room.outlet: room for room in newsrooms(found)}
    assert rooms.keys() == {f"room {at}" for at in range(0, 10, 2)}
    assert min(room.accused for room in rooms.values()) > 0.3


def test_newsrooms_are_listed_from_the_one_accused_most_and_small_ones_are_not() -> None:
    found = judged(1000)
    mine = (found.outlet == "room 4") & ~found.propaganda
    found.verdict[mine] = "propaganda"
    few = np.flatnonzero(found.outlet == "room 2")[19:]
    rooms = newsrooms(found.take(np.setdiff1d(np.arange(1000), few)))
    assert rooms[0].outlet == "room 4"
    assert rooms[0].accused == 1.0
    assert "room 2" not in {room.outlet for room in rooms}


def test_languages_and_genres_are_told_apart() -> None:
    found = judged()
    told = by(found, "language")
    assert {code: one.texts for code, one in told.items()} == {"be": 100, "en": 300}
    assert by(found, "genre").keys() == {"news", "opinion"}


def test_one_kind_alone_tells_no_ranking() -> None:
    found = judged()
    plain = found.take(~found.propaganda)
    told = figures(plain)
    assert (told.auc, told.auc_interval, told.calibration_error) == (None, None, None)
    assert told.accused_newsrooms is not None
    assert curves(plain) is None


def test_a_probability_that_holds_has_a_small_error() -> None:
    rng = np.random.default_rng(1)
    count = 20_000
    p = rng.random(count)
    loud = rng.random(count) < p
    base = judged(count)
    told = figures(
        Judged(
            np.where(loud, 2, 0), loud, p, base.verdict, base.outlet, base.language, base.kind,
            base.genre, base.newsroom, base.checker,
        )
    )  # fmt: skip
    assert told.calibration_error < 0.02
