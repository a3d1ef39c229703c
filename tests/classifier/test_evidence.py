from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from krynica import Answer, Article, Evidence, Model, load_model
from krynica.classifier.evidence import SOURCES
from krynica.classifier.folder import arrays_of
from krynica.classifier.measures import MEASURES
from krynica.classifier.parameters import LanguageParameters
from krynica.classifier.phrases import KINDS, SOBER, strongest
from krynica.classifier.reading import read
from krynica.classifier.sentence import Sentence
from krynica.classifier.terms import TermIndex
from krynica.classifier.views import find
from tests.classifier.conftest import sign, write

NAMES = [measure.name for measure in MEASURES]
SENTENCES = st.lists(
    st.sampled_from(
        [
            "The puppet regime spreads hysteria and its stooges obey.",
            "The council passed its budget, officials said in a statement.",
            "Perhaps the officials obey, the council said.",
            "“The regime spreads hysteria and the puppet obeys it,” officials said on Monday.",
            "And so on and on and on it goes.",
            "Absurd, brutal, shameful lies!",
            "\n\n",
        ]
    ),
    min_size=3,
    max_size=14,
).map(" ".join)


def answered(model: Model, text: str) -> Answer:
    return model.score(Article(text, language="en"))


def evidence(model: Model, text: str, kind: str) -> list[Evidence]:
    return [item for item in answered(model, text).evidence if item.kind == kind]


def phrases(model: Model, text: str) -> list[str | None]:
    return [item.text for item in evidence(model, text, "phrase")]


def log_odds(model: Model, text: str) -> float:
    p = answered(model, text).p_propaganda
    assert p is not None
    return log(p / (1 - p))


def altered(folder: Path, change: Callable[[LanguageParameters], LanguageParameters]) -> Model:
    """Write a model whose English numbers are others."""
    write(folder)
    numbers = change(load_model(folder).source.parameters("en"))
    np.savez_compressed(folder / "en.npz", allow_pickle=False, **arrays_of(numbers))
    sign(folder)
    return load_model(folder)


# --- what must hold of every text ----------------------------------------------------------


@given(SENTENCES)
def test_naming_a_source_never_speaks_for_propaganda(model: Model, text: str) -> None:
    sober = {str(KINDS[kind]) for kind in SOBER}
    labels = {str(measure.label) for measure in MEASURES if measure.name in SOURCES}
    for item in answered(model, text).evidence:
        about = item.note.split(". ")[0], item.note.split(":")[0]
        if item.kind == "phrase" and about[0] in sober:
            assert item.weight < 0
        if item.kind == "style" and about[1] in labels:
            assert item.weight < 0


@given(SENTENCES)
def test_a_passage_shown_for_persuasion_never_speaks_for_journalism(
    model: Model, text: str
) -> None:
    for item in answered(model, text).evidence:
        if item.kind == "passage" and not item.note.startswith("This passage reads plain"):
            assert item.weight >= 0


@given(SENTENCES)
def test_words_and_style_speak_for_the_side_to_which_a_text_leans(model: Model, text: str) -> None:
    answer = answered(model, text)
    if answer.p_propaganda is None:
        return
    for item in answer.evidence:
        if item.kind == "style":
            assert (item.weight > 0) == (answer.p_propaganda >= 0.5)
        if item.kind == "phrase" and item.weight > 0:
            assert answer.p_propaganda >= 0.5 or answer.verdict == "unclear"


@given(SENTENCES)
def test_passages_come_first_then_words_then_style_each_strongest_first(
    model: Model, text: str
) -> None:
    items = answered(model, text).evidence
    kinds = [item.kind for item in items]
    assert kinds == sorted(kinds, key=["passage", "phrase", "style"].index)
    for kind, most in (("phrase", 8), ("style", 4)):
        weights = [abs(item.weight) for item in items if item.kind == kind]
        assert weights == sorted(weights, reverse=True)
        assert len(weights) <= most
    places = [(item.start, item.end) for item in items if item.kind == "passage"]
    assert len(places) == len(set(places))


# --- passages ------------------------------------------------------------------------------


