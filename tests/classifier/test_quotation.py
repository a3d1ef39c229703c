from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from krynica.classifier.article import Article
from krynica.classifier.quotation import inside, quotations
from krynica.classifier.reading import Reading, read
from krynica.classifier.tokens import tokenise

MARKED = st.text(st.sampled_from("ab «»“”„‘’\"'\n."), max_size=60)


def quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in quotations(text).tolist()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ён сказаў: «Мост адкрыты».", ["«Мост адкрыты»"]),
        ("He said “it is open” and left.", ["“it is open”"]),
        ("Mówi: „most otwarty” i idzie.", ["„most otwarty”"]),
        ("Вона каже: „міст відкрито“ й іде.", ["„міст відкрито“"]),
        ('The "bridge" is open.', ['"bridge"']),
        ("She said: ‘I don’t know’ twice.", ["‘I don’t know’"]),
        ("В газете «Вести «Севера» сегодня» пишут.", ["«Вести «Севера» сегодня»"]),
        ("В газете «Вести «Севера» пишут.", ["«Севера»"]),
        ("“One day.\n“Another day,” she said.", ["“One day.\n", "“Another day,”"]),
        ('A 5" pipe and a 6" pipe, don’t ask.', []),
        ("«Never closed, and it goes on", []),
        ("", []),
    ],
)
def test_quotation_marks_of_five_languages(text: str, found: list[str]) -> None:
    assert quoted(text) == found


@given(MARKED)
def test_quotations_stand_one_after_the_other(text: str) -> None:
    spans = quotations(text)
    assert (spans[:, 0] < spans[:, 1]).all()
    assert (spans[1:, 0] >= spans[:-1, 1]).all()
    tokens = tokenise(text)
    places = [(i <= at < j) for at in tokens.start.tolist() for i, j in spans.tolist()]
    assert inside(tokens, spans).sum() == sum(places)


@pytest.mark.parametrize(
    "text", ["«" * 60_000, "«a " * 40_000, "«" + "«a»" * 40_000, "“a" * 60_000]
)
def test_marks_that_nothing_closes_cost_little(text: str) -> None:
    begun = time.monotonic()
    quotations(text)
    assert time.monotonic() - begun < 2.0


def others(reading: Reading) -> list[str]:
    """Return the first word of each sentence that has a word of somebody else's."""
    tokens = reading.tokens
    heads = [np.flatnonzero(tokens.sentence == n)[0] for n in np.unique(tokens.sentence)]
    spoken = set(tokens.sentence[reading.quoted].tolist())
    return [tokens.words[head] for head in heads if int(tokens.sentence[head]) in spoken]


@pytest.mark.parametrize(
    ("code", "text", "heads"),
    [
        ("be", "Мост адкрылі. Паводле рады, ён трымае. Людзі рады.", ["Паводле"]),
        ("be", "Мост адкрылі. Пра гэта паведаміла рада. Людзі рады.", ["Пра"]),
        ("en", "The bridge is open. It holds, the council said. People walk.", ["It"]),
        ("pl", "Most otwarto. Według rady jest mocny. Ludzie idą.", ["Według"]),
        ("ru", "Мост открыли. По словам мэра, он держит. Люди идут.", ["По"]),
        ("uk", "Міст відкрили. За словами мера, він тримає. Люди йдуть.", ["За"]),
    ],
)
def test_a_sentence_that_names_its_source_is_not_the_authors(
    code: str, text: str, heads: list[str]
) -> None:
    reading = read(Article(text, language=code))
    assert len(reading.quoted) == len(reading.tokens.words)
    assert others(reading) == heads


def test_who_quotes_is_not_who_speaks() -> None:
    rant = "The traitors sold our motherland, and their masters laugh at us."
    own = read(Article(rant, language="en"))
    cited = read(Article(f"“{rant}” That was read out on television.", language="en"))
    assert not own.quoted.any()
    inside_marks = [w for w, q in zip(cited.tokens.words, cited.quoted, strict=True) if q]
    assert {"traitors", "motherland", "masters"} <= set(inside_marks)
    assert "television" not in inside_marks


def test_nothing_is_quoted_in_a_language_without_lists_but_by_marks() -> None:
    reading = read(Article("Die Brücke ist „offen“, sagte er.", language="de"))
    assert [w for w, q in zip(reading.tokens.words, reading.quoted, strict=True) if q] == [
        *("„", "offen", "“")
    ]
