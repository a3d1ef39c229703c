from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from krynica.classifier.languages import LANGUAGES
from krynica.classifier.tokens import PASSAGE_WORDS, Tokens, tokenise

PROSE = st.lists(
    st.sampled_from(["Слово", "word", "A", ".", "!", "?!", "...", "«", "»", " ", "\n", "(", "5"])
).map("".join)


def sentences(text: str, code: str = "en") -> list[str]:
    tokens = tokenise(text, LANGUAGES[code].abbreviations)
    spans = [np.flatnonzero(tokens.sentence == n) for n in sorted(set(tokens.sentence.tolist()))]
    return [text[tokens.start[s[0]] : tokens.end[s[-1]]] for s in spans]


@given(st.one_of(st.text(max_size=200), PROSE))
def test_tokens_are_ordered_slices_of_the_text(text: str) -> None:
    tokens = tokenise(text)
    assert [text[i:j] for i, j in zip(tokens.start, tokens.end, strict=True)] == tokens.words
    assert (tokens.start < tokens.end).all()
    assert (tokens.end[:-1] <= tokens.start[1:]).all()
    assert "".join(tokens.words) == "".join(text.split())


@given(st.one_of(st.text(max_size=200), PROSE))
def test_sentences_and_passages_run_on_from_nought(text: str) -> None:
    tokens = tokenise(text)
    for numbers in (tokens.sentence, tokens.passage):
        assert len(numbers) == len(tokens.words)
        assert set(np.diff(numbers, prepend=0).tolist()) <= {0, 1}
    per_sentence = np.bincount(tokens.sentence, tokens.initial) if tokens.words else np.zeros(0)
    assert (per_sentence <= 1).all()
    assert tokens.is_word[tokens.initial].all()


@given(st.lists(st.sampled_from(["Word", "…", ".", "!", "”", "(", ",", "a"]), max_size=40))
def test_a_passage_never_parts_a_sentence(words: list[str]) -> None:
    tokens = tokenise(" ".join(words) + " and so on" * 30)
    for number in set(tokens.sentence.tolist()):
        assert len(set(tokens.passage[tokens.sentence == number].tolist())) == 1


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_empty_text_has_no_tokens(text: str) -> None:
    tokens = tokenise(text)
    assert (tokens.words, tokens.n_words, len(tokens.passage)) == ([], 0, 0)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Mr. Smith met Dr. Brown."),
        ("en", "J. R. Smith left the U.S. Army."),
        ("ru", "В г. Москве и т.д. Министр А. С. Пушкин ушёл."),
        ("uk", "Він живе на вул. Шевченка у м. Київ."),
        ("be", "Ён жыве на вул. Коласа ў г. Мінск."),
        ("pl", "To prof. Kowalski, m.in. Warszawa."),
    ],
)
def test_abbreviations_and_initials_end_no_sentence(code: str, text: str) -> None:
    assert sentences(text, code) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("He left. She stayed!", ["He left.", "She stayed!"]),
        ("“Go!” She went.", ["“Go!”", "She went."]),
        ("Really?! Yes.", ["Really?!", "Yes."]),
        ("Wait… He came.", ["Wait…", "He came."]),
        ("It rose. 5 people saw.", ["It rose.", "5 people saw."]),
        ("It rose 3.5 times. so it is", ["It rose 3.5 times. so it is"]),
        ("A headline\nA text", ["A headline", "A text"]),
        ("He said. — And you?", ["He said.", "— And you?"]),
    ],
)
def test_sentences_end_where_they_should(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_marks_stand_alone_and_words_keep_theirs() -> None:
    words = tokenise("“Don't,” he said (so-called aid): $5.").words
    assert words[:4] == ["“", "Don't", ",", "”"]
    assert "so-called" in words
    assert words[-3:] == ["$", "5", "."]


def test_the_first_word_is_marked_past_its_quotation_mark() -> None:
    tokens = tokenise("He left. “She stayed.”")
    assert [w for w, i in zip(tokens.words, tokens.initial, strict=True) if i] == ["He", "She"]


def _sizes(tokens: Tokens) -> list[int]:
    return np.bincount(tokens.passage, tokens.is_word).astype(int).tolist()


def test_a_long_line_is_cut_into_passages_at_sentence_ends() -> None:
    sizes = _sizes(tokenise("The council met on that day again. " * 60))
    assert sum(sizes) == 420
    assert len(sizes) == 7
    assert all(PASSAGE_WORDS <= size < PASSAGE_WORDS + 7 for size in sizes[:-1])


def test_each_short_line_is_a_passage() -> None:
    assert _sizes(tokenise("One two.\n\nThree.\nFour five six.")) == [2, 1, 3]


def test_a_text_beyond_what_spacy_takes_is_read_whole() -> None:
    tokens = tokenise("word " * 190_000 + "end")
    assert tokens.n_words == 190_001
    assert (tokens.words[-1], int(tokens.end[-1])) == ("end", 950_003)


@pytest.mark.parametrize("mark", ["!", "«", "a!", "—,"])
def test_a_run_of_marks_without_a_blank_is_read(mark: str) -> None:
    tokens = tokenise("So " + mark * 20_000 + " end. Next")
    assert "".join(tokens.words[1:-3]) == mark * 20_000
    assert tokens.words[-3:] == ["end", ".", "Next"]
