"""The verbs of the researcher, as the command line has them."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from krynica.service.cli import run
from krynica.training import run as training_run
from tests.training import corpora


@pytest.fixture(autouse=True)
def _tiny(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the tiny encoder for the one that ships."""
    monkeypatch.setattr(training_run, "ENCODERS", models)


@pytest.fixture
def made(scored: Path) -> str:
    return str(scored)


def _lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_train_prints_the_unseen_outlet_result_first_and_can_be_run_again(
    corpus: list[Path], place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["train", *map(str, corpus), "-o", str(place / "mine"), "--workers", "1"]
    assert run([*words, "--name", "mine", "--version", "3"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("English, outlets never seen (144 texts of 12): AUC of 2 or more ")
    assert said.out.splitlines()[-1] == f"Written to {place / 'mine'}: en. See MODEL_CARD.md there."
    assert "Labels are taken to be the outlets'" in said.err
    first = (place / "mine/SHA256SUMS").read_bytes()
    assert run([*words, "--name", "mine", "--version", "3"]) == 0
    assert (place / "mine/SHA256SUMS").read_bytes() == first
    assert (place / "mine.run/run.json").is_file()
    assert run(["model", str(place / "mine")]) == 0
    assert _lines(capsys)[-1:]


def test_check_trains_nothing(
    corpus: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["train", str(corpus[0]), "--check", "--labels", "text", "--workers", "1"]) == 0
    assert _lines(capsys)[0].startswith("Labels are taken to be the texts'")
    corpora.articles(outlets=2).to_csv(tmp_path / "few.csv", index=False)
    assert run(["train", str(tmp_path / "few.csv"), "--check", "--workers", "1"]) == 1
    assert run(["train", str(corpus[0])]) == 2
    assert "-o DIR" in capsys.readouterr().err


def test_labels_are_the_texts_or_the_outlets(
    corpus: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["train", str(corpus[0]), "--check", "--labels", "masthead"]) == 2
    assert "text" in capsys.readouterr().err


def _on_a_terminal(words: list[str], typed: bytes) -> str:
    """Run the command with a terminal for its input and its errors; return what it printed."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "krynica", *words]
    with subprocess.Popen(
        command,
        stdin=follower,
        stderr=follower,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as process:
        os.write(leader, typed)
        assert process.stdout is not None
        said = process.stdout.read().decode()
        assert process.wait() == 0
    os.close(follower)
    os.close(leader)
    return said


def test_on_a_terminal_it_asks_what_labels_are(corpus: list[Path], readings: Path) -> None:
    words = ["train", str(corpus[0]), "--check", "--workers", "1"]
    assert _on_a_terminal(words, b"text\n").startswith("Labels are taken to be the texts'")
    assert _on_a_terminal(words, b"what?\noutlet\n").startswith(
        "Labels are taken to be the outlets'"
    )
    scores = ["train", str(readings), "--check", "--workers", "1"]
    assert _on_a_terminal(scores, b"").startswith("480 texts have a score.")  # nothing to ask


def test_evaluate_tells_of_outlets_never_seen_first(
    made: str, readings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fresh = corpora.readings(outlets=12, each=8, seed=8)
    fresh["outlet"] = [
        name if name in {"room 0", "state 1"} else f"new {name}" for name in fresh["outlet"]
    ]
    pd.concat([fresh, corpora.passages(documents=6)]).to_parquet(tmp_path / "fresh.parquet")
    words = ["evaluate", str(tmp_path / "fresh.parquet"), str(readings), "--model", made]
    words += ["--workers", "1"]
    assert run([*words, "--plots", str(tmp_path / "plots")]) == 0
    lines = _lines(capsys)
    assert lines[0].startswith("English, outlets never seen (80 texts of 10): AUC of 2 or more ")
    assert lines[1].startswith("All languages, outlets never seen")
    assert lines[2].startswith("English, outlets the model knows, which flatters (16 texts of 2)")
    assert lines[-1].startswith("126 rows evaluated; 480 learned from, ")
    assert len(list((tmp_path / "plots").glob("*.svg"))) == 3
    assert run([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["unseen_outlets"]["en"]["readings"]["texts"] == 80
    assert told["rows"]["learned_from"] == 480


def test_a_file_that_is_no_table_is_one_sentence(
    made: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 but not really")
    for words in (["evaluate", str(broken), "--model", made], ["train", str(broken), "-o", "m"]):
        assert run(words) == 1
        said = capsys.readouterr().err
        assert "broken.parquet" in said
        assert len(said.strip().splitlines()) == 1


def test_one_class_is_refused_with_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "one.csv"
    corpora.articles().query("label == 'journalism'").to_csv(table, index=False)
    assert run(["train", str(table), "-o", str(tmp_path / "model"), "--workers", "1"]) == 1
    assert "read as propaganda are needed" in capsys.readouterr().err
    assert not (tmp_path / "model").exists()


def test_starting_from_the_model_that_ships_is_an_option(
    scored: Path, corpus: list[Path], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("krynica.classifier.model.DEFAULT", scored)
    words = ["train", str(corpus[1]), "--with-default-sources", "-o", str(place / "on")]
    assert run([*words, "--workers", "1"]) == 0
    told = json.loads((place / "on/manifest.json").read_text("utf-8"))
    assert told["started_from"]["name"] == "krynica"
    assert told["languages"] == {"en": ["articles", "passages"]}
