"""The verbs of the researcher, as real processes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.training import corpora


def _krynica(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "service.cli", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300
    )


@pytest.fixture(scope="module")
def made(corpus: list[Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    output = tmp_path_factory.mktemp("made") / "model"
    done = _krynica("train", *map(str, corpus), "-o", str(output), "--workers", "1")
    assert done.returncode == 0, done.stderr
    return done.stdout, output


def test_train_prints_the_unseen_outlet_result_first(made: tuple[str, Path]) -> None:
    assert made[0].startswith("English, outlets never seen: AUC ")


def test_evaluate_counts_what_was_learned_from(
    made: tuple[str, Path], corpus: list[Path], tmp_path: Path
) -> None:
    fresh = tmp_path / "fresh.csv"
    corpora.articles(seed=8, outlets=7).to_csv(fresh, index=False)
    done = _krynica("evaluate", str(fresh), *map(str, corpus), "--model", str(made[1]), "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["rows"]["learned_from"] > 0
    assert result["languages"]["en"]["unseen_outlets"]["auc"] > 0.9


def test_evaluate_tells_the_protocol_of_the_tables_a_model_was_trained_on(
    made: tuple[str, Path], corpus: list[Path], tmp_path: Path
) -> None:
    options = ("--model", str(made[1]), "--plots", str(tmp_path / "plots"), "--workers", "1")
    done = _krynica("evaluate", *map(str, corpus), *options)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    heads = [
        "The finished model, on rows it did not learn from",
        "The model learned from all",
        "The recipe, fitted anew",
        "English, outlets never seen: AUC ",
        "Collections never seen",
        "Later articles",
        "Learned from other languages",
        "Random split",
        "Shortcuts",
    ]
    assert [line[: len(head)] for line, head in zip(lines, heads, strict=False)] == heads
    assert len(list((tmp_path / "plots").glob("en-*.svg"))) == 4


def test_model_shows_its_folder_first(made: tuple[str, Path]) -> None:
    done = _krynica("model", str(made[1]))
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == str(made[1].resolve())


@pytest.mark.parametrize("arguments", [("evaluate",), ("train", "-o", "model")])
def test_a_file_that_is_no_table_is_one_sentence(
    arguments: tuple[str, ...], tmp_path: Path, made: tuple[str, Path]
) -> None:
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 but not really")
    options = ("--model", str(made[1])) if arguments[0] == "evaluate" else ()
    done = _krynica(arguments[0], str(broken), *arguments[1:], *options)
    assert done.returncode == 1
    assert "broken.parquet" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_one_class_is_refused_with_what_is_missing(tmp_path: Path) -> None:
    table = tmp_path / "one.csv"
    corpora.articles().query("label == 'journalism'").to_csv(table, index=False)
    done = _krynica("train", str(table), "-o", str(tmp_path / "model"), "--workers", "1")
    assert done.returncode == 1
    assert "propaganda" in done.stderr
    assert not (tmp_path / "model").exists()
