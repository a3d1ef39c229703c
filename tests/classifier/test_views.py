from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from krynica import Article, Model
from krynica.classifier.encoder import Vectors
from krynica.classifier.masking import NAME
from krynica.classifier.measures import MEASURES
from krynica.classifier.parameters import SIGNALS, Judging, LinearTerms, LinearVector
from krynica.classifier.passages import attributed, texts_of, words_of
from krynica.classifier.reading import read
from krynica.classifier.terms import TermIndex, ngrams
from krynica.classifier.views import Shares, contributions, find, shares, sigmoid, softmax

PASSAGES = st.lists(
    st.lists(st.sampled_from(["a", "b", "regime", "puppet", NAME, None]), min_size=1, max_size=12),
    min_size=1,
    max_size=4,
)
TEXTS = [
    "The puppet regime. The council said Anna met her. " * 6,
    "Stooges obey! " * 30 + "the end",
    "The council passed its budget.\n\nHysteria!\n\n“The regime spreads it,” officials said.\n",
    "green ideas sleep furiously beneath some quiet trees. " * 5,
    "Regime",
]


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
        found = contributions(view, feature, np.zeros(len(feature), dtype=np.int64))
        expected = float((vectorizer.transform([passage]) @ coef)[0])
        assert found.sum() == pytest.approx(expected, abs=1e-9)


def test_each_group_is_scaled_alone() -> None:
    view = LinearTerms(np.array([1.0, 2.0]), np.array([3.0, -1.0]), 0.0)
    feature, group = np.array([0, 1, 0]), np.array([0, 0, 1])
    length = np.sqrt(5.0)
    found = contributions(view, feature, group)
    assert found.tolist() == pytest.approx([3 / length, -2 / length, 3.0])


def test_repeats_share_evenly_and_unused_terms_have_nothing() -> None:
    view = LinearTerms(np.array([1.0, 0.0]), np.array([3.0, 0.0]), 0.0)
    found = contributions(view, np.array([0, 0, 1]), np.zeros(3, dtype=np.int64))
    assert found.tolist() == pytest.approx([1.5, 1.5, 0.0])


def shared(model: Model, text: str) -> tuple[Judging, Vectors, Shares]:
    numbers = model.source.parameters("en")
    assert numbers.judging is not None
    reading = read(Article(text, language="en"))
    found = find(reading, TermIndex(numbers.terms))
    vectors = model.encoder.encode(texts_of(reading))
    return numbers.judging, vectors, shares(numbers.judging, reading, found, vectors)


@pytest.mark.parametrize("text", TEXTS)
def test_shares_add_up_to_the_score_of_each_view(model: Model, text: str) -> None:
    judging, vectors, found = shared(model, text)
    scaled = found.scores * judging.reader.coef
    biases = np.array([float(judging.encoder.bias), judging.words.bias, judging.style.bias])
    sums = np.array([found.passages.sum(), found.terms.sum(), found.style.sum()])
    assert sums + biases * judging.reader.coef == pytest.approx(scaled, abs=1e-9)
    assert found.scores.shape == (len(SIGNALS),)
    assert found.style.shape == (len(MEASURES),)
    # The encoder view is linear in the mean over all tokens.
    assert found.scores[0] == pytest.approx(float(judging.encoder.of(vectors.mean)), abs=1e-9)


def test_several_models_over_a_vector_are_one_after_the_other() -> None:
    mean, vectors = np.array([0.5, 0.0]), np.array([[1.0, 2.0], [0.5, 0.0], [0.0, 0.0]])
    coef, bias = np.array([[1.0, 3.0], [2.0, -1.0]]), np.array([0.25, -0.25])
    several = LinearVector(mean, coef, bias).of(vectors)
    assert several.shape == (3, 2)
    for at in (0, 1):
        alone = LinearVector(mean, coef[:, at], bias[at]).of(vectors)
        assert several[:, at] == pytest.approx(alone)
    assert several[1].tolist() == [0.25, -0.25]  # the average text


def test_a_passage_has_its_words_and_is_attributed_where_most_of_it_is_quoted() -> None:
    text = "One two three.\n\n…\n\n“Four five six,” officials said.\n\nSeven"
    reading = read(Article(text, language="en"))
    assert texts_of(reading) == ["One two three.", "…", "“Four five six,” officials said.", "Seven"]
    assert words_of(reading).tolist() == [3.0, 0.0, 5.0, 1.0]
    assert attributed(reading).tolist() == [False, False, True, False]


def test_the_sigmoid_has_no_overflow() -> None:
    assert sigmoid(np.array([-1e6, 0.0, 1e6])).tolist() == [0.0, 0.5, 1.0]


def test_the_softmax_has_no_overflow_and_sums_to_one() -> None:
    assert softmax(np.array([1e6, 1e6, -1e6])).tolist() == [0.5, 0.5, 0.0]
    assert softmax(np.array([1.0, 2.0, 3.0])).sum() == pytest.approx(1.0)
