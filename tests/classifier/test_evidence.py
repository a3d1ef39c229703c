from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from classifier import Article, Evidence, Model
from classifier.phrases import strongest
from classifier.reading import read
from classifier.sentence import Sentence
from classifier.terms import TermIndex
from classifier.views import find


def evidence(model: Model, text: str, kind: str) -> list[Evidence]:
    found = model.score(Article(text, language="en")).evidence
    return [item for item in found if item.kind == kind]


def phrases(model: Model, text: str) -> list[str | None]:
    return [item.text for item in evidence(model, text, "phrase")]


@pytest.mark.parametrize(
    "text",
    [
        "Puppet said the Regime and Anna Stooges and the Budget met hysteria on 5 May in Russia. ",
        "HYSTERIA. STOOGES. The officials met hysteria. ",
    ],
)
def test_no_phrase_is_a_name_or_shouted(model: Model, text: str) -> None:
    found = phrases(model, text * 6)
    assert found
    assert all(phrase == phrase.lower() for phrase in found if phrase)


def test_a_dateline_is_no_reason(model: Model) -> None:
    text = "MINSK, 5 May. BUDGET — The officials passed hysteria on and on to the council. " * 5
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
    assert len(spans) > 3
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_a_phrase_says_what_kind_of_word_it_is(model: Model, loud: str) -> None:
    notes = {item.text: item.note for item in evidence(model, loud, "phrase")}
    assert notes["hysteria"].startswith("An emotive or evaluative word, more usual in propaganda")


def test_a_passage_names_the_techniques_it_is_likely_marked_for(model: Model, loud: str) -> None:
    passage = evidence(model, loud, "passage")[0]
    assert "Name calling: a person or a group is given a label" in passage.note
    assert "Of their own." in passage.note
    assert "Doubt" not in passage.note
    assert isinstance(passage.note, Sentence)
    assert 0.5 <= passage.note.values["p"] <= 1


def test_a_calm_passage_is_not_shown(model: Model, calm: str) -> None:
    assert evidence(model, calm, "passage") == []


def test_the_weight_of_a_passage_is_what_its_removal_takes_away(model: Model) -> None:
    from math import log

    def log_odds(text: str) -> float:
        p = model.score(Article(text, language="en")).p_propaganda
        assert p is not None
        return log(p / (1 - p))

    calm = "The council said in a statement that the budget was passed and people walked home. " * 3
    text = f"{calm}\n\nThe puppet obeys and spreads words.\n\n{calm}"
    (passage,) = evidence(model, text, "passage")
    assert passage.start is not None
    rest = text[: passage.start] + text[passage.end :]
    assert passage.weight == pytest.approx(log_odds(text) - log_odds(rest), abs=1e-3)


def test_style_is_shown_where_it_is_unusual_and_beside_what_is_usual(model: Model) -> None:
    text = "The absurd brutal lies spread. " * 8
    (item,) = evidence(model, text, "style")
    assert (
        item.note == "Emotive and evaluative words: 24 in 40 words; in newsrooms usually at most 2."
    )
    assert item.weight != 0


def test_usual_style_is_no_reason(model: Model) -> None:
    assert evidence(model, "The council passed its budget in a statement. " * 8, "style") == []


def test_a_short_text_is_not_compared_with_articles(model: Model) -> None:
    assert evidence(model, "The absurd brutal lies spread.", "style") == []


def test_no_share_of_nothing_is_shown(model: Model) -> None:
    notes = [item.note for item in evidence(model, "the absurd brutal lies spread. " * 8, "style")]
    assert notes
    assert not any(note.startswith("Different names") for note in notes)


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