def test_a_passage_names_the_techniques_it_is_likely_marked_for(model: Model, loud: str) -> None:
    passage = evidence(model, loud, "passage")[0]
    assert "Name calling: a person or a group is given a label" in passage.note
    assert "Of their own." in passage.note
    assert "Doubt" not in passage.note
    assert isinstance(passage.note, Sentence)
    assert 0.5 <= passage.note.values["p"] <= 0.99


def test_a_passage_where_no_technique_stands_out_says_so(model: Model) -> None:
    text = "puppet " + "and a table " * 20
    (passage,) = evidence(model, text, "passage")
    assert passage.note.endswith("no technique stands out.")


def test_a_passage_that_speaks_for_propaganda_unmarked_says_its_share(model: Model) -> None:
    text = "The puppet council obeys and spreads words in a table today. " * 3
    quiet = replace_persuasion(model)
    items = evidence(quiet, f"{text}\n\n{text}\n\n" + "The regime obeys. " * 8, "passage")
    notes = [item.note for item in items]
    assert notes
    for note in notes:
        assert isinstance(note, Sentence)
        assert note.startswith("Speaks for propaganda: this passage carries ")
    assert sum(note.values["share"] for note in notes) <= 1 + 1e-9  # type: ignore[attr-defined]


def replace_persuasion(model: Model) -> Model:
    """The model, whose readers would mark nothing; not to be kept."""
    quiet = load_model(model.source.path)
    scorer = quiet._scorer("en")
    assert scorer is not None
    view = scorer.parameters.persuasion
    assert view is not None
    scorer.parameters = replace(scorer.parameters, persuasion=replace(view, bias=np.asarray(-50.0)))
    return quiet


def test_a_plain_text_shows_whose_words_its_passages_give(model: Model, calm: str) -> None:
    passages = evidence(model, calm, "passage")
    assert 1 <= len(passages) <= 3
    for item in passages:
        assert item.note == "This passage reads plain: its statements are attributed to a source."
        assert item.weight < 0
        assert item.text is not None
        assert "officials said" in item.text


def test_a_text_of_propaganda_shows_no_attributed_passages(
    model: Model, loud: str, calm: str
) -> None:
    assert not [
        item
        for item in evidence(model, loud * 2 + "\n" + calm, "passage")
        if item.note.startswith("This passage reads plain")
    ]


def test_a_plain_text_shows_at_most_one_passage_for_persuasion(model: Model, calm: str) -> None:
    text = f"{calm}\n\nThe puppet regime spreads it.\n\n{calm}\n\nThe puppet regime obeys it all."
    answer = answered(model, text)
    assert answer.p_propaganda is not None
    assert answer.p_propaganda < 0.5
    loud = [item for item in answer.evidence if item.kind == "passage" and item.weight > 0]
    assert len(loud) == 1


def test_no_recipe_persuades(tmp_path: Path, loud: str) -> None:
    def cook(numbers: LanguageParameters) -> LanguageParameters:
        assert numbers.judging is not None
        assert numbers.judging.genre is not None
        genre = replace(numbers.judging.genre, bias=np.array([0.0, 0.0, 0.0, 0.0, 0.0, 9.0]))
        return replace(numbers, judging=replace(numbers.judging, genre=genre))

    answer = answered(altered(tmp_path / "tiny", cook), loud)
    assert answer.genre is not None
    assert answer.genre.name == "other"
    assert [item for item in answer.evidence if item.kind == "passage"] == []


def test_headings_are_no_passages(model: Model, loud: str) -> None:
    for item in evidence(model, f"Puppet regime\n\n{loud}\n\nStooges obey", "passage"):
        assert item.text not in {"Puppet regime", "Stooges obey"}


def test_the_weight_of_a_passage_is_its_exact_share_of_the_encoder_view(model: Model) -> None:
    calm = "The council said in a statement that the budget was passed and people walked home. " * 3
    text = f"{calm}\n\nThe puppet obeys and spreads words.\n\n{calm}"
    judging = model.source.parameters("en").judging
    assert judging is not None
    reading = read(Article(text, language="en"))
    vectors = model.encoder.encode([text[a:b] for a, b in reading.tokens.passages()])
    away = vectors.sums - vectors.counts[:, None] * judging.encoder.mean
    expected = (away @ judging.encoder.coef) / vectors.counts.sum() * judging.reader.coef[0]
    places = reading.tokens.passages()
    shown = evidence(model, text, "passage")
    assert len(shown) >= 2
    for item in shown:
        at = places.index((item.start, item.end))  # type: ignore[arg-type]
        assert item.weight == pytest.approx(expected[at], abs=1e-4)


