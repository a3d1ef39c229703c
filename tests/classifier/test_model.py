from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from krynica import Answer, Article, Model, load_model
from krynica.classifier.parameters import SIGNALS
from krynica.classifier.passages import texts_of
from krynica.classifier.reading import read
from krynica.classifier.terms import TermIndex
from krynica.classifier.views import find, shares

FIELDS = [
    *("verdict", "p_propaganda", "reading", "genre", "p_persuasion", "language"),
    *("why_unclear", "words", "signals", "evidence", "model", "error"),
]
POLISH = "Rada miasta przyjęła budżet na przyszły rok, powiedział burmistrz w czwartek. " * 6
UKRAINIAN = "Міська рада ухвалила бюджет на наступний рік, сказав міський голова журналістам. " * 6
GERMAN = "Der Stadtrat hat den Haushalt für das kommende Jahr beschlossen, sagte er. " * 6


def score(model: Model, text: str, language: str | None = None) -> Answer:
    return model.score(Article(text, language=language))


def codes(answer: Answer) -> list[str]:
    return [reason.code for reason in answer.why_unclear]


def test_the_answer_is_as_the_contract_says(model: Model, loud: str) -> None:
    answer = score(model, loud)
    plain = json.loads(json.dumps(answer.as_dict()))
    assert list(plain) == FIELDS
    assert (answer.verdict, answer.language, answer.error) == ("propaganda", "en", None)
    assert answer.p_propaganda is not None
    assert 0.9 <= answer.p_propaganda <= 1
    assert answer.p_persuasion is not None
    assert 0 <= answer.p_persuasion <= 1
    assert list(plain["signals"]) == [*SIGNALS, "persuasion"]
    assert list(plain["reading"]) == ["score", "levels"]
    assert list(plain["genre"]) == ["name", "p"]
    assert plain["genre"]["name"] == "news"
    assert all(0 <= signal <= 1 for signal in answer.signals.values())
    assert plain["why_unclear"] == []
    assert list(plain["model"]) == ["name", "version", "sha256"]
    assert plain["model"]["sha256"] == model.source.sha256
    assert plain["evidence"]
    for item in plain["evidence"]:
        assert list(item) == ["start", "end", "text", "kind", "weight", "note"]
        assert item["kind"] in {"phrase", "passage", "style"}
        assert item["note"].endswith(".")


def test_the_levels_are_of_one_piece_with_the_probability(
    model: Model, loud: str, calm: str
) -> None:
    for text in (loud, calm, loud + calm):
        answer = score(model, text)
        assert answer.reading is not None
        levels = answer.reading.levels
        assert len(levels) == 5
        assert all(0 <= level <= 1 for level in levels)
        assert sum(levels) == pytest.approx(1.0, abs=1e-12)
        assert sum(levels[2:]) == pytest.approx(answer.p_propaganda, abs=1e-12)
        mean = sum(at * level for at, level in enumerate(levels))
        assert answer.reading.score == pytest.approx(mean, abs=1e-12)


def test_reasons_are_a_code_and_a_sentence(model: Model) -> None:
    (reason,) = score(model, "The council met.", "en").as_dict()["why_unclear"]
    assert list(reason) == ["code", "note"]
    assert reason["note"] == "3 words are too few to judge an article; this model needs 20."


def test_calm_text_is_journalism(model: Model, calm: str) -> None:
    answer = score(model, calm)
    assert (answer.verdict, answer.why_unclear) == ("journalism", ())
    assert answer.p_propaganda is not None
    assert answer.p_propaganda <= 0.2


def test_the_row_holds_the_codes(model: Model, loud: str) -> None:
    row = score(model, GERMAN).as_row()
    assert row["why_unclear"] == "language_unsupported"
    assert list(row) == [
        *("verdict", "p_propaganda", "reading", "genre", "p_persuasion", "language"),
        *("why_unclear", "model_version", "error"),
    ]
    assert score(model, loud).as_row()["why_unclear"] is None
    assert score(model, loud).as_row()["model_version"] == "0.1"


def loose(text: str) -> str:
    """Decompose, hyphenate, and adorn a text: nothing that changes what is read."""
    text = text.replace("regime", "re\u00adgime").replace("council", "coun\u200bcil")
    return "\ufeff🙂 café 𝐀. " + unicodedata.normalize("NFD", text)


@pytest.mark.parametrize("altered", [str, loose])
def test_evidence_is_a_slice_of_the_text_as_given(
    model: Model, loud: str, calm: str, altered: type[str]
) -> None:
    text = altered(loud + "\n" + calm)
    answer = score(model, text, "en")
    placed = [item for item in answer.evidence if item.start is not None]
    assert {item.kind for item in placed} == {"phrase", "passage"}
    for item in answer.evidence:
        if item.kind == "style":
            assert item.start is item.end is item.text is None
        else:
            assert item.text == text[item.start : item.end]
            assert item.text


