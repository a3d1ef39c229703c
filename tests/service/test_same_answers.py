"""An answer is the same to the last digit, whatever is read beside it, before it, and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from krynica import Article, load_model
from krynica.classifier.answer import ROW_COLUMNS
from krynica.classifier.model import Depth
from krynica.service.batch import pieces
from krynica.service.batch.job import BatchJob
from krynica.service.batch.run import run
from krynica.service.batch.workers import Workers
from krynica.service.scoring import load
from tests.service.tiny import CALM, CHINESE, JOURNALISM, LOUD, MIXED, POLISH, PROPAGANDA, Run

Cells = dict[str, tuple[object, ...]]


WORDS = f"{LOUD} {CALM} the its and in a said met house river road winter people letter".split()


def _texts() -> list[str]:
    """Texts of all lengths, of one window and of many, no two of which are nearly the same."""
    generator = np.random.default_rng(7)
    texts = [POLISH, CHINESE, "Regime", "12 34", PROPAGANDA, JOURNALISM, MIXED]
    for size in [3, 12, 40, 150, 600] * 14:
        words = generator.choice(WORDS, size).tolist()
        ends = generator.choice(["", "", "", ".", "!", ".\n\n"], size).tolist()
        texts.append(" ".join(map("".join, zip(words, ends, strict=True))))
    return texts


TEXTS = _texts()


def scored(
    folder: Path,
    tiny: Path,
    texts: Sequence[str],
    workers: Workers | None = None,
    *,
    fast: bool = False,
) -> Cells:
    """Score a table; cells by text, floats as they are."""
    folder.mkdir()
    pd.DataFrame({"text": texts}).to_parquet(folder / "in.parquet", row_group_size=20)
    out = folder / "out.parquet"
    job = BatchJob(folder / "in.parquet", out, workers=workers or Workers(), fast=fast)
    run(job, load(tiny))
    rows = pq.read_table(out).to_pylist()
    assert [row["text"] for row in rows] == list(texts)
    return cells(rows)


def cells(rows: Sequence[Mapping[str, object]]) -> Cells:
    """Return the answers of rows by their texts; none was taken from a row that is like it."""
    assert not [row["text"] for row in rows if row["duplicate_of"] is not None]
    return {str(row["text"]): tuple(row[name] for name in ROW_COLUMNS) for row in rows}


@pytest.fixture(scope="module")
def expected(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Cells:
    return scored(tmp_path_factory.mktemp("expected") / "one", tiny, TEXTS)


def test_they_are_those_of_one_text_at_a_time(tiny: Path, expected: Cells) -> None:
    assert len(expected) > 40
    for text, told in expected.items():
        row = load_model(tiny).score(Article(text)).as_row()
        assert tuple(row[name] for name in ROW_COLUMNS) == told


@pytest.mark.parametrize("seed", [1, 2])
def test_they_do_not_depend_on_the_order(
    tiny: Path, tmp_path: Path, expected: Cells, seed: int
) -> None:
    shuffled = np.random.default_rng(seed).permutation(TEXTS).tolist()
    assert scored(tmp_path / "shuffled", tiny, shuffled) == expected


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_they_do_not_depend_on_the_pieces(
    tiny: Path, tmp_path: Path, expected: Cells, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "ROWS", size)
    assert scored(tmp_path / "pieces", tiny, TEXTS) == expected


def test_they_do_not_depend_on_what_is_left_out(
    tiny: Path, tmp_path: Path, expected: Cells
) -> None:
    some = TEXTS[::3]
    assert scored(tmp_path / "some", tiny, some) == {text: expected[text] for text in some}


def test_they_do_not_depend_on_the_number_of_processes(
    tiny: Path, tmp_path: Path, expected: Cells
) -> None:
    assert scored(tmp_path / "two", tiny, TEXTS, Workers(2)) == expected


@pytest.mark.parametrize("words", [("--workers", "2"), ("--engine", "dask", "--workers", "2")])
def test_they_do_not_depend_on_the_engine_or_on_threads(
    tiny: Path, tmp_path: Path, expected: Cells, krynica: Run, words: tuple[str, ...]
) -> None:
    pd.DataFrame({"text": TEXTS}).to_parquet(tmp_path / "in.parquet")
    told = krynica(
        "batch", "in.parquet", "-o", "out.parquet", "--model", tiny, *words,
        env={"OMP_NUM_THREADS": "3"},
    )  # fmt: skip
    assert told.returncode == 1, told.stderr  # one text holds no words
    assert cells(pq.read_table(tmp_path / "out.parquet").to_pylist()) == expected


@pytest.mark.parametrize("depth", ["staged", "fast"])
def test_they_are_those_of_one_text_at_a_time_with_a_screen_too(
    screened: Path, tmp_path: Path, depth: Depth
) -> None:
    fast = depth == "fast"
    shuffled = np.random.default_rng(3).permutation(TEXTS).tolist()
    told = scored(tmp_path / "one", screened, TEXTS, fast=fast)
    assert scored(tmp_path / "two", screened, shuffled, Workers(2), fast=fast) == told
    verdicts = set()
    for text, cells_of in told.items():
        row = load_model(screened).score(Article(text), depth=depth).as_row()
        assert tuple(row[name] for name in ROW_COLUMNS) == cells_of
        verdicts.add(row["verdict"])
    assert verdicts == {"journalism", "unclear", None} | (set() if fast else {"propaganda"})