# --- words ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Puppet said the Regime and Anna Stooges and the Budget met hysteria on 5 May in Russia. ",
        "HYSTERIA. STOOGES. The puppet met hysteria. ",
    ],
)
def test_no_phrase_is_a_name_or_shouted(model: Model, text: str) -> None:
    found = phrases(model, text * 6)
    assert found
    assert all(phrase == phrase.lower() for phrase in found if phrase)


def test_a_dateline_is_no_reason(model: Model) -> None:
    text = "MINSK, 5 May. BUDGET — The puppets passed hysteria on and on to the council. " * 5
    assert not {"minsk", "may", "budget"} & {str(phrase).lower() for phrase in phrases(model, text)}


def test_words_of_grammar_weigh_and_are_not_shown(model: Model, loud: str) -> None:
    assert {"the", "its", "and"}.isdisjoint(phrases(model, loud))


def test_a_pair_that_is_a_term_is_shown_whole_with_the_weight_of_its_words(model: Model) -> None:
    pair = "puppet regime " + "and a table " * 20
    apart = "puppet and regime " + "and a table " * 20
    (whole,) = evidence(model, pair, "phrase")
    assert whole.text == "puppet regime"
    words = evidence(model, apart, "phrase")
    assert {item.text for item in words} == {"puppet", "regime"}
    assert whole.weight > max(item.weight for item in words)


def test_phrases_share_no_word(model: Model, loud: str, calm: str) -> None:
    spans = sorted(
        (item.start, item.end)
        for item in evidence(model, loud + calm, "phrase")
        if item.start is not None and item.end is not None
    )
    assert len(spans) > 2
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_a_phrase_says_what_kind_of_word_it_is(model: Model, loud: str, calm: str) -> None:
    notes = {item.text: item.note for item in evidence(model, loud, "phrase")}
    assert notes["hysteria"] == (
        "An emotive or evaluative word. More usual in texts that read as propaganda."
    )
    assert notes["puppet regime"] == "More usual in texts that read as propaganda."
    notes = {item.text: item.note for item in evidence(model, calm, "phrase")}
    assert notes["said"] == (
        "A verb that reports neutrally. More usual in texts that read as journalism."
    )


def test_a_word_that_limits_a_claim_is_silent_where_it_weighs_for_propaganda(
    model: Model, loud: str
) -> None:
    text = loud + "Perhaps they perhaps obey. " * 3
    assert log_odds(model, text) > log_odds(model, loud + "Table they table obey. " * 3)
    assert "perhaps" not in phrases(model, text)


def test_scraps_of_a_topic_are_no_reason_for_journalism(model: Model, calm: str) -> None:
    assert {"council", "budget", "statement"}.isdisjoint(phrases(model, calm))


@pytest.mark.parametrize(
    ("code", "word"),
    [
        *(("ru", "купянском"), ("ru", "константиновского"), ("pl", "brzeskiej")),
        *(("pl", "wielkopolskim"), ("pl", "warmińsko-mazurskim"), ("uk", "краматорському")),
        *(("be", "баранавіцкага"), ("en", "pro-russian")),
    ],
)
def test_a_place_is_never_shown_whatever_it_weighs(code: str, word: str) -> None:
    text = f"Today people spoke of {word} news and of puppets. " * 8
    reading = read(Article(text, language=code))
    index = TermIndex((word, "puppets"))
    found = find(reading, index)
    shown = strongest(reading, found, np.ones(len(found.feature)), 12)
    words = {reading.tokens.words[phrase.first] for phrase in shown}
    assert words == {"puppets"}


# --- style ---------------------------------------------------------------------------------


def test_style_is_shown_where_it_is_unusual_and_beside_what_is_usual(model: Model) -> None:
    text = "The absurd brutal lies spread. " * 8
    (item,) = evidence(model, text, "style")
    assert (
        item.note == "Emotive and evaluative words: 24 in 40 words; in newsrooms usually at most 2."
    )
    assert item.weight > 0
    assert item.start is item.end is item.text is None


