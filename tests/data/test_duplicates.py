"""Texts that are the same, or nearly."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from krynica.data.corpus.duplicates import (
    BANDS,
    SKETCH,
    band_keys,
    fingerprint,
    nearly_repeats,
    sketch,
)

WORDS = [f"word{number}" for number in range(5000)]


def article(seed: int, words: int = 400) -> list[str]:
    chosen: list[str] = np.random.default_rng(seed).choice(WORDS, words).tolist()
    return chosen


def changed(words: list[str], share: float, seed: int = 0) -> list[str]:
    rng = np.random.default_rng(seed)
    return [f"other{rng.random()}" if rng.random() < share else word for word in words]


def meet(one: list[str], other: list[str]) -> tuple[bool, bool]:
    """Tell whether two texts share a key, and whether they nearly repeat each other."""
    a, b = sketch(" ".join(one)), sketch(" ".join(other))
    return bool(np.intersect1d(band_keys(a), band_keys(b)).size), nearly_repeats(a, b)


def test_a_text_repeats_itself_whatever_its_case_and_punctuation() -> None:
    one, other = "The Council met. It voted!", "the council — met: it voted"
    assert fingerprint(one)[0] == fingerprint(other)[0]
    assert (sketch(one) == sketch(other)).all()
    assert fingerprint(one)[0] != fingerprint("It voted! The Council met.")[0]
    assert fingerprint("no yes yes no")[0] != fingerprint("yes no no yes")[0]
    assert fingerprint("a b")[0] != fingerprint("ab")[0]


def test_a_word_in_a_hundred_is_nearly_the_same_and_one_in_ten_is_not() -> None:
    few = [meet(article(n), [*article(n)[:200], "other", *article(n)[201:]]) for n in range(200)]
    many = [meet(article(n), changed(article(n), 0.1)) for n in range(200)]
    assert np.mean([near and shared for shared, near in few]) > 0.95
    assert not any(near for _, near in many)


def test_those_that_are_nearly_the_same_share_a_key() -> None:
    pairs = [meet(article(n), changed(article(n), 0.008)) for n in range(300)]
    found = [shared for shared, near in pairs if near]
    assert len(found) > 100
    assert all(found)


def test_other_texts_share_nothing() -> None:
    pairs = [meet(article(n), article(n + 1000)) for n in range(300)]
    assert not any(near for _, near in pairs)
    assert sum(shared for shared, _ in pairs) < 3


@given(st.text(max_size=200))
def test_any_text_has_a_sketch(text: str) -> None:
    found = sketch(text)
    assert (fingerprint(text)[1] == found).all()
    assert 1 <= len(found) <= SKETCH
    assert (np.diff(found.astype(object)) > 0).all()
    assert band_keys(found).shape == (BANDS,)
    assert nearly_repeats(found, found)
