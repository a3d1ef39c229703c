"""A run can be repeated, and goes on where it was killed."""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from classifier import KrynicaError
from tests.training import corpora
from training.run import Options, train
from training.run_folder import STEPS
from training.work import Work


@pytest.fixture(scope="module")
def run(corpus: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    train(corpus, folder / "model", work=Work(jobs=1), run_folder=folder / "model.run")
    return folder


def test_everything_needed_to_repeat_it_is_there(run: Path, corpus: list[Path]) -> None:
    told = json.loads((run / "model.run/run.json").read_text("utf-8"))
    assert told["seed"] == 0
    assert told["corpus"] == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in corpus
    }
    sums = (run / "model/SHA256SUMS").read_bytes()
    assert told["model"] == hashlib.sha256(sums).hexdigest()
    assert told["versions"]["scikit-learn"]
    assert "scikit-learn==" in (run / "model.run/requirements.txt").read_text("utf-8")
    head, *rows = (run / "model.run/splits.csv").read_text("utf-8").splitlines()
    assert head == "language,text_hash,label,outlet,group"
    assert len(rows) == 144 + sum("marked documents" in row for row in rows)
    table = "".join(f"{row}\n" for row in rows)
    assert told["splits"] == {"en": hashlib.sha256(table.encode()).hexdigest()}
    manifest = json.loads((run / "model/manifest.json").read_text("utf-8"))
    assert manifest["split"] == told["splits"]
    assert len(list((run / "model.run/plots").glob("en-*.svg"))) == 4
    figures = json.loads((run / "model.run/figures.json").read_text("utf-8"))
    assert figures == manifest["metrics"]
    assert not (run / "model.run" / STEPS).exists()


def test_no_outlet_is_held_out_in_two_groups(run: Path) -> None:
    rows = (run / "model.run/splits.csv").read_text("utf-8").splitlines()[1:]
    groups: dict[str, set[str]] = {}
    for row in rows:
        _, _, _, outlet, group = row.split(",")
        groups.setdefault(outlet, set()).add(group)
    assert all(len(found) == 1 for found in groups.values())
    assert len({next(iter(found)) for found in groups.values()}) == 4


def test_another_seed_moves_figures_within_their_intervals(tmp_path: Path) -> None:
    corpora.articles(signal=0.01).to_parquet(tmp_path / "weak.parquet")
    one, other = (
        train(
            [tmp_path / "weak.parquet"],
            tmp_path / f"model-{seed}",
            Options(seed=seed),
            work=Work(jobs=1),
        )["en"]
        for seed in (0, 7)
    )
    low, high = one["articles"]["auc_interval"]
    assert low <= other["articles"]["auc"] <= high
    assert other["random_split_auc"] != one["random_split_auc"]
    drawn = {"random_split_auc", "random_split_gap", "probes"}
    assert {key for key in one if one[key] != other[key]} <= drawn


def test_a_killed_run_goes_on_and_makes_the_same_bytes(
    run: Path, corpus: list[Path], tmp_path: Path
) -> None:
    words = ["train", *map(str, corpus), "-o", str(tmp_path / "model"), "--workers", "1"]
    command = [sys.executable, "-m", "service.cli", *words]
    steps = tmp_path / "model.run" / STEPS
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        while process.poll() is None and not [*steps.glob("*/articles-en/*.npz")]:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert not (tmp_path / "model").exists()
    assert [*steps.rglob("*.npz")]
    done = subprocess.run([*command, "--resume"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not steps.exists()
    assert (tmp_path / "model/SHA256SUMS").read_bytes() == (run / "model/SHA256SUMS").read_bytes()


def test_steps_that_are_kept_are_not_taken_again(corpus: list[Path], tmp_path: Path) -> None:
    """A step that was changed on the disk shows in what the run that goes on makes of it."""
    folder = tmp_path / "run"
    with pytest.raises(RuntimeError):
        train(corpus, tmp_path / "one", work=Work(1, say=_stop), run_folder=folder)
    spoilt = next(folder.glob(f"{STEPS}/*/passages/*"))
    spoilt.write_bytes(b"no array")
    with pytest.raises(KrynicaError, match="without --resume"):
        train(corpus, tmp_path / "one", work=Work(1), run_folder=folder, resume=True)
    train(corpus, tmp_path / "one", work=Work(1), run_folder=folder)


def _stop(sentence: str) -> None:
    if sentence == "English is read.":
        raise RuntimeError


def test_a_run_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    corpora.articles(outlets=2, each=3).to_csv(table, index=False)
    (tmp_path / "taken").write_text("a file")
    words = ["train", str(table), "-o", str(tmp_path / "model"), "--run", str(tmp_path / "taken")]
    command = [sys.executable, "-m", "service.cli", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "taken" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
