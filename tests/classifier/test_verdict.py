from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from krynica.classifier.answer import GENRES
from krynica.classifier.parameters import (
    POINTS,
    SIGNALS,
    Judging,
    LanguageParameters,
    LinearVector,
    Points,
    Reader,
)
from krynica.classifier.script import Script
from krynica.classifier.verdict import (
    SHORT,
    Judgement,
    judge,
    kind_of,
    levels_of,
    p_propaganda,
    unjudged_language,
)
from tests.tiny_encoder import WIDTH

READER = Reader(
    np.array([1.0, 0.5, 0.25]), np.array([-1.0, 0.0, 1.0, 2.0]), np.ones(3), np.zeros(3)
)
SCORES = st.lists(st.floats(-60, 60), min_size=3, max_size=3).map(np.array)


@pytest.fixture(scope="module")
def judging(parameters: dict[str, LanguageParameters]) -> Judging:
    found = parameters["en"].judging
    assert found is not None
    return replace(
        found,
        reader=READER,
        points=Points(np.array([0.9, 0.95, 0.97]), np.array([0.2, 0.15, 0.1]), 0.1),
        genre=None,
    )


def said(
    judging: Judging,
    scores: list[float],
    *,
    words: int = 100,
    known: float = 0.9,
    accuse: float | None = None,
    clear: float | None = None,
) -> Judgement:
    points = judging.points
    points = Points(
        points.accuse if accuse is None else np.full(3, accuse),
        points.clear if clear is None else np.full(3, clear),
        points.least_known,
    )
    judging = replace(judging, points=points)
    return judge(judging, np.array(scores), np.zeros(WIDTH), words, 25, known)


def codes(judged: Judgement) -> list[str]:
    return [reason.code for reason in judged.why_unclear]


@given(SCORES)
def test_levels_sum_to_one_and_to_the_probability(scores: np.ndarray) -> None:
    levels = levels_of(READER, scores)
    assert levels.min() >= -1e-15
    assert levels.sum() == pytest.approx(1.0)
    assert levels[2:].sum() == pytest.approx(float(p_propaganda(READER, scores)), abs=1e-12)


def test_levels_of_many_texts_are_those_of_each() -> None:
    scores = np.array([[0.5, -1.0, 2.0], [-3.0, 0.0, 1.0]])
    many = levels_of(READER, scores)
    assert many.shape == (2, 5)
    for own, told in zip(scores, many, strict=True):
        assert told == pytest.approx(levels_of(READER, own))


@pytest.mark.parametrize(
    ("scores", "points", "verdict", "reasons"),
    [
        ([4.0, 4.0, 4.0], (0.9, 0.2), "propaganda", []),
        ([-4.0, -4.0, -4.0], (0.9, 0.2), "journalism", []),
        ([0.1, 0.1, 0.1], (0.9, 0.2), "unclear", ["near_threshold"]),
        ([8.0, -4.0, 4.0], (0.9, 0.2), "unclear", ["views_disagree"]),
        ([-8.0, 4.0, -4.0], (0.9, 0.2), "journalism", []),  # words alone accuse nobody
        ([4.0, 4.0, -9.0], (0.9, 0.2), "propaganda", []),
        ([4.0, 4.0, 4.0], (1.1, 0.2), "unclear", ["near_threshold"]),
        ([-4.0, -4.0, -4.0], (1.1, 0.2), "journalism", []),
        ([-4.0, -4.0, -4.0], (1.1, -1.0), "unclear", ["near_threshold"]),
    ],
)
def test_verdicts_and_doubts(
    judging: Judging,
    scores: list[float],
    points: tuple[float, float],
    verdict: str,
    reasons: list[str],
) -> None:
    judged = said(judging, scores, accuse=points[0], clear=points[1])
    assert (judged.verdict, codes(judged)) == (verdict, reasons)
    assert judged.p_propaganda == pytest.approx(float(p_propaganda(READER, np.array(scores))))
    assert list(judged.signals) == list(SIGNALS)
    assert judged.reading is not None


@given(SCORES, st.integers(1, 200), st.floats(0, 1))
def test_no_verdict_without_its_point(
    judging: Judging, scores: np.ndarray, words: int, known: float
) -> None:
    judged = said(judging, scores.tolist(), words=words, known=known)
    assert (judged.verdict == "unclear") == bool(judged.why_unclear)
    p = judged.p_propaganda
    assert (p is None) == (words < 25)
    if p is None:
        return
    kind = kind_of(None, words)
    if judged.verdict == "propaganda":
        assert p >= judging.points.accuse[kind]
        assert judged.signals["words"] >= 0.3
    if judged.verdict == "journalism":
        assert p <= judging.points.clear[kind]


