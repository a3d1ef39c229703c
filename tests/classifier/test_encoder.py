"""Passages in, vectors out; what a text gets depends on nothing but itself."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from krynica.classifier.encoder import NETWORK, TOKENIZER, Encoder, Vectors
from krynica.classifier.windows import LONGEST, windows
from tests.tiny_encoder import WIDTH, write_tiny_encoder

LOUD, CALM = "Puppet regime, hysteria of stooges!", "The council passed a budget, officials said."
LOWER = "the puppet regime spreads hysteria", "the council said in a statement"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_encoder(tmp_path_factory.mktemp("encoder") / "encoder")


@pytest.fixture(scope="module")
def encoder(folder: Path) -> Encoder:
    return Encoder(folder)


def same(one: Vectors, two: Vectors) -> bool:
    """Whether vectors are the same to the last digit."""
    return np.array_equal(one.sums, two.sums) and np.array_equal(one.counts, two.counts)


def test_a_vector_is_the_mean_over_tokens(encoder: Encoder) -> None:
    found = encoder.encode(LOWER)
    assert found.sums.shape == (2, WIDTH) == (2, encoder.width)
    of_passages = found.of_passages
    assert of_passages[0, 0] > 0 == of_passages[0, 1]  # loud, and not calm
    assert of_passages[1, 1] > 0 == of_passages[1, 0]
    assert of_passages[:, 2].tolist() == [1.0, 1.0]
    assert found.mean == pytest.approx(found.sums.sum(axis=0) / found.counts.sum())


def test_a_text_without_tokens_has_vectors_of_nothing(encoder: Encoder) -> None:
    for passages in ([], [""], ["", ""]):
        found = encoder.encode(passages)
        assert found.sums.shape == (len(passages), WIDTH)
        assert found.mean.tolist() == [0.0] * WIDTH
        assert not found.of_passages.any()


def test_an_empty_passage_moves_no_other(encoder: Encoder) -> None:
    found, between = encoder.encode([LOUD, CALM]), encoder.encode([LOUD, "", CALM])
    assert np.array_equal(between.sums[[0, 2]], found.sums)
    assert not between.sums[1].any()


def test_a_text_of_many_windows_is_read_whole(encoder: Encoder) -> None:
    passages = [LOUD] * 40 + [CALM] * 40
    assert len(encoder.windows(passages)) > 3
    found = encoder.encode(passages)
    assert np.array_equal(found.sums[0], found.sums[39])
    assert found.counts.sum() == sum(len(window.ids) for window in encoder.windows(passages))
    assert found.sums[:, 2].tolist() == found.counts.tolist()  # every token has a 1 there


def test_a_passage_longer_than_a_window_keeps_all_its_tokens(encoder: Encoder) -> None:
    found = encoder.encode([CALM, "regime " * 3 * LONGEST, CALM])
    assert found.counts[1] > 3 * LONGEST - 1
    assert np.array_equal(found.sums[0], found.sums[2])


@given(st.lists(st.sampled_from([LOUD, CALM, *LOWER, "", "–"]), max_size=30))
def test_vectors_do_not_depend_on_what_was_read_before(encoder: Encoder, others: list[str]) -> None:
    alone = encoder.encode([LOUD, CALM])
    encoder.encode(others)
    assert same(encoder.encode([LOUD, CALM]), alone)


def test_threads_share_one_encoder(folder: Path) -> None:
    fresh, expected = Encoder(folder), Encoder(folder).encode([LOUD, CALM])
    found: list[Vectors] = []
    start = threading.Barrier(4)

    def read() -> None:
        start.wait()
        found.append(fresh.encode([LOUD, CALM]))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(same(one, expected) for one in found)


_PROGRAM = """
import sys
from pathlib import Path
from krynica.classifier.encoder import Encoder
found = Encoder(Path(sys.argv[1])).encode(sys.argv[2:])
print(found.sums.tobytes().hex(), found.counts.tobytes().hex())
"""


@pytest.mark.parametrize("threads", ["1", "2", "4"])
def test_vectors_do_not_depend_on_the_number_of_threads(
    folder: Path, encoder: Encoder, threads: str
) -> None:
    passages = [LOUD, CALM] * 30
    said = subprocess.run(
        [sys.executable, "-c", _PROGRAM, folder, *passages],
        env={**os.environ, "OMP_NUM_THREADS": threads},
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split()
    found = encoder.encode(passages)
    assert said == [found.sums.tobytes().hex(), found.counts.tobytes().hex()]


def test_what_was_checked_is_what_is_read(tmp_path: Path) -> None:
    encoder = Encoder(write_tiny_encoder(tmp_path / "encoder"))
    for name in (NETWORK, TOKENIZER, "tuned_on.npy"):
        (tmp_path / "encoder" / name).write_bytes(b"another")
    assert encoder.encode([CALM]).counts[0] > 0
    assert encoder.tuned_on().tolist() == []


LENGTHS = st.lists(st.integers(0, 45), max_size=40)


@given(LENGTHS, st.integers(1, 30))
def test_windows_hold_every_token_once_with_its_passage(lengths: list[int], longest: int) -> None:
    passages = [[1000 * at + i for i in range(n)] for at, n in enumerate(lengths)]
    found = windows(passages, longest)
    assert [int(i) for window in found for i in window.ids] == [i for ids in passages for i in ids]
    for window in found:
        assert 0 < len(window.ids) <= longest
        assert window.passage.tolist() == [i // 1000 for i in window.ids.tolist()]


@given(LENGTHS, st.integers(45, 90))
def test_a_passage_that_fits_a_window_stays_whole(lengths: list[int], longest: int) -> None:
    passages = [[at] * n for at, n in enumerate(lengths)]
    homes: dict[int, set[int]] = {}
    for number, window in enumerate(windows(passages, longest)):
        for passage in window.passage.tolist():
            homes.setdefault(passage, set()).add(number)
    assert all(len(home) == 1 for home in homes.values())


def test_a_text_a_little_too_long_makes_two_halves() -> None:
    found = windows([[1] * 20] * 17, 320)
    assert [len(window.ids) for window in found] in ([160, 180], [180, 160])


def test_a_text_that_fits_is_one_window_and_nothing_is_none() -> None:
    assert [len(window.ids) for window in windows([[1] * 160, [], [2] * 160])] == [LONGEST]
    assert windows([]) == windows([[], []]) == []
