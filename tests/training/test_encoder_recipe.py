"""The recipe of the encoder, on weights made up: what it writes is what the arithmetic says."""

from __future__ import annotations

from math import erf
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
import pandas as pd
import pytest

from krynica.classifier.arrays import Float32Array
from krynica.classifier.encoder import Encoder
from krynica.classifier.windows import windows
from krynica.training.encoder.export import network, write_encoder
from krynica.training.encoder.texts import (
    HELD_CHECKERS,
    held_outlets,
    lessons_of_readings,
    outlets_of,
)
from krynica.training.encoder.vocabulary import tokeniser, used
from krynica.training.encoder.weights import HEADS, Weights

WIDTH, WIDE, LAYERS = 2 * HEADS, 3 * HEADS, 2
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "▁passage", ":", "a", "b", "▁ab", "ж", "語")


def made_up() -> Weights:
    rng = np.random.default_rng(0)

    def numbers(*shape: int) -> Float32Array:
        return rng.normal(0, 0.5, shape).astype(np.float32)

    tensors = {
        "word": numbers(len(PIECES), WIDTH),
        "pos": numbers(512, WIDTH),
        "type": numbers(WIDTH),
        "eln.w": 1 + numbers(WIDTH),
        "eln.b": numbers(WIDTH),
    }
    shapes = dict.fromkeys(("q", "k", "v", "ao"), (WIDTH, WIDTH))
    shapes |= {"fi": (WIDE, WIDTH), "fo": (WIDTH, WIDE)}
    for i in range(LAYERS):
        for name, shape in shapes.items():
            tensors[f"{i}.{name}.w"], tensors[f"{i}.{name}.b"] = numbers(*shape), numbers(shape[0])
        for name in ("aln", "oln"):
            tensors[f"{i}.{name}.w"], tensors[f"{i}.{name}.b"] = 1 + numbers(WIDTH), numbers(WIDTH)
    scores = tuple(-float(at) for at in range(len(PIECES)))
    return Weights(tensors, LAYERS, 1e-12, PIECES, scores, bos=0, eos=2, pad=1, unk=3)


def by_hand(weights: Weights, ids: list[int]) -> npt.NDArray[np.float64]:
    """Compute a BERT encoder's states in plain numpy (Devlin et al. 2019, post-norm layers)."""
    t = {name: value.astype(np.float64) for name, value in weights.tensors.items()}

    def norm(x: npt.NDArray[np.float64], key: str) -> npt.NDArray[np.float64]:
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + weights.epsilon)
        told: npt.NDArray[np.float64] = scaled * t[f"{key}.w"] + t[f"{key}.b"]
        return told

    x = norm(t["word"][ids] + t["pos"][: len(ids)] + t["type"], "eln")
    size = WIDTH // HEADS
    for i in range(weights.layers):
        q, k, v = (x @ t[f"{i}.{n}.w"].T + t[f"{i}.{n}.b"] for n in ("q", "k", "v"))
        mixed = np.zeros_like(x)
        for head in range(HEADS):
            own = slice(head * size, (head + 1) * size)
            logit = q[:, own] @ k[:, own].T / np.sqrt(size)
            chance = np.exp(logit - logit.max(-1, keepdims=True))
            mixed[:, own] = chance / chance.sum(-1, keepdims=True) @ v[:, own]
        x = norm(x + mixed @ t[f"{i}.ao.w"].T + t[f"{i}.ao.b"], f"{i}.aln")
        wide = x @ t[f"{i}.fi.w"].T + t[f"{i}.fi.b"]
        gelu = wide * 0.5 * (1 + np.vectorize(erf)(wide / np.sqrt(2)))
        x = norm(x + gelu @ t[f"{i}.fo.w"].T + t[f"{i}.fo.b"], f"{i}.oln")
    return x


@pytest.mark.parametrize("ids", [[0, 2], [0, 5, 6, 7, 9, 8, 2], [0, *[7, 8, 9] * 100, 2]])
def test_the_network_computes_the_encoder(ids: list[int]) -> None:
    weights = made_up()
    session = onnxruntime.InferenceSession(
        network(weights).SerializeToString(), providers=["CPUExecutionProvider"]
    )
    (states,) = session.run(None, {"ids": np.array([ids], dtype=np.int64)})
    np.testing.assert_allclose(states[0], by_hand(weights, ids), atol=2e-4)


