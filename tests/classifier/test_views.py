from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from classifier import Article
from classifier.masking import NAME
from classifier.parameters import LinearTerms
from classifier.reading import read
from classifier.terms import TermIndex, ngrams
from classifier.views import contributions, passage_weights, sigmoid

PASSAGES = st.lists(
    st.lists(st.sampled_from(["a", "b", "regime", "puppet", NAME, None]), min_size=1, max_size=12),
    min_size=1,
    max_size=4,
)


@given(PASSAGES)
def test_shares_add_up_to_what_scikit_learn_says(passages: list[list[str | None]]) -> None:
    corpus = [["a", "b", "regime"], ["puppet", NAME, "a"], ["a", NAME], ["regime", "puppet"]]
    vectorizer = TfidfVectorizer(analyzer=ngrams, sublinear_tf=True).fit(corpus)
    terms = vectorizer.get_feature_names_out().tolist()
    coef = np.linspace(-2.0, 3.0, len(terms))
    index = TermIndex(terms)
    for passage in passages:
        feature, _, _ = index.find(passage)
        view = LinearTerms(vectorizer.idf_, coef, 0.0)
        shares = contributions(view, feature, np.zeros(len(feature), dtype=np.int64))
        expected = float((vectorizer.transform([passage]) @ coef)[0])
        assert shares.sum() == pytest.approx(expected, abs=1e-9)


def test_each_passage_is_scaled_alone() -> None:
    view = LinearTerms(np.array([1.0, 2.0]), np.array([3.0, -1.0]), 0.0)
    feature, group = np.array([0, 1, 0]), np.array([0, 0, 1])
    length = np.sqrt(5.0)
    shares = contributions(view, feature, group)
    assert shares.tolist() == pytest.approx([3 / length, -2 / length, 3.0])


def test_repeats_share_evenly_and_unused_terms_have_nothing() -> None:
    view = LinearTerms(np.array([1.0, 0.0]), np.array([3.0, 0.0]), 0.0)
    shares = contributions(view, np.array([0, 0, 1]), np.zeros(3, dtype=np.int64))
    assert shares.tolist() == pytest.approx([1.5, 1.5, 0.0])


def test_passages_weigh_by_their_words() -> None:
    reading = read(Article("One two three.\n\n…\n\nFour.", language="en"))
    assert passage_weights(reading).tolist() == [0.75, 0.0, 0.25]


def test_the_sigmoid_has_no_overflow() -> None:
    assert sigmoid(np.array([-1e6, 0.0, 1e6])).tolist() == [0.0, 0.5, 1.0]