def test_a_soft_hyphen_hides_nothing(model: Model, loud: str) -> None:
    texts = [item.text for item in score(model, loose(loud), "en").evidence]
    assert "puppet re\u00adgime" in texts


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=300), st.sampled_from([None, "en", "pl", "be", "uk", "xx"]))
def test_every_text_has_an_answer(model: Model, text: str, language: str | None) -> None:
    answer = score(model, text, language)
    assert (answer.error is None) != (answer.verdict is None)
    json.dumps(answer.as_dict(), allow_nan=False)
    for item in answer.evidence:
        assert item.start is None or item.text == text[item.start : item.end]


@pytest.mark.parametrize("text", ["\ud800", "\udc00 and \ud83d"])
def test_halves_of_surrogates_are_survived(model: Model, loud: str, text: str) -> None:
    assert score(model, loud + text + loud).verdict == "propaganda"
    assert score(model, loud + text + loud, "en").verdict == "propaganda"


@pytest.mark.parametrize(
    "text",
    [
        "The puppet regime. The council said Anna met her. " * 6,
        "Stooges obey! " * 30 + "the end",
        "The council passed its budget.\n\nHysteria!\n\n“The regime spreads it,” they said. " * 9,
    ],
)
def test_shares_add_up_to_the_log_odds_less_the_cut(model: Model, text: str) -> None:
    numbers = model.source.parameters("en")
    judging = numbers.judging
    assert judging is not None
    reading = read(Article(text, language="en"))
    found = find(reading, TermIndex(numbers.terms))
    vectors = model.encoder.encode(texts_of(reading))
    told = shares(judging, reading, found, vectors)
    biases = (float(judging.encoder.bias), judging.words.bias, judging.style.bias)
    intercept = sum(by * bias for by, bias in zip(judging.reader.coef, biases, strict=True))
    intercept -= judging.reader.cuts[1]
    total = told.passages.sum() + told.terms.sum() + told.style.sum() + intercept
    p = score(model, text, "en").p_propaganda
    assert p is not None
    assert math.log(p / (1 - p)) == pytest.approx(total, abs=1e-6)


def test_phrase_weights_are_their_shares(model: Model) -> None:
    text = "and the stooges obey " * 8
    answer = score(model, text, "en")
    numbers = model.source.parameters("en")
    assert numbers.judging is not None
    reading = read(Article(text, language="en"))
    found = find(reading, TermIndex(numbers.terms))
    vectors = model.encoder.encode(texts_of(reading))
    told = shares(numbers.judging, reading, found, vectors).terms
    (weight,) = [item.weight for item in answer.evidence if item.text == "stooges"]
    own = found.feature == numbers.terms.index("stooges")
    assert weight == pytest.approx(float(told[own].sum()), abs=1e-4)


@pytest.mark.parametrize("text", ["", "  \n ", "12 34 !", "\x00\x01\x02a" * 20])
def test_nothing_to_read_is_an_error_and_nothing_else(model: Model, text: str) -> None:
    plain = score(model, text).as_dict()
    assert plain.pop("error").endswith(".")
    assert not any(plain.values())
    assert plain["p_propaganda"] is None
    assert plain["model"] is None


def test_a_language_not_ours_is_not_judged(model: Model) -> None:
    answer = score(model, GERMAN)
    assert (answer.verdict, answer.p_propaganda, answer.language) == ("unclear", None, "de")
    assert codes(answer) == ["language_unsupported"]
    assert answer.words == 66 + 6


def test_a_language_without_numbers_is_unlike_training(model: Model) -> None:
    answer = score(model, UKRAINIAN)
    assert (answer.verdict, answer.p_propaganda, answer.language) == ("unclear", None, "uk")
    assert codes(answer) == ["unlike_training"]
    assert "Ukrainian" in answer.why_unclear[0].note


@pytest.mark.parametrize("language", [None, "ru"])
def test_russian_in_latin_letters_is_asked_for_in_cyrillic(
    model: Model, language: str | None
) -> None:
    text = "Segodnya gorodskoy sovet prinyal byudzhet, kotoryy uzhe podpisal mer, soobshchil on. "
    answer = score(model, text * 6, language)
    assert (answer.verdict, answer.p_propaganda, answer.evidence) == ("unclear", None, ())
    (reason,) = answer.why_unclear
    assert (reason.code, reason.note) == (
        "language_unsupported",
        "This is Russian in Latin letters; it cannot be judged so. Give it in Cyrillic.",
    )


