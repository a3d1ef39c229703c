"""A teacher marks passages that nobody marked, and the persuasion view learns its words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from data.labelled import read_corpus
from tests.training.corpora import articles, passages
from training.fits import Spare, fit_persuasion
from training.prepare import SPARE, prepare, spare_passages
from training.teacher import embed, lessons, teach
from training.work import Work

CALM = "The council said on Monday that the budget would be discussed next week."
LOUD = "These traitors and their puppets will never stop lying to our people!"
SAME = {
    "pl": "Rada poinformowała w poniedziałek, że budżet zostanie omówiony w przyszłym tygodniu."
}


def test_vectors_tell_meaning_across_languages_and_do_not_depend_on_processes() -> None:
    texts = [CALM, LOUD, SAME["pl"]]
    vectors = embed(texts, 1)
    assert vectors.shape == (3, 512)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert vectors[0] @ vectors[2] > vectors[0] @ vectors[1] + 0.2
    assert np.allclose(embed(texts * 100, 2)[:3], vectors, atol=1e-5)


def test_a_teacher_marks_what_is_like_the_marked() -> None:
    rng = np.random.default_rng(0)
    label = rng.integers(2, size=200)
    vectors = rng.normal(size=(200, 512)).astype(np.float32)
    vectors[:, 0] += 6 * label
    spare = np.zeros((2, 512), dtype=np.float32)
    spare[1, 0] = 6
    calm, loud = teach(vectors, label, np.ones(200, dtype=bool), spare)
    assert calm < 0.3
    assert loud > 0.7


def test_the_view_learns_a_word_that_stands_in_spare_passages_alone() -> None:
    label = np.array([1, 0] * 20)
    human = csr_array(np.column_stack([label, 1 - label, np.zeros(40)]).astype(np.float32))
    taught = csr_array(np.tile([1, 0, 1], (10, 1)).astype(np.float32))
    style = np.zeros((40, 38))
    spare = Spare(taught, style[:10], np.full(10, 0.95))
    without, _, _ = fit_persuasion(human, style, label)
    terms, _, _ = fit_persuasion(human, style, label, spare)
    assert without.coef[2] == 0
    assert terms.coef[2] > 0.1


def _corpus(folder: Path) -> pd.DataFrame:
    spare = articles(outlets=2, each=4, seed=9)
    spare["label"] = "partisan"
    posts = articles(outlets=2, each=3, seed=8).assign(kind="post")
    headlines = articles(outlets=2, each=3, seed=7).assign(kind="headline")
    table = pd.concat([articles(each=6), passages(), spare, posts, headlines])
    table.to_parquet(folder / "made.parquet")
    return table


def test_spare_passages_are_of_texts_whose_labels_are_not_learned_from(tmp_path: Path) -> None:
    table = _corpus(tmp_path)
    prepared = prepare(read_corpus([tmp_path / "made.parquet"]))
    from_texts = table[(table["label"] == "partisan") | (table["kind"] == "post")]["text"]
    assert len(prepared.spare) > 20
    assert all(any(part in text for text in from_texts) for part in prepared.spare["text"])
    evaluated = [*prepared.articles["text"], *prepared.passages["text"]]
    assert not any(part in text for part in prepared.spare["text"] for text in evaluated)


def test_spare_passages_are_bounded_and_picked_by_their_text_alone() -> None:
    texts = [f"One {n} two three four five six seven eight nine ten." for n in range(SPARE + 50)]
    table = pd.DataFrame({"text": texts, "lang": "en", "source": None, "licence": None})
    picked = spare_passages(table)
    assert len(picked) == SPARE
    assert spare_passages(table[::-1])["text"].tolist() == picked["text"].tolist()


def test_half_a_surrogate_pair_stops_nothing() -> None:
    text = "One two three four five \ud800 six seven eight nine ten."
    row = {"text": text, "lang": "en", "source": None, "licence": None}
    table = pd.DataFrame([row, row | {"text": ""}], dtype=object)
    (passage,) = spare_passages(table)["text"]
    assert passage.startswith("One two")
    assert "\ud800" not in passage


def test_without_spare_passages_no_encoder_is_read() -> None:
    nothing = pd.DataFrame({"text": [], "lang": []})
    assert lessons(pd.DataFrame({"text": [CALM]}), nothing) == {}


@pytest.mark.parametrize("jobs", [1, 2])
def test_lessons_hold_each_language_s_own_passages(jobs: int) -> None:
    spare = pd.DataFrame({"text": [CALM, SAME["pl"], "…"], "lang": ["en", "pl", "en"]})
    found = lessons(pd.DataFrame({"text": [LOUD, CALM]}), spare, Work(jobs))
    assert found.keys() == {"en", "pl"}
    assert found["en"].marked.shape == (2, 512)
    assert found["en"].spare.shape == (1, 512)
    assert len(found["en"].rows) == 1
