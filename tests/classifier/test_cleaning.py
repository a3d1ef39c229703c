from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krynica.classifier.cleaning import CleanText, clean
from krynica.classifier.languages import LANGUAGES

CODES = [*LANGUAGES, "und"]
PIECES = st.sampled_from(
    [
        *("word", "слово", "прoпаганда", "cоuncil", "й", "и\u0306", "е\u0308", "e\u0301"),
        *("\u00ad", "\u200b", "\ufeff", "🙂", "𝐀", "q\u0323\u0307", "\u0344", "\u0958", "\u0301"),
        *(" ", "\n", ". ", "https://a.b/c", "a@b.org", "MOSCOW (Sputnik) — ", "Read more: x"),
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=25).map("".join))


@given(TEXTS, st.sampled_from(CODES), st.data())
def test_every_span_has_a_valid_slice(text: str, code: str, data: st.DataObject) -> None:
    cleaned = clean(text, code)
    start = data.draw(st.integers(0, len(cleaned.text)))
    end = data.draw(st.integers(start, len(cleaned.text)))
    first, last = cleaned.original(start, end)
    assert 0 <= first <= last <= len(text)
    assert (first < last) == (start < end)


@given(TEXTS, st.sampled_from(CODES))
def test_cleaning_never_lengthens(text: str, code: str) -> None:
    assert len(clean(text, code).text) <= len(text)


def _plain(text: str) -> str:
    """NFC, lower case, no invisible marks, twins of two alphabets as one letter."""
    twins = str.maketrans("АаВСсЕеНІіЈјКМОоРрЅѕТХхУу", "AaBCcEeHIiJjKMOoPpSsTXxYy")
    kept = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFD", kept).translate(twins)


@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(CODES))
def test_each_kept_character_stands_where_it_stood(text: str, code: str) -> None:
    cleaned = clean(text, code)
    for i, character in enumerate(cleaned.text):
        if not character.isspace():
            start, end = cleaned.original(i, i + 1)
            place = _plain(text[start:end])
            assert _plain(character)[0] in place or unicodedata.combining(character)


@given(TEXTS)
def test_lines_stay_apart(text: str) -> None:
    assert clean(text, "en").text.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("ru", "МОСКВА, 5 ноя — РИА Новости."),
        ("ru", "МОСКВА, 5 ноя - РИА Новости."),
        ("ru", "МИНСК, 12 мая — Sputnik."),
        ("en", "MOSCOW (Sputnik) —"),
        ("en", "LONDON (Reuters) -"),
        ("pl", "WARSZAWA (PAP) –"),
        ("pl", "Warszawa (PAP) -"),
        ("be", "МІНСК, 5 мая —"),
        ("uk", "КИЇВ, 3 бер —"),
        ("en", "TASS -"),
    ],
)
def test_a_dateline_goes_and_the_sentence_stays(code: str, line: str) -> None:
    assert clean(f"{line} слово is here.", code).text.strip() == "слово is here."


@pytest.mark.parametrize(
    "address",
    [
        *(
            "https://example.com/a?b=c",
            "http://x.org",
            "www.example.com/page",
            "pic.twitter.com/aB3x",
            "news.example.by",
            "a.b+c@mail.org",
        ),
        *("@handle", "#hashtag"),
    ],
)
def test_addresses_go(address: str) -> None:
    text = f"They wrote to {address} again"
    assert clean(text, "en").text == f"They wrote to {' ' * len(address)} again"


def test_the_text_of_a_markdown_link_stays() -> None:
    cleaned = clean("See [the report](https://example.com/report) today.", "en").text
    assert "the report" in cleaned
    assert "today." in cleaned
    assert "example" not in cleaned


