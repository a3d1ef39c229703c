"""What is shown of an answer: sides, the style table, certainty never claimed."""

from __future__ import annotations

from typing import Any

import pytest

from krynica.classifier.answer import Answer, Evidence, Genre, ModelId, Reason
from krynica.classifier.sentence import Sentence
from krynica.service.page.bars import percentage
from krynica.service.page.translation import interface
from krynica.service.page.trial import Zones
from krynica.service.page.view import View, view
from tests.page.made import EVIDENCE, GENRE, POINTS, READING, SIGNALS, TEXT, html, made

EN = interface("en")
READINGS = {
    "texts": 1240,
    "outlets": 93,
    "auc": 0.934,
    "calibration_error": 0.0312,
    "accused_newsrooms": 0.008,
    "newsrooms_interval": [0.004, 0.015],
    "accusations_right": 0.92,
    "clear_verdicts": 0.61,
    "journalism_right": 0.966,
}


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


def test_the_letters_of_a_text_are_a_note_that_speaks_for_no_side() -> None:
    note = Sentence("Written in łacinka; it was read in Cyrillic.")
    (row,) = shown(evidence=(style(note, 0.0),)).style
    assert (row.measure, row.value, row.side) == (str(note), None, "none")
    told = interface("be").tell(note)
    assert told != note
    assert told in html(made(evidence=(*EVIDENCE, style(note, 0.0))), "be")


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


@pytest.mark.parametrize(
    ("genre", "words", "zones"),
    [
        (Genre("news", 0.9), 300, Zones(0.2, 0.9)),
        (Genre("opinion", 0.9), 300, Zones(0.15, 0.92)),
        (Genre("interview", 0.9), 300, Zones(0.15, 0.92)),
        (Genre("opinion", 0.9), 59, Zones(0.1, 0.97)),
        (None, 300, Zones(0.2, 0.9)),
    ],
)
def test_zones_are_those_of_the_kind_of_text(genre: Genre | None, words: int, zones: Zones) -> None:
    manifest = {"operating_points": {"en": POINTS}}
    why = (Reason("near_threshold", "Why."),)
    found = shown(manifest=manifest, p_propaganda=0.5, genre=genre, words=words, why_unclear=why)
    assert found.zones == zones


def test_zones_never_contradict_the_verdict() -> None:
    # Analysis, opinion and interview together were likelier than the likeliest genre, a report.
    found = shown(
        manifest={"operating_points": {"en": POINTS}},
        p_propaganda=0.91,
        genre=Genre("news", 0.4),
        words=300,
        why_unclear=(Reason("near_threshold", "Why."), Reason("opinion", "Why.")),
    )
    assert found.zones == Zones(0.15, 0.92)


@pytest.mark.parametrize(
    ("points", "zones"),
    [
        ({"propaganda_from": {"report": 2.0}, "journalism_to": {"report": 0.3}}, Zones(0.3, 1.0)),
        ({"propaganda_from": {"report": 0.9}, "journalism_to": {"report": -1.0}}, Zones(0.0, 0.9)),
        ({"propaganda_from": {"report": 2.0}, "journalism_to": {"report": -1.0}}, None),
        ({"propaganda_from": None}, None),
        (None, None),
    ],
)
def test_verdicts_that_are_never_given_have_no_zone(points: Any, zones: Zones | None) -> None:
    why = (Reason("near_threshold", "Why."),)
    manifest = {"operating_points": {"en": points}}
    found = shown(manifest=manifest, p_propaganda=0.5, words=300, why_unclear=why)
    assert found.zones == zones


def test_every_verdict_has_a_heading_about_the_text() -> None:
    headings = {shown(verdict=v).heading for v in ("propaganda", "journalism", "unclear")}
    assert len(headings) == 3


def test_levels_are_bars_and_the_middle_one_is_what_it_reads_as() -> None:
    found = shown(p_propaganda=0.93, reading=READING)
    assert found.level == "propaganda"
    assert [(bar.name, bar.figure, bar.kind, bar.here) for bar in found.levels] == [
        ("plain", "below 1%", "journalism", False),
        ("journalism with a voice", "7%", "journalism", False),
        ("one-sided", "20%", "propaganda", False),
        ("propaganda", "53%", "propaganda", True),
        ("blatant propaganda", "20%", "propaganda", False),
    ]