def test_a_language_with_passages_alone_has_its_persuasion(model: Model) -> None:
    answer = score(model, POLISH)
    assert (answer.verdict, answer.p_propaganda, codes(answer)) == (
        "unclear",
        None,
        ["unlike_training"],
    )
    assert answer.p_persuasion is not None
    assert answer.reading is answer.genre is None
    assert list(answer.signals) == ["persuasion"]
    assert answer.evidence == ()


def test_the_language_told_is_the_language_taken(model: Model, loud: str) -> None:
    assert score(model, loud, "pl").language == "pl"


def test_a_short_text_is_not_judged_but_its_persuasion_is_given(model: Model) -> None:
    answer = score(model, "The puppet regime spreads hysteria.", "en")
    assert (answer.verdict, answer.p_propaganda, codes(answer)) == ("unclear", None, ["too_short"])
    assert answer.p_persuasion is not None
    assert answer.p_persuasion > 0.5
    (passage,) = answer.evidence
    assert (passage.kind, passage.weight) == ("passage", 0.0)


@pytest.mark.parametrize(("words", "judged"), [(19, False), (20, True)])
def test_the_minimum_is_met_to_the_word(model: Model, words: int, *, judged: bool) -> None:
    answer = score(model, "regime " * words, "en")
    assert answer.words == words
    assert (answer.p_propaganda is not None) == judged


def test_the_whole_text_is_read(model: Model, calm: str) -> None:
    long = calm * 120
    before = score(model, long, "en")
    after = score(model, long + "The puppet regime spreads hysteria.", "en")
    assert before.words == 10 * 8 * 120
    assert after.words == before.words + 5
    assert before.p_propaganda is not None
    assert after.p_propaganda is not None
    assert after.p_propaganda > before.p_propaganda


def test_unknown_words_are_unlike_training(model: Model) -> None:
    answer = score(model, "green ideas sleep furiously beneath some quiet trees. " * 5, "en")
    assert "unlike_training" in codes(answer)
    assert answer.verdict == "unclear"


def test_without_its_strongest_phrase_a_text_speaks_less_for_propaganda(
    model: Model, loud: str, calm: str
) -> None:
    text = loud + calm
    answer = score(model, text, "en")
    phrases = [i for i in answer.evidence if i.kind == "phrase" and i.weight > 0]
    assert phrases[0].text
    less = score(model, text.replace(phrases[0].text, "table"), "en")
    assert answer.p_propaganda is not None
    assert less.p_propaganda is not None
    assert less.p_propaganda < answer.p_propaganda


def test_evidence_can_be_left_out_and_changes_nothing_else(model: Model, loud: str) -> None:
    plain = model.score(Article(loud), with_evidence=False).as_dict()
    assert plain.pop("evidence") == []
    full = score(model, loud).as_dict()
    full.pop("evidence")
    assert plain == full


def test_observing_gives_the_same_answer_and_what_a_report_compares(
    model: Model, loud: str
) -> None:
    seen = model.observe(Article(loud))
    assert seen.answer == model.score(Article(loud), with_evidence=False)
    assert seen.known is not None
    assert 0 < seen.known <= 1
    assert seen.passage is not None
    assert seen.passage.text == loud[seen.passage.start : seen.passage.end]


OTHERS = [
    "The council passed its budget, officials said in a statement. " * 30,
    "Puppet regime! " * 200,
    POLISH,
    GERMAN,
    "Regime",
    "",
]


@given(st.lists(st.sampled_from(OTHERS), max_size=8))
def test_the_answer_does_not_depend_on_what_else_was_scored(
    whole: Path, model: Model, others: list[str]
) -> None:
    text = "The puppet regime passed its budget, officials said.\n\nStooges obey. " * 5
    fresh = load_model(whole)
    for other in others:
        score(fresh, other)
    assert score(fresh, text) == score(model, text)


_PROGRAM = """
import json, sys
from krynica import Article, load_model
model = load_model(sys.argv[1])
for text in sys.argv[2:]:
    print(json.dumps(model.score(Article(text)).as_dict()))
"""


@pytest.mark.parametrize("threads", ["1", "2", "4"])
def test_the_answer_does_not_depend_on_the_number_of_threads(
    whole: Path, model: Model, loud: str, calm: str, threads: str
) -> None:
    texts = [loud + calm, loud * 30, calm * 20]
    told = subprocess.run(
        [sys.executable, "-c", _PROGRAM, whole, *texts],
        env={**os.environ, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads},
        capture_output=True,
        check=True,
        text=True,
    ).stdout.splitlines()
    assert told == [json.dumps(score(model, text).as_dict()) for text in texts]
