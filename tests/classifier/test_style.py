from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.languages import LANGUAGES
from classifier.masking import mask
from classifier.measures import MEASURES
from classifier.style import measure
from classifier.tokens import tokenise

CODES = [*LANGUAGES, "und"]

NAMES = [one.name for one in MEASURES]


def measures(text: str, code: str = "en") -> dict[str, float]:
    abbreviations = LANGUAGES[code].abbreviations if code in LANGUAGES else frozenset[str]()
    tokens = tokenise(text, abbreviations)
    values = measure(text, tokens, mask(tokens, code), code)
    return dict(zip(NAMES, values.tolist(), strict=True))


def test_there_are_many_and_each_is_named_and_sourced() -> None:
    assert len(MEASURES) >= 25
    assert len(set(NAMES)) == len(MEASURES)
    assert all(m.name and m.formula and m.source for m in MEASURES)


@given(st.text(max_size=120), st.sampled_from(CODES))
def test_every_measure_is_finite(text: str, code: str) -> None:
    assert np.isfinite(list(measures(text, code).values())).all()


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("text", ["", " ", "\n", "...", "5", "🙂"])
def test_nothing_much_is_measured_too(text: str, code: str) -> None:
    assert np.isfinite(list(measures(text, code).values())).all()


TEXT = (
    "The mayor said the budget is late. The council reportedly met on Tuesday! "
    "Did they vote? “Never,” wrote Anna Smith (the clerk): we must go."
)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("reporting_verbs", 8.0),
        ("hedges", 4.0),
        ("absolutes", 4.0),
        ("necessity", 4.0),
        ("first_plural", 4.0),
        ("third_plural", 4.0),
        ("second", 0.0),
        ("attributed_sentences", 0.5),
        ("hedges_to_boosters", 0.0),
        ("scare_quotes", 4.0),
        ("long_quotes", 0.0),
        ("sentence_length", 6.25),
        ("short_sentences", 0.75),
        ("long_words", 0.04),
        ("lexical_variety", 0.84),
        ("names", 8.0),
        ("distinct_names", 1.0),
        ("numbers", 4.0),
        ("commas", 0.25),
        ("questions", 0.25),
        ("exclamations", 0.25),
        ("brackets", 0.25),
        ("colons", 0.25),
    ],
)
def test_a_known_text_gives_known_values(name: str, value: float) -> None:
    assert measures(TEXT)[name] == pytest.approx(value)


def test_quotations_are_told_by_length() -> None:
    found = measures(
        "He said: “We have passed the whole budget today” and left his “friends” there."
    )
    assert found["quoted_words"] == pytest.approx(7 / 14)
    assert found["long_quotes"] == 1.0
    assert found["scare_quotes"] == pytest.approx(100 / 14)


def test_sentence_measures() -> None:
    found = measures("One two.\n" + "word " * 40)
    assert found["long_sentences"] == 0.5
    assert found["sentence_length"] == 21.0
    assert found["sentence_length_spread"] == pytest.approx(19 / 21)


def test_set_phrases_count_once_in_their_category() -> None:
    found = measures("according to experts it is known that experts say so")
    assert found["attribution"] == pytest.approx(10.0)
    assert found["unnamed_sources"] == pytest.approx(20.0)


def test_shouting_is_counted() -> None:
    assert measures("these are TRAITORS now")["capitals"] == 25.0


@pytest.mark.parametrize(
    ("code", "text", "names"),
    [
        ("en", "the puppet said that we must never", "loaded reporting_verbs necessity absolutes"),
        ("ru", "марионетка сообщил что мы должны никогда не", "loaded necessity negations"),
        ("uk", "він сказав що ми не можемо", "reporting_verbs first_plural negations"),
        ("be", "ён сказаў што мы не можам", "reporting_verbs first_plural negations"),
        ("pl", "on powiedział że nas nigdy nie", "reporting_verbs first_plural negations"),
    ],
)
def test_the_lists_of_each_language_are_used(code: str, text: str, names: str) -> None:
    known, unknown = measures(text, code), measures(text, "und")
    for name in names.split():
        assert known[name] > 0
        assert unknown[name] == 0


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_list_of_each_language_can_be_found(code: str) -> None:
    language = LANGUAGES[code]
    for category in NAMES[:17]:
        entries = getattr(language, category)
        found = [measures(f"и {entry.replace('*', '')}", code)[category] > 0 for entry in entries]
        assert sum(found) >= 0.5 * len(entries) > 0, category
