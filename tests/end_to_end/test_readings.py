"""How the model that ships reads: samples, and texts that were written for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from krynica import Answer, Article, Model, load_model
from tests.end_to_end.written import NEWS, PLAIN, RANTS

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
LANGUAGES = ("be", "en", "pl", "ru", "uk")
LATIN = "Written in łacinka; it was read in Cyrillic."


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model()


def sample(model: Model, name: str) -> Answer:
    return model.score(Article((SAMPLES / f"{name}.txt").read_text("utf-8")))


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sample_of_propaganda_is_never_cleared(model: Model, language: str, number: int) -> None:
    answer = sample(model, f"{language}-propaganda-{number}")
    assert answer.verdict != "journalism"
    assert answer.p_propaganda is not None
    assert answer.p_propaganda > 0.5


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sample_of_journalism_is_never_accused(model: Model, language: str, number: int) -> None:
    answer = sample(model, f"{language}-journalism-{number}")
    assert answer.verdict != "propaganda"
    assert answer.p_propaganda is not None
    assert answer.p_propaganda < 0.5


@pytest.mark.parametrize("orthography", RANTS)
def test_a_rant_of_state_television_reads_as_propaganda(model: Model, orthography: str) -> None:
    answer = model.score(Article(RANTS[orthography]))
    assert (answer.verdict, answer.language) == ("propaganda", "be")
    assert answer.reading is not None
    assert answer.reading.score > 2


@pytest.mark.parametrize("orthography", NEWS)
def test_a_calm_report_reads_as_journalism(model: Model, orthography: str) -> None:
    answer = model.score(Article(NEWS[orthography]))
    assert (answer.verdict, answer.language) == ("journalism", "be")
    assert answer.reading is not None
    assert answer.reading.score < 1.5


@pytest.mark.parametrize("texts", [RANTS, NEWS], ids=["rant", "news"])
def test_orthography_hardly_matters(model: Model, texts: dict[str, str]) -> None:
    scores = []
    for text in texts.values():
        answer = model.score(Article(text))
        assert answer.reading is not None
        scores.append(answer.reading.score)
    assert max(scores) - min(scores) < 1.0


@pytest.mark.parametrize("texts", [RANTS, NEWS], ids=["rant", "news"])
def test_lacinka_is_said_to_be_read_in_cyrillic(model: Model, texts: dict[str, str]) -> None:
    for orthography, text in texts.items():
        notes = [item.note for item in model.score(Article(text)).evidence]
        assert (LATIN in notes) == (orthography == "łacinka")


@pytest.mark.parametrize("name", PLAIN)
def test_texts_that_accuse_nobody_are_not_accused(model: Model, name: str) -> None:
    answer = model.score(Article(PLAIN[name]))
    assert answer.verdict != "propaganda"
    assert answer.p_propaganda is not None
    assert answer.p_propaganda < 0.5


def test_russian_in_latin_letters_is_not_judged(model: Model) -> None:
    text = (
        "Segodnya gorodskoy sovet prinyal byudzhet, kotoryy uzhe podpisal mer, soobshchil ego "
        "pomoshchnik. Deputaty takzhe reshili, chto shkoly poluchat bolshe deneg, chem v proshlom "
        "godu, a dorogi budut remontirovat tolko vesnoy, kogda stanet teplo."
    )
    answer = model.score(Article(text))
    assert (answer.verdict, answer.p_propaganda) == ("unclear", None)
    assert [reason.code for reason in answer.why_unclear] == ["language_unsupported"]
    assert "Give it in Cyrillic" in answer.why_unclear[0].note
