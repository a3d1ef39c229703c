from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from krynica.classifier.masking import NAME, NUMBER
from krynica.classifier.terms import TermIndex, is_word, ngrams, stem

FORMS = st.sampled_from(["a", "b", "regime", "regimes", "puppet", NAME, NUMBER, None])
MASKED = st.lists(FORMS, max_size=30)
POOL = sorted(set(ngrams(["a", "b", "regime", "regimes", "puppet", "a", NAME, "a", NUMBER, NAME])))
VOCABULARY = st.lists(
    st.one_of(
        st.sampled_from([*POOL, "a a", f"{NAME} a", "b a", "zzz"]),
        st.tuples(FORMS, FORMS).map(lambda p: " ".join(w for w in p if w) or "a"),
    ),
    unique=True,
    max_size=20,
).map(lambda terms: [term for term in terms if term != f"{NAME} {NAME}"])


@given(MASKED, VOCABULARY)
def test_find_counts_what_ngrams_counts(masked: list[str | None], terms: list[str]) -> None:
    feature, _, _ = TermIndex(terms).find(masked)
    counted = Counter(terms[i] for i in feature.tolist())
    assert counted == Counter(term for term in ngrams(masked) if term in set(terms))


@given(MASKED, VOCABULARY)
def test_places_point_at_the_term(masked: list[str | None], terms: list[str]) -> None:
    found = TermIndex(terms).find(masked)
    for feature, first, last in zip(*(array.tolist() for array in found), strict=True):
        words = terms[feature].split(" ")
        begin, end = masked[first], masked[last]
        assert begin is not None
        assert end is not None
        if len(words) == 1:
            assert first == last
            assert words[0] in {begin, stem(begin)}
        else:
            assert [begin, end] == words
            assert all(form == NAME for form in masked[first + 1 : last])


@given(MASKED)
def test_an_empty_index_finds_nothing(masked: list[str | None]) -> None:
    assert [len(array) for array in TermIndex([]).find(masked)] == [0, 0, 0]


def test_an_empty_text_holds_nothing() -> None:
    assert [len(array) for array in TermIndex(["a", NAME]).find([])] == [0, 0, 0]


def test_ngrams_are_words_stems_and_pairs() -> None:
    assert list(ngrams(["puppet", "regime", None, "a"])) == [
        *("puppet", "pupp*", "regime", "regi*", "puppet regime", "a", "a*")
    ]


def test_a_run_of_names_is_one_and_neighbours_both_sides() -> None:
    assert list(ngrams(["a", NAME, NAME, NAME, "b"])) == [
        *("a", "a*", NAME, f"a {NAME}", "b", "b*", f"{NAME} b")
    ]


def test_words_stems_and_placeholders_are_told_apart() -> None:
    terms = ["regime", "regi*", "a regime", NAME, NUMBER]
    assert [is_word(term) for term in terms] == [True, False, False, False, False]


def test_a_run_of_names_is_found_once_from_its_first() -> None:
    feature, first, last = TermIndex([NAME, f"{NAME} b", f"a {NAME}"]).find(
        ["a", NAME, NAME, NAME, "b"]
    )
    found = zip(feature.tolist(), first.tolist(), last.tolist(), strict=True)
    assert sorted(found) == [(0, 1, 1), (1, 1, 4), (2, 0, 1)]
