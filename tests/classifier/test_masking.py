from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krynica.classifier.languages import LANGUAGES
from krynica.classifier.masking import NAME, NUMBER, mask
from krynica.classifier.tokens import tokenise

LETTERS = "abcdefgxyzABCDEFGXYZąęłńóśźżĄĘŁŃабвгдеёійўжщъыьэюяАБВГДЕЁІЙЎЖЩ"
TEXTS = st.text(st.sampled_from(LETTERS + "0123456789 .,!?«»'’-\n"), max_size=120)
CODES = st.sampled_from([*LANGUAGES, "und", "de"])


def masked(text: str, code: str = "en") -> list[str | None]:
    return list(mask(tokenise(text, LANGUAGES[code].abbreviations), code))


def test_placeholders_are_exact() -> None:
    assert (NAME, NUMBER) == ("<name>", "<num>")
    assert masked("he saw Anna on 5 May 2024.") == [
        *("he", "saw", "<name>", "on", "<num>", "<name>", "<num>", None)
    ]


@given(TEXTS, CODES)
def test_no_form_holds_a_digit_or_a_capital(text: str, code: str) -> None:
    for form in mask(tokenise(text), code):
        assert form is None or not any(c.isdigit() or c.isupper() for c in form)


@given(TEXTS, CODES)
def test_every_token_has_its_form_and_marks_have_none(text: str, code: str) -> None:
    tokens = tokenise(text)
    forms = mask(tokens, code)
    assert [form is not None for form in forms] == tokens.is_word.tolist()


@given(st.sampled_from(["Smith", "O'Brien", "Łukasz", "Ёлкин", "Київ", "Ўладзімір"]), CODES)
def test_names_inside_a_sentence_never_survive(name: str, code: str) -> None:
    forms = mask(tokenise(f"we met {name} and {name}, then left"), code)
    assert forms[2] == forms[4] == NAME


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("en", "russian"),
        ("en", "pro-ukrainian"),
        ("ru", "российский"),
        ("ru", "киевских"),
        ("uk", "українського"),
        ("be", "расійскай"),
        ("pl", "rosyjskiego"),
    ],
)
def test_places_in_small_letters_are_names(code: str, word: str) -> None:
    assert masked(f"и {word}", code)[1] == NAME
    assert masked(word.capitalize(), code) == [NAME]


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("en", "Tuesday"),
        ("ru", "ноября"),
        ("uk", "п’ятницю"),
        ("be", "сакавіка"),
        ("pl", "październiku"),
        ("en", "5th"),
        ("en", "1,000"),
        ("en", "covid-19"),
    ],
)
def test_dates_and_numbers_are_numbers(code: str, word: str) -> None:
    assert masked(f"и {word}", code)[1] == NUMBER


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "we must not say that they could"),
        ("ru", "мы не можем сказать что они должны"),
        ("uk", "ми не можемо сказати що вони повинні"),
        ("be", "мы не можам сказаць што яны павінны"),
        ("pl", "nie możemy powiedzieć że oni muszą"),
    ],
)
def test_function_words_are_kept(code: str, text: str) -> None:
    assert masked(text, code) == text.split()


def test_one_spelling_of_apostrophes_and_yo() -> None:
    assert masked("ещё всё", "ru") == ["еще", "все"]
    assert masked("don’t", "en") == masked("don't", "en") == ["don't"]


def test_the_first_word_keeps_its_form_and_i_is_no_name() -> None:
    assert masked("Smith left. Then I went.")[:2] == ["smith", "left"]
    assert masked("then I went")[1] == "i"


def test_acronyms_are_names_and_shouting_is_words() -> None:
    assert masked("the NATO and TRAITORS there") == ["the", NAME, "and", "traitors", "there"]
