"""Vectors are computed once, found again, and hold no text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from krynica.classifier.encoder import Encoder, open_encoder
from krynica.training.texts import vectors
from krynica.training.texts.vectors import VectorStore
from tests.tiny_encoder import write_tiny_encoder

LOUD = "The puppet regime spreads hysteria and its stooges obey."
CALM = "The council passed its budget, officials said in a statement."
TEXTS, LANGUAGES = [LOUD, CALM, "…", LOUD], ["en"] * 4


def test_they_say_what_the_encoder_says(encoder: Encoder) -> None:
    found = VectorStore(encoder, None).of(TEXTS, LANGUAGES, 1)
    assert found.shape == (4, encoder.width)
    assert found[0, 0] > found[1, 0]
    assert found[1, 1] > found[0, 1]
    assert np.array_equal(found[0], found[3])
    assert VectorStore(encoder, None).of([], [], 1).shape == (0, encoder.width)


@pytest.mark.parametrize("jobs", [1, 2])
def test_they_are_found_again_and_nothing_is_encoded_twice(
    encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    first = VectorStore(encoder, tmp_path).of(TEXTS, LANGUAGES, jobs)
    monkeypatch.setattr(vectors, "_encode", None)
    done: list[int] = []
    again = VectorStore(encoder, tmp_path).of(TEXTS, LANGUAGES, jobs, done.append)
    assert np.array_equal(first, again)
    assert sum(done) == len(TEXTS)


def test_what_differs_in_case_or_marks_is_another_text(encoder: Encoder, tmp_path: Path) -> None:
    VectorStore(encoder, tmp_path).of([LOUD], ["en"], 1)
    other = LOUD.upper().replace(".", "!")
    found = VectorStore(encoder, tmp_path).of([other], ["en"], 1)
    assert np.array_equal(found, VectorStore(encoder, None).of([other], ["en"], 1))
    assert found[0, 0] < VectorStore(encoder, None).of([LOUD], ["en"], 1)[0, 0]


def test_a_spoilt_file_costs_its_time_and_nothing_else(encoder: Encoder, tmp_path: Path) -> None:
    first = VectorStore(encoder, tmp_path).of(TEXTS, LANGUAGES, 1)
    (path,) = tmp_path.rglob("*.npz")
    for content in (b"no numbers", path.read_bytes()[:-200]):
        path.write_bytes(content)
        assert np.array_equal(VectorStore(encoder, tmp_path).of(TEXTS, LANGUAGES, 1), first)
    with path.open("wb") as file:  # of another shape
        np.savez(file, text=np.array([1, 2, 3], dtype=np.uint64), vector=np.ones((2, 4)))
    assert np.array_equal(VectorStore(encoder, tmp_path).of(TEXTS, LANGUAGES, 1), first)


def test_another_encoder_has_vectors_of_its_own(encoder: Encoder, tmp_path: Path) -> None:
    other = open_encoder(write_tiny_encoder(tmp_path / "other", name="other"), "")
    VectorStore(encoder, tmp_path / "kept").of(TEXTS, LANGUAGES, 1)
    VectorStore(other, tmp_path / "kept").of(TEXTS, LANGUAGES, 1)
    assert len([*(tmp_path / "kept").iterdir()]) == 2


def test_no_text_is_on_the_disk(encoder: Encoder, tmp_path: Path) -> None:
    VectorStore(encoder, tmp_path).of(TEXTS, LANGUAGES, 1)
    content = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert content
    assert not any(word.encode() in content for word in ("puppet", "council", "regime"))
