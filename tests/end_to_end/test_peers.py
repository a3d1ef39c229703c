"""The command that puts Krynica beside its peers, on samples in place of readings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from krynica import load_model

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
BEGIN, END = "<!-- from benchmarks/peers -->", "<!-- end -->"
REFERENCE = "TF-IDF + logistic regression"


def peers(
    *arguments: str | Path, path: Path = ROOT, status: int = 0
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "benchmarks/peers", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{path}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stderr
    return done


def found(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "peers.json").read_text("utf-8"))
    return told


def empty_page(folder: Path) -> Path:
    page = (DOCS / "peers.md").read_text("utf-8")
    head, rest = page.split(BEGIN)
    (folder / "peers.md").write_text(f"{head}{BEGIN}{END}{rest.split(END)[1]}", "utf-8")
    return folder


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Samples in two languages: the first ones of an outlet held out, the others of one known."""
    out = load_model().manifest["held_out_outlets"][0]
    rows = [
        {
            "id": f"{lang}-{kind}-{number}",
            "lang": lang,
            "score": 3 if kind == "propaganda" else 0,
            "outlet": out if number == 1 else "known",
            "outlet_label": "journalism",
            "title": None,
            "text": (ROOT / f"data/samples/{lang}-{kind}-{number}.txt").read_text("utf-8"),
        }
        for lang in ("be", "en")
        for kind in ("propaganda", "journalism")
        for number in (1, 2, 3)
    ]
    path = tmp_path_factory.mktemp("readings") / "readings.parquet"
    pd.DataFrame(rows).to_parquet(path)
    return path


@pytest.fixture(scope="module")
def first(readings: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = empty_page(tmp_path_factory.mktemp("docs"))
    only = ("--only", "krynica", "--only", "encoder as")
    encoder = ("--encoder", ROOT / "models/encoder", "--keep", folder / "kept")
    peers(readings, *only, *encoder, "-o", folder)
    return folder


def test_the_page_shows_what_its_figures_say(tmp_path: Path) -> None:
    empty_page(tmp_path)
    (tmp_path / "peers.json").write_bytes((DOCS / "peers.json").read_bytes())
    peers("-o", tmp_path)
    assert (tmp_path / "peers.md").read_text("utf-8") == (DOCS / "peers.md").read_text("utf-8")
    assert found(tmp_path) == found(DOCS)


def test_all_are_asked_about_the_outlets_held_out_alone(first: Path) -> None:
    rows, contenders = found(first)["rows"], found(first)["contenders"]
    assert rows["texts"] == 4
    assert rows["propaganda"] == {"be": 1, "en": 1}
    assert contenders[REFERENCE]["times"] == 1.0
    assert contenders[REFERENCE]["known"] == contenders["encoder as published"]["known"] == 8
    krynica = contenders["Krynica"]
    assert krynica["known"] == 0
    assert krynica["worth"]["auc"] == {"be": None, "en": None, "all": 1.0}  # one text is few
    assert contenders["Krynica, words alone"]["times"] < krynica["times"]


def test_table_and_picture_are_written(first: Path) -> None:
    page = (first / "peers.md").read_text("utf-8")
    assert "| Krynica | – | – | **1.000** (1.000–1.000) | **1.000** |" in page
    assert (first / "peers.svg").read_text("utf-8").rstrip().endswith("</svg>")


def test_no_text_is_kept(first: Path) -> None:
    words = (ROOT / "data/samples/be-propaganda-1.txt").read_text("utf-8").split()
    kept = [path.read_bytes() for path in (first / "kept").rglob("*") if path.is_file()]
    assert len(kept) > 12
    longest = max(words, key=len).encode()
    assert not any(longest in content for content in kept)


def test_one_contender_is_measured_anew(first: Path, readings: Path, tmp_path: Path) -> None:
    for name in ("peers.md", "peers.json"):
        (tmp_path / name).write_bytes((first / name).read_bytes())
    broken = tmp_path / "stub"
    broken.mkdir()
    (broken / "fasttext.py").write_text("raise ImportError('no such package')\n")
    done = peers(readings, "--only", "fasttext", "-o", tmp_path, path=broken)
    assert "fastText: not run: no such package" in done.stdout
    before, after = found(first), found(tmp_path)
    assert after["contenders"].keys() == before["contenders"].keys()
    assert after["contenders"]["Krynica"] == before["contenders"]["Krynica"]
    assert after["contenders"][REFERENCE]["seconds"] != before["contenders"][REFERENCE]["seconds"]


def test_figures_of_other_texts_are_not_put_beside(
    first: Path, readings: Path, tmp_path: Path
) -> None:
    (tmp_path / "peers.json").write_bytes((first / "peers.json").read_bytes())
    done = peers(readings, "--limit", "3", "--only", "krynica", "-o", tmp_path, status=1)
    assert "run all contenders again" in done.stderr
    assert found(tmp_path) == found(first)
