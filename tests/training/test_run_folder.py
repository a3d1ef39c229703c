"""Everything that is needed to repeat a run is in its folder, and nobody's text."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import pytest

from krynica import KrynicaError
from krynica.classifier.encoder import Encoder
from krynica.training.run import train
from krynica.training.run_folder import STEPS
from krynica.training.work import Work
from tests.training import corpora


@pytest.fixture(scope="module")
def run(corpus: list[Path], encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    train(
        corpus,
        folder / "model",
        encoder=encoder,
        work=Work(jobs=1),
        run_folder=folder / "model.run",
    )
    return folder


def test_everything_needed_to_repeat_it_is_there(
    run: Path, corpus: list[Path], encoder: Encoder
) -> None:
    told = json.loads((run / "model.run/run.json").read_text("utf-8"))
    assert told["labels_of"] == "outlet"
    assert told["encoder"] == encoder.sha256
    assert told["corpus"] == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in corpus
    }
    sums = (run / "model/SHA256SUMS").read_bytes()
    assert told["model"] == hashlib.sha256(sums).hexdigest()
    assert told["versions"]["scikit-learn"]
    assert "scikit-learn==" in (run / "model.run/requirements.txt").read_text("utf-8")
    head, *rows = (run / "model.run/splits.csv").read_text("utf-8").splitlines()
    assert head == "language,text_hash,propaganda,outlet,fold"
    assert len(rows) == 144
    table = "".join(f"{row}\n" for row in rows)
    assert told["splits"] == {"en": hashlib.sha256(table.encode()).hexdigest()}
    manifest = json.loads((run / "model/manifest.json").read_text("utf-8"))
    assert manifest["split"] == told["splits"]
    assert len(list((run / "model.run/plots").glob("*.svg"))) == 3
    assert json.loads((run / "model.run/figures.json").read_text("utf-8")) == manifest["metrics"]
    assert json.loads((run / "model.run/check.json").read_text("utf-8"))[0]["kind"] == "labels_of"


def test_no_outlet_is_held_out_in_two_folds(run: Path) -> None:
    folds: dict[str, set[str]] = {}
    with (run / "model.run/splits.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            folds.setdefault(row["outlet"], set()).add(row["fold"])
    assert len(folds) == 12
    assert all(len(found) == 1 for found in folds.values())
    assert len({next(iter(found)) for found in folds.values()}) == 5


def test_no_text_is_in_it(run: Path) -> None:
    texts = [*corpora.articles()["text"], *corpora.passages()["text"]]
    parts = {text.split(".")[0].encode() for text in texts}
    content = b"".join(
        path.read_bytes() for path in (run / "model.run").rglob("*") if path.is_file()
    )
    assert len(content) > 10_000
    assert not any(part in content for part in parts)


@pytest.mark.parametrize("there", ["mine.txt", "plots", STEPS])
def test_a_folder_that_is_no_run_is_left_alone(
    there: str, readings: Path, encoder: Encoder, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    (folder / there).mkdir(parents=True)
    if there == STEPS:
        (folder / "diary.txt").write_text("mine")
    with pytest.raises(KrynicaError, match="something else than a run"):
        train([readings], tmp_path / "m", encoder=encoder, work=Work(1), run_folder=folder)
    assert not (tmp_path / "m").exists()


def test_a_run_that_was_stopped_while_it_was_written_is_one(
    readings: Path, encoder: Encoder, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    (folder / STEPS).mkdir(parents=True)
    (folder / "check.json").write_text("[]")
    (folder / ".splits.csv-0123.part.csv").write_text("half")
    train([readings], tmp_path / "m", encoder=encoder, work=Work(1), run_folder=folder)
    assert json.loads((folder / "check.json").read_text("utf-8"))


def test_a_run_folder_that_cannot_be_written_is_one_sentence(
    readings: Path, encoder: Encoder, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(KrynicaError, match="taken cannot be written"):
        train(
            [readings],
            tmp_path / "m",
            encoder=encoder,
            work=Work(1),
            run_folder=tmp_path / "taken",
        )
