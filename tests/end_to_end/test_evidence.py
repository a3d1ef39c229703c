"""The evidence of the model that ships is true: without it a text speaks less for its side."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from krynica import Answer, Article, Evidence, Model, load_model
from krynica.classifier.evidence import SOURCES
from krynica.classifier.measures import MEASURES
from krynica.classifier.phrases import KINDS, SOBER
from tests.end_to_end.written import PLAIN, RANTS

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "data" / "samples").glob("*.txt"))


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model()


@pytest.fixture(scope="module")
def answers(model: Model) -> list[tuple[str, Answer]]:
    """Every sample whose articles are judged, and pairs of them, with its answer."""
    texts = [path.read_text("utf-8") for path in SAMPLES]
    by_language = {path.name[:2]: [] for path in SAMPLES}
    for path, text in zip(SAMPLES, texts, strict=True):
        by_language[path.name[:2]].append(text)
    pairs = [f"{one}\n\n{two}" for of in by_language.values() for one, two in pairwise(of)]
    scored = [(text, model.score(Article(text))) for text in [*texts, *pairs]]
    return [(text, answer) for text, answer in scored if answer.p_propaganda is not None]


def without(text: str, item: Evidence) -> str:
    """Take every place of a phrase out of a text; a passage stands in one place."""
    assert item.text is not None
    if item.kind == "passage":
        return text[: item.start] + text[item.end :]
    return re.sub(rf"(?<!\w){re.escape(item.text)}(?!\w)", "", text, flags=re.IGNORECASE)


def test_without_its_strongest_phrase_the_words_speak_less_for_propaganda(
    model: Model, answers: list[tuple[str, Answer]]
) -> None:
    lowered = []
    for text, answer in answers:
        items = [item for item in answer.evidence if item.kind == "phrase" and item.weight > 0]
        if items:
            left = model.score(Article(without(text, items[0]), language=answer.language))
            lowered.append(left.signals["words"] < answer.signals["words"])
    assert len(lowered) >= 10
    # Shares are exact at the text as it is; once a word is gone the others share anew.
    assert sum(lowered) >= 0.95 * len(lowered)


def test_a_passage_shown_for_propaganda_reads_so_by_itself(
    model: Model, answers: list[tuple[str, Answer]]
) -> None:
    # What is left without it need not read better: in a text that is propaganda throughout, it
    # is as much so.
    leaning = []
    for _, answer in answers:
        items = [item for item in answer.evidence if item.kind == "passage" and item.weight > 0]
        if answer.verdict == "propaganda" and items:
            alone = model.score(Article(str(items[0].text), language=answer.language))
            leaning.append(alone.signals["encoder"] > 0.5)
    assert len(leaning) >= 6
    assert sum(leaning) >= 0.9 * len(leaning)


def test_every_text_has_evidence_in_its_place_and_never_a_name(
    answers: list[tuple[str, Answer]],
) -> None:
    for text, answer in answers:
        assert answer.evidence or answer.verdict == "unclear"
        for item in answer.evidence:
            if item.kind == "style":
                assert item.start is item.end is item.text is None
                continue
            assert item.text == text[item.start : item.end]
            if item.kind == "phrase":
                assert item.text == item.text.lower()


def test_propaganda_shows_passages_that_speak_for_it(answers: list[tuple[str, Answer]]) -> None:
    for _, answer in answers:
        if answer.verdict == "propaganda":
            passages = [item for item in answer.evidence if item.kind == "passage"]
            assert passages
            assert all(item.weight > 0 for item in passages)
    notes = [item.note for _, answer in answers for item in answer.evidence]
    assert any("Loaded language:" in note for note in notes)


def test_a_rant_shows_its_passages(model: Model) -> None:
    for text in RANTS.values():
        items = model.score(Article(text)).evidence
        assert any(item.kind == "passage" and item.weight > 0 for item in items)


def test_plain_texts_show_whose_words_they_give(answers: list[tuple[str, Answer]]) -> None:
    plain = [answer for _, answer in answers if answer.verdict == "journalism"]
    assert plain
    shown = [
        answer
        for answer in plain
        if any(item.note.startswith("This passage reads plain") for item in answer.evidence)
    ]
    assert len(shown) >= 0.8 * len(plain)


def test_naming_a_source_never_speaks_for_propaganda(answers: list[tuple[str, Answer]]) -> None:
    sober = tuple(KINDS[kind] for kind in SOBER)
    labels = tuple(measure.label for measure in MEASURES if measure.name in SOURCES)
    for _, answer in answers:
        for item in answer.evidence:
            assert item.weight <= 0 or not item.note.startswith((*sober, *labels))


def test_no_passage_shown_for_persuasion_speaks_for_journalism(
    answers: list[tuple[str, Answer]],
) -> None:
    for _, answer in answers:
        for item in answer.evidence:
            if item.kind == "passage" and "attributed to a source" not in item.note:
                assert item.weight >= 0


@pytest.mark.parametrize("name", PLAIN)
def test_texts_that_accuse_nobody_show_no_loaded_language(model: Model, name: str) -> None:
    for item in model.score(Article(PLAIN[name])).evidence:
        assert "Loaded language" not in item.note
        assert item.weight <= 0 or "emotive" not in item.note.lower()
