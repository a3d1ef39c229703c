"""How an answer is worded and made safe to print."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krynica.classifier.answer import GENRES, Answer, Evidence, Genre, Levels, ModelId, Reason
from krynica.service.render import LEGEND, figure, json_line, lines
from krynica.service.terminal import one_line, visible

MODEL = ModelId("tiny", "0.1", "0" * 64)


def answer(**fields: object) -> Answer:
    base = {"verdict": "propaganda", "p_propaganda": 0.97, "p_persuasion": 0.8, "language": "ru"}
    return Answer(**{**base, "words": 1200, "model": MODEL, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("p", "written"),
    [
        (0, "<0.01"),
        (0.004, "<0.01"),
        (0.0051, "0.01"),
        (0.5, "0.50"),
        (0.994, "0.99"),
        (0.995, ">0.99"),
        (1, ">0.99"),
    ],
)
def test_a_figure_never_claims_certainty(p: float, written: str) -> None:
    assert figure(p) == written


def test_the_verdict_is_the_first_line() -> None:
    first, second, *rest = [line.plain for line in lines("sample.txt", answer())]
    assert first == "PROPAGANDA  reads like propaganda · 0.97 · sample.txt"
    assert second == (
        "  Russian · 1,200 words · propaganda 0.97 · persuasion 0.80 · model tiny 0.1"
    )
    assert rest == []


def test_how_it_reads_and_what_kind_of_text_it_is() -> None:
    reading = Levels(2.79, (0.001, 0.049, 0.2, 0.66, 0.09))
    told = answer(reading=reading, genre=Genre("opinion", 0.996))
    assert [line.plain for line in lines("-", told)] == [
        "PROPAGANDA  reads like propaganda · 0.97 · -",
        "  reads as: propaganda · score 2.8 of 4",
        "    plain <0.01 · journalism with a voice 0.05 · one-sided 0.20 · propaganda 0.66 · "
        "blatant propaganda 0.09",
        "  Russian · 1,200 words · opinion piece >0.99 · propaganda 0.97 · persuasion 0.80 · "
        "model tiny 0.1",
    ]


@pytest.mark.parametrize("genre", GENRES)
def test_every_genre_has_words_for_people(genre: str) -> None:
    _, facts = (line.plain for line in lines("-", answer(genre=Genre(genre, 0.5))))
    assert " 0.50 · propaganda 0.97" in facts


def test_who_read_the_texts_is_said() -> None:
    assert "a language model that followed a codebook" in LEGEND.plain


def test_unclear_says_why_and_is_no_error() -> None:
    reasons = (Reason("too_short", "Too short."), Reason("views_disagree", "They disagree."))
    unclear = answer(
        verdict="unclear", p_propaganda=None, p_persuasion=None, language="und", words=1,
        why_unclear=reasons,
    )  # fmt: skip
    assert [line.plain for line in lines("-", unclear)] == [
        "UNCLEAR  no clear verdict either way · -",
        "  language unknown · 1 word · model tiny 0.1",
        "  why unclear: Too short.",
        "  why unclear: They disagree.",
    ]


def test_evidence_is_quoted_with_its_sign_and_shortened() -> None:
    long = "слово " * 200
    items = (
        Evidence(0, 5, "слово", "phrase", 0.4, "note"),
        Evidence(0, 5, "мало", "phrase", 0.001, "note"),
        Evidence(0, len(long), long, "passage", 0.2, "note"),
        Evidence(None, None, None, "style", -0.12, "Hedges: 1.00 per 100 words."),
    )
    shown = [line.plain for line in lines("a", answer(evidence=items))]
    assert "    +0.40  “слово”" in shown
    assert not any("мало" in line for line in shown)
    assert "    -0.12  Hedges: 1.00 per 100 words." in shown
    assert any(line.endswith(" …”") and len(line) < 300 for line in shown)


def test_words_are_of_the_text_not_of_its_author() -> None:
    said = " ".join(line.plain for line in [*lines("a", answer()), LEGEND]).lower()
    assert not any(word in said for word in ("propagandist", "liar", "fake", "the author"))


@given(st.text())
def test_no_character_commands_a_terminal(text: str) -> None:
    for shown in (one_line(text), visible(text)):
        assert not any(
            unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in shown if c != "\n"
        )
    assert "\n" not in one_line(text)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_is_one_line_that_gives_the_text_back(text: str) -> None:
    line = json_line(text, answer())
    assert len(line.splitlines()) == 1
    assert json.loads(line)["source"] == text