def test_an_endless_address_is_blanked_in_part() -> None:
    cleaned = clean("a." * 100_000 + "b@mail.org", "en").text
    assert "mail" not in cleaned


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("en", "Read more: the council and its budget"),
        ("en", "Photo: Jane Doe"),
        ("en", "• Subscribe to our newsletter"),
        ("en", "By Jane Doe, staff writer"),
        ("ru", "Читайте также: новый бюджет"),
        ("ru", "Фото: Иван Иванов"),
        ("be", "Чытайце таксама: новы бюджэт"),
        ("be", "Фота: Ян Коваль"),
        ("pl", "Czytaj też: nowy budżet"),
        ("pl", "Fot. Jan Kowalski"),
        ("uk", "Читайте також: новий бюджет"),
        ("uk", "Фото: Іван Коваль"),
    ],
)
def test_furniture_goes_with_its_line_alone(code: str, line: str) -> None:
    before, after = "Першы radok.", "Последняя строка."
    cleaned = clean(f"{before}\n{line}\n{after}", code).text
    assert cleaned.split("\n") == [before, " " * len(line), after]


def test_furniture_is_looked_for_in_its_own_language() -> None:
    assert clean("Photo: Jane Doe", "pl").text == "Photo: Jane Doe"
    assert clean("Photo: Jane Doe", "und").text == "Photo: Jane Doe"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("прoпаганда", "пропаганда"),
        ("Рocсия", "Россия"),
        ("prоpaganda", "propaganda"),
        ("cоuncіl", "council"),
        ("Украiна", "Украіна"),
    ],
)
def test_homoglyphs_are_mended_both_ways(written: str, meant: str) -> None:
    assert written != meant
    assert clean(f"a {written} b").text == f"a {meant} b"


@pytest.mark.parametrize("text", ["IT-компания", "журнал Time вышел", "Covid и грипп"])
def test_words_side_by_side_keep_their_alphabets(text: str) -> None:
    assert clean(text).text == text


@pytest.mark.parametrize("word", ["чёрный", "йод", "Київ", "résumé", "żółć", "ў"])
def test_decomposed_letters_are_joined_and_found_again(word: str) -> None:
    loose = unicodedata.normalize("NFD", word)
    text = f"a {loose} b"
    cleaned = clean(text)
    assert cleaned.text == unicodedata.normalize("NFC", text)
    start, end = cleaned.original(2, 2 + len(unicodedata.normalize("NFC", word)))
    assert text[start:end] == loose


@pytest.mark.parametrize("mark", ["\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff"])
def test_invisible_marks_are_dropped_and_places_kept(mark: str) -> None:
    text = f"{mark}pro{mark}pa 🙂 ganda 𝐀 end"
    cleaned = clean(text)
    assert cleaned.text == "propa 🙂 ganda 𝐀 end"
    start = cleaned.text.index("end")
    assert cleaned.original(start, start + 3) == (text.index("end"), len(text))


def test_astral_characters_count_as_one() -> None:
    cleaned = clean("🙂 𝐀 word")
    assert cleaned == CleanText("🙂 𝐀 word", None)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "He was sad. By the river he sat down."),
        ("en", "By contrast, the mayor was calm."),
        ("en", "The council (of nine) met — and voted."),
        ("en", "Prices rose 5% – a record."),
        ("en", "The photo: a man at a table."),
        ("ru", "Министр сказал — и ушёл. Бюджет принят."),
        ("ru", "По теме бюджета выступил мэр. Он был краток и никого не обвинял."),
        ("pl", "Rada – po długiej debacie – przyjęła budżet."),
        ("uk", "Рада — після дебатів — ухвалила бюджет."),
        ("be", "Рада — пасля спрэчак — прыняла бюджэт."),
    ],
)
def test_ordinary_prose_is_not_eaten(code: str, text: str) -> None:
    assert clean(text, code).text == text


def test_outlets_do_not_name_themselves() -> None:
    cleaned = clean("He told Sputnik that RT and TASS were right.", "en").text
    assert cleaned.split() == ["He", "told", "that", "and", "were", "right."]
    assert "ART" in clean("ART and SPORT", "en").text
