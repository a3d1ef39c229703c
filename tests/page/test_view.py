"""What is shown of an answer: sides, the style table, certainty never claimed."""

from __future__ import annotations

from typing import Any

import pytest

from classifier.answer import Answer, Evidence, ModelId, Reason
from classifier.sentence import Sentence
from service.page.translation import interface
from service.page.view import View, percentage, view

EN = interface("en")


def shown(text: str = "abc def", manifest: Any = None, **answer: Any) -> View:
    fields: dict[str, Any] = {"verdict": "unclear", "language": "en", "words": 2}
    found = Answer(**fields | answer, model=ModelId("tiny", "1", "0" * 64))
    return view(EN, found, text, manifest or {}, title="", source="")


def style(note: str, weight: float = 0.5) -> Evidence:
    return Evidence(None, None, None, "style", weight, note)


def test_style_note_with_its_parts_is_a_row() -> None:
    note = Sentence(
        "{measure}: {value}; in newsrooms usually {usual}.",
        measure=Sentence("Phrases that name a source"),
        value=Sentence("{count:d} in {n:d} word", "{count:d} in {n:d} words", count=1, n=1480),
        usual=Sentence("{low:d} to {high:d}", low=4, high=9),
    )
    (row,) = shown(evidence=(style(note),)).style
    assert (row.measure, row.value, row.usual, row.side) == (
        "Phrases that name a source",
        "1 in 1,480 words",
        "4 to 9",
        "for",
    )


def test_style_note_without_a_range() -> None:
    value = Sentence("{value:.1f}", value=0.52)
    note = Sentence("{measure}: {value}.", measure=Sentence("Commas"), value=value)
    (row,) = shown(evidence=(style(note, -0.5),)).style
    assert (row.value, row.usual, row.side) == ("0.5", None, "against")


def test_techniques_are_said_apart() -> None:
    note = Sentence(
        "A reader trained to mark persuasion would mark this with a probability of {p:.0%}, most "
        "likely as: {techniques}",
        p=0.876,
        techniques=(Sentence("{name}.", name="One"), Sentence("{name}.", name="Two")),
    )
    (found,) = shown(evidence=(Evidence(0, 3, "abc", "passage", 0.1, note),)).of("passage")
    assert found.says[0].endswith("a probability of 88%, most likely as:")
    assert found.says[1:] == ("One.", "Two.")


def test_plain_style_note_says_it_all() -> None:
    (row,) = shown(evidence=(style("Commas: 0.5 commas per sentence.", 0.0),)).style
    assert (row.measure, row.value, row.side) == ("Commas: 0.5 commas per sentence.", None, "none")


def test_words_that_weigh_nothing_are_not_marked() -> None:
    items = (
        Evidence(0, 3, "abc", "phrase", 0.001, "note"),
        Evidence(4, 7, "def", "phrase", -0.2, "note"),
    )
    found = shown(evidence=items)
    assert list(found.notes) == [2]
    assert [note.quote for note in found.side("against")] == ["def"]


def test_passages_without_weight_are_marked_and_speak_for_no_side() -> None:
    items = (
        Evidence(4, 7, "def", "passage", 0.0, "second"),
        Evidence(0, 3, "abc", "passage", 0.0, "first"),
    )
    passages = shown(evidence=items, language="uk").of("passage")
    assert [(note.label, note.says, note.side) for note in passages] == [
        (1, ("first",), "none"),
        (2, ("second",), "none"),
    ]


def test_phrase_that_others_hide_keeps_its_note() -> None:
    items = (
        Evidence(0, 7, "abc def", "phrase", 0.3, "a"),
        Evidence(0, 4, "abc ", "phrase", 0.2, "b"),
        Evidence(4, 7, "def", "phrase", 0.1, "c"),
    )
    found = shown(evidence=items)
    assert [found.notes[n].placed for n in (1, 2, 3)] == [False, True, True]


def test_same_notes_of_a_side_are_said_once() -> None:
    items = tuple(Evidence(n, n + 1, "a", "phrase", 0.5, "Usual.") for n in range(3))
    assert shown(evidence=items).shared("for") == "Usual."
    assert shown(evidence=items[:1]).shared("for") is None
    other = Evidence(3, 4, " ", "phrase", 0.5, "Another.")
    found = shown(evidence=(*items, other))
    assert found.shared("for") == "Usual."
    assert [found.is_shared(note) for note in found.side("for")] == [True, True, True, False]
    assert shown(evidence=items).shared("against") is None


@pytest.mark.parametrize(
    ("p", "said"),
    [
        (0.0, "below 1%"),
        (0.004, "below 1%"),
        (0.52, "52%"),
        (0.999, "above 99%"),
        (1.0, "above 99%"),
    ],
)
def test_certainty_is_never_claimed(p: float, said: str) -> None:
    assert percentage(EN, p) == said


def test_silent_manifest_makes_no_claims() -> None:
    found = shown(p_propaganda=0.5, why_unclear=(Reason("near_threshold", "Why."),))
    assert (found.meaning, found.zones, found.tried) == ((), None, None)
    assert found.reasons == ("Why.",)


def test_every_verdict_has_a_heading_about_the_text() -> None:
    headings = {shown(verdict=v).heading for v in ("propaganda", "journalism", "unclear")}
    assert len(headings) == 3