def test_usual_style_is_no_reason(model: Model) -> None:
    assert evidence(model, "The council passed its budget and in a statement. " * 8, "style") == []


def test_every_measure_of_naming_sources_is_a_measure() -> None:
    assert set(NAMES) >= SOURCES


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_no_measure_of_sources_speaks_for_propaganda_whatever_it_weighs(
    tmp_path: Path, name: str
) -> None:
    n, at = len(NAMES), NAMES.index(name)

    def change(numbers: LanguageParameters) -> LanguageParameters:
        """Let the measure decide everything, and nothing of it be usual."""
        assert numbers.judging is not None
        assert numbers.usual is not None
        coef = np.zeros(2 * n)
        coef[at] = 9.0
        high = np.full(n, 100.0)
        high[at] = 0.001
        judging = replace(numbers.judging, style=replace(numbers.judging.style, coef=coef))
        return replace(numbers, judging=judging, usual=replace(numbers.usual, high=high))

    model = altered(tmp_path / "tiny", change)
    text = "“The regime could perhaps obey, and it may be so,” a minister said on Monday. " * 6
    assert evidence(model, text, "style") == []


def test_few_sources_do_not_speak_for_journalism(tmp_path: Path) -> None:
    at = NAMES.index("reporting_verbs")

    def change(numbers: LanguageParameters) -> LanguageParameters:
        assert numbers.judging is not None
        assert numbers.usual is not None
        low, mean, coef = np.zeros(len(NAMES)), np.zeros(len(NAMES)), np.zeros(2 * len(NAMES))
        low[at], mean[at], coef[at] = 5.0, 5.0, 9.0
        judging = replace(
            numbers.judging,
            scale=replace(numbers.judging.scale, mean=mean),
            style=replace(numbers.judging.style, coef=coef),
        )
        return replace(numbers, judging=judging, usual=replace(numbers.usual, low=low))

    model = altered(tmp_path / "tiny", change)
    answer = answered(model, "The council passed its budget in the evening and went home. " * 6)
    assert answer.p_propaganda is not None
    assert answer.p_propaganda < 0.5
    assert [item for item in answer.evidence if item.kind == "style"] == []


def test_a_short_text_is_not_compared_with_articles(model: Model) -> None:
    assert evidence(model, "The absurd brutal lies spread.", "style") == []


def test_no_share_of_nothing_is_shown(model: Model) -> None:
    notes = [item.note for item in evidence(model, "the absurd brutal lies spread. " * 8, "style")]
    assert notes
    assert not any(note.startswith("Different names") for note in notes)


# --- letters -------------------------------------------------------------------------------

LACINKA = (
    "Haradzki savieŭ učora pryniaŭ biudžet na nastupny hod, skazaŭ žurnalistam namiesnik "
    "staršyni. Jany taksama vyrašyli, što školy atrymajuć bolš hrošaj, a maście adramantujuć "
    "tolki paśla zimy. Ludzi, jakija pryjšli na schod, pytalisia, kolki heta budzie kaštavać."
)
NOTE = "Written in łacinka; it was read in Cyrillic."


@pytest.mark.parametrize("language", [None, "be"])
@pytest.mark.parametrize("text", [LACINKA, LACINKA.split(".", maxsplit=1)[0] + "."])
def test_a_text_in_lacinka_says_that_it_was_read_in_cyrillic(
    model: Model, text: str, language: str | None
) -> None:
    answer = model.score(Article(text, language=language))
    assert answer.language == "be"
    *others, item = answer.evidence
    assert item == Evidence(None, None, None, "style", 0.0, NOTE)
    assert NOTE not in [other.note for other in others]


def test_a_text_in_usual_letters_says_nothing_of_letters(model: Model, loud: str) -> None:
    cyrillic = (
        "Гарадскі савет учора прыняў бюджэт на наступны год, сказаў журналістам намеснік. " * 4
    )
    for text in (loud, cyrillic):
        assert NOTE not in [item.note for item in model.score(Article(text)).evidence]