@pytest.mark.parametrize(
    ("score", "points", "told"),
    [
        (0.5, (0.98, 0.2), "from 98% on"),
        (-0.5, (0.98, 0.05), "up to 5%"),
        (0.5, (1.1, 0.2), "cannot promise"),
        (-0.5, (0.98, -1.0), "cannot promise"),
    ],
)
def test_a_note_says_how_far_a_verdict_is(
    judging: Judging, score: float, points: tuple[float, float], told: str
) -> None:
    judged = said(judging, [score] * 3, accuse=points[0], clear=points[1])
    (note,) = (reason.note for reason in judged.why_unclear if reason.code == "near_threshold")
    assert told in note


def test_a_text_of_unknown_words_is_unlike_training_whatever_it_says(judging: Judging) -> None:
    for scores in ([4.0] * 3, [-4.0] * 3):
        judged = said(judging, scores, known=0.05)
        assert (judged.verdict, codes(judged)) == ("unclear", ["unlike_training"])
        assert "5%" in judged.why_unclear[0].note


def test_below_the_minimum_there_are_signals_and_nothing_else(judging: Judging) -> None:
    judged = said(judging, [4.0] * 3, words=24)
    assert (judged.verdict, codes(judged)) == ("unclear", ["too_short"])
    assert judged.p_propaganda is judged.reading is judged.genre is None
    assert judged.signals
    assert said(judging, [4.0] * 3, words=25).p_propaganda is not None


def of_genre(judging: Judging, name: str) -> Judging:
    log_odds = np.array([9.0 * (one == name) for one in GENRES])
    return replace(
        judging, genre=LinearVector(np.zeros(WIDTH), np.zeros((WIDTH, len(GENRES))), log_odds)
    )


@pytest.mark.parametrize("name", GENRES)
def test_the_genre_is_told_with_its_probability(judging: Judging, name: str) -> None:
    judged = said(of_genre(judging, name), [4.0] * 3)
    assert judged.genre is not None
    assert judged.genre.name == name
    assert 0.9 < judged.genre.p < 1


def test_an_opinion_needs_more_than_a_report_and_a_short_text_more_still(judging: Judging) -> None:
    # A probability of .93: above the point of reports alone.
    scores = [2.0, 1.0, 0.5]
    report, opinion = (of_genre(judging, name) for name in ("news", "opinion"))
    assert said(report, scores).verdict == "propaganda"
    judged = said(opinion, scores)
    assert codes(judged) == ["near_threshold", "opinion"]
    assert said(report, scores, words=SHORT - 1).verdict == "unclear"
    assert said(report, scores, words=SHORT).verdict == "propaganda"


@pytest.mark.parametrize(
    ("chances", "words", "kind"),
    [
        (None, 100, "report"),
        (None, SHORT - 1, "short"),
        ([0.9, 0.1, 0.0, 0.0, 0.0, 0.0], 100, "report"),
        ([0.4, 0.2, 0.2, 0.2, 0.0, 0.0], 100, "opinion"),  # each less likely than a report
        ([0.0, 0.0, 1.0, 0.0, 0.0, 0.0], SHORT - 1, "short"),
        ([0.0, 0.0, 0.0, 0.0, 0.6, 0.4], 100, "report"),
    ],
)
def test_what_kind_a_text_is(chances: list[float] | None, words: int, kind: str) -> None:
    found = kind_of(None if chances is None else np.array(chances), words)
    assert POINTS[found] == kind


@pytest.mark.parametrize(
    ("code", "script", "reason", "told"),
    [
        ("uk", Script.USUAL, "unlike_training", "(Ukrainian)"),
        ("de", Script.USUAL, "language_unsupported", "“de”"),
        ("und", Script.USUAL, "language_unsupported", "could not be told"),
        ("und", Script.LATIN_RUSSIAN, "language_unsupported", "Give it in Cyrillic."),
        ("ru", Script.LATIN_RUSSIAN, "language_unsupported", "Give it in Cyrillic."),
    ],
)
def test_why_a_language_is_not_judged(code: str, script: Script, reason: str, told: str) -> None:
    found = unjudged_language(code, script)
    assert found.code == reason
    assert told in found.note