def test_a_written_encoder_reads_nearly_the_same(tmp_path: Path) -> None:
    weights = made_up()
    write_encoder(weights, tmp_path / "encoder", {"name": "made up", "outlets": []}, [3, 1])
    encoder = Encoder(tmp_path / "encoder")
    assert encoder.tuned_on().tolist() == [1, 3]
    (window,) = encoder.windows(["ab b a", "a"])
    frame = [0, 5, 6]
    states = by_hand(weights, [*frame, *window.ids.tolist(), 2])[len(frame) : -1]
    vectors = encoder.encode(["ab b a", "a"])
    assert vectors.counts.tolist() == np.bincount(window.passage).tolist()
    for passage in (0, 1):
        expected = states[window.passage == passage].sum(axis=0)
        alike = expected @ vectors.sums[passage]
        alike /= np.linalg.norm(expected) * np.linalg.norm(vectors.sums[passage])
        assert alike > 0.99


def test_an_encoder_in_single_precision_reads_the_same(tmp_path: Path) -> None:
    weights = made_up()
    write_encoder(weights, tmp_path / "encoder", {}, [], single_precision=True)
    encoder = Encoder(tmp_path / "encoder")
    (window,) = encoder.windows(["ab b a"])
    states = by_hand(weights, [0, 5, 6, *window.ids.tolist(), 2])[3:-1]
    np.testing.assert_allclose(encoder.encode(["ab b a"]).sums[0], states.sum(axis=0), atol=2e-3)


def test_a_vocabulary_is_cut_down_to_what_is_used_and_to_letters() -> None:
    weights = made_up()
    kept = used(weights, [["ab"]])
    assert [PIECES[at] for at in kept] == [
        *("<s>", "<pad>", "</s>", "<unk>", "▁", ":", "a", "b", "▁ab", "ж")
    ]
    pruned = weights.pruned(kept)
    assert pruned.pieces[pruned.eos] == "</s>"
    np.testing.assert_array_equal(pruned.tensors["word"][-1], weights.tensors["word"][10])
    pieces = tokeniser(pruned.pieces, pruned.scores, pruned.unk)
    assert pieces.encode("ab a 語").tokens == ["▁ab", "▁", "a", "▁", "語"]


def test_windows_keep_passages_whole_and_are_even() -> None:
    found = windows([[1] * 50, [2] * 50, [3] * 50], longest=100)
    assert [len(window.ids) for window in found] == [100, 50]
    assert [len(window.ids) for window in windows([[1] * 130], longest=100)] == [100, 30]
    assert windows([[], []]) == []
    every = np.concatenate([window.passage for window in found])
    assert every.tolist() == [0] * 50 + [1] * 50 + [2] * 50


def made_up_readings() -> pd.DataFrame:
    rng = np.random.default_rng(1)
    words = np.array(
        ["rain", "city", "council", "road", "bridge", "school", "river", "market", "train", "field"]
    )
    rows = [
        {
            "id": f"{outlet}-{at}",
            "lang": lang,
            "score": at % 4,
            "genre": "news",
            "confidence": "h",
            "outlet": f"{lang} {outlet}",
            "source": "made up",
            "title": "A title",
            "text": " ".join(rng.choice(words, 60)),
        }
        for lang in ("en", "be")
        for outlet in range(10)
        for at in range(8)
    ]
    return pd.DataFrame(rows)


def test_a_fifth_of_each_language_and_class_is_held_out() -> None:
    readings = made_up_readings()
    held = held_outlets(readings)
    assert held >= HELD_CHECKERS
    rows = outlets_of(readings).isin(held)
    for _, part in rows.groupby([readings["lang"], readings["score"] >= 2]):
        assert part.mean() == pytest.approx(0.2)
    assert held == held_outlets(readings)


def test_near_repeats_of_what_is_held_out_are_not_learned_from() -> None:
    readings = made_up_readings()
    held = held_outlets(readings)
    out = outlets_of(readings).isin(held)
    text = readings.loc[out, "text"].iloc[0]
    readings.loc[readings.index[~out][0], "text"] = f"{text} again"
    lessons = lessons_of_readings(readings, held)
    assert len(lessons) == len(readings) - 1
    assert not any(text in lesson.text for lesson in lessons if not lesson.held)
    assert all(lesson.text.startswith("A title\n") for lesson in lessons if lesson.held)
    assert {lesson.levels for lesson in lessons} == {
        *((0.0, 0.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0), (1.0, 1.0, 0.0, 0.0), (1.0, 1.0, 1.0, 0.0))
    }