def test_views_have_names_and_unknown_ones_keep_theirs() -> None:
    found = shown(signals={**SIGNALS, "another": 0.5})
    assert [bar.name for bar in found.views] == [
        *("the encoder", "words", "style", "persuasion", "another"),
    ]
    assert not any(bar.here for bar in found.views)


def test_the_kind_of_text_is_a_fact() -> None:
    assert "Kind of text: opinion piece (81%)" in shown(p_propaganda=0.9, genre=GENRE).facts
    assert not any("Kind" in fact for fact in shown().facts)


def trial(verdict: str, **changed: Any) -> str:
    manifest = {"metrics": {"en": {"readings": READINGS | changed}}}
    return " ".join(shown(manifest=manifest, p_propaganda=0.5, verdict=verdict).meaning)


def test_the_trial_is_told_by_the_verdict() -> None:
    for verdict in ("propaganda", "journalism", "unclear"):
        assert "its probabilities lay 3.1% from the true shares" in trial(verdict)
        assert "gave that one the higher probability in 93%" in trial(verdict)
    accused = trial("propaganda")
    assert "0.8% of the texts of newsrooms that read as journalism" in accused
    assert "(95% interval: 0.4% to 1.5%)" in accused
    assert "found 92% of the texts with this verdict one-sided or worse" in accused
    assert "found 97% of the texts with this verdict plain" in trial("journalism")
    assert "61% of the texts got a clear verdict" in trial("unclear")
    assert "clear verdict" not in accused


@pytest.mark.parametrize("verdict", ["propaganda", "journalism", "unclear"])
def test_the_trial_is_silent_where_the_manifest_is(verdict: str) -> None:
    assert trial(verdict, **dict.fromkeys(READINGS)) == ""
    assert "newsrooms" not in trial(verdict, newsrooms_interval=[None, None])
    silent: list[Any] = [{}, {"metrics": {}}, {"metrics": {"en": None}}]
    silent += [{"metrics": {"en": found}} for found in ({}, {"readings": None}, {"readings": {}})]
    for manifest in silent:
        found = shown(manifest=manifest, p_propaganda=0.5, verdict=verdict)
        assert (found.meaning, found.tried) == ((), None)


def test_what_it_was_tried_on() -> None:
    told = shown(manifest={"metrics": {"en": {"readings": READINGS}}}).tried
    assert told == "What the model was tried on in this language: 93 outlets, 1,240 texts."
    assert (
        shown(manifest={"metrics": {"en": {"readings": READINGS | {"texts": None}}}}).tried is None
    )


def test_an_answer_without_a_probability_has_no_levels_on_the_page() -> None:
    page = html(made(p_propaganda=None, reading=None, genre=None, verdict="unclear"))
    assert "Reads as" not in page
    assert "Kind of text" not in page
    assert "No probability of propaganda is given" in page


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", ["Reads as: propaganda; 2.9 of 4 on average", "a language model, not people"]),
        ("be", ["Чытаецца як: прапаганда; у сярэднім 2,9 з 4", "не людзі, а моўная мадэль"]),
        ("pl", ["Odbiór tekstu: propaganda; średnio 2,9 z 4", "lecz model językowy"]),
        ("ru", ["Читается как: пропаганда; в среднем 2,9 из 4", "не люди, а языковая модель"]),
        ("uk", ["Читається як: пропаганда; у середньому 2,9 із 4", "не люди, а мовна модель"]),
    ],
)
def test_the_page_shows_levels_views_and_who_read(code: str, said: list[str]) -> None:
    page = html(made(), code)
    for one in said:
        assert one in page
    assert page.count('<li class="here" aria-current="true">') == 1
    assert page.count('class="bars"') == 2
    assert page.count('href="#limits"') == page.count('id="limits"') == 1
    assert interface(code).say("What each view finds") in page


def test_passages_of_both_sides_are_shown() -> None:
    page = html(made())
    assert "carries 31% of what the encoder finds." in page
    assert "This passage reads plain" in page
    assert "It raises the probability of propaganda." in page
    assert "It lowers the probability of propaganda." in page
    assert "persuasion" not in page.split("Passages that stand out")[1].split("</ol>")[0]
    assert all(TEXT[item.start : item.end] == item.text for item in EVIDENCE)
