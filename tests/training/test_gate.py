"""The gate: which readings are asked about, the figures, the bounds, and all of it together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from krynica.classifier.errors import TableError
from krynica.classifier.folder import MANIFEST, SUMS, open_folder
from krynica.training.gate.__main__ import main
from krynica.training.gate.bounds import Bounds, read_bounds
from krynica.training.gate.figures import POOLED, by_language, figures_of
from krynica.training.gate.readings import HELD_OUT, read_readings, unseen
from krynica.training.gate.said import Said
from tests.training import corpora

MET, NEW = 10, 40


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return readings: ten that the model learned from, forty new ones, and two in Belarusian."""
    met, new = (
        corpora.articles(seed=0).iloc[:MET],
        corpora.articles(seed=7).sample(NEW, random_state=0),
    )
    rows = pd.concat(
        [met, new, new.head(2).assign(lang="be", text=["Кот спіць.", "Сабака спіць."])]
    )
    rows["outlet_label"] = rows["label"]
    rows["score"] = [
        number % 3 + 2 if label == "propaganda" else number % 2
        for number, label in enumerate(rows["label"])
    ]
    path = tmp_path_factory.mktemp("readings") / "readings.parquet"
    rows.drop(columns="label").to_parquet(path)
    return path


def _bounds(sha256: str, **bounds: dict[str, float]) -> Bounds:
    return Bounds(sha256, 0.01, bounds.get("floors", {}), bounds.get("ceilings", {}))


def _holding_out(model: Path, outlets: list[str], copy: Path) -> Path:
    """Copy a model whose manifest names the outlets that were held out."""
    copy.mkdir()
    for file in model.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    manifest = json.loads((copy / MANIFEST).read_text("utf-8"))
    (copy / MANIFEST).write_text(json.dumps(manifest | {HELD_OUT: outlets}))
    sums = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n"
        for file in sorted(copy.iterdir())
        if file.name != SUMS
    ]
    (copy / SUMS).write_text("".join(sums))
    return copy


# ---------------------------------------------------------------------------- rows that are asked


def test_what_the_model_learned_from_is_left_out(table: Path, trained: Path) -> None:
    readings = read_readings(table)
    left = unseen(readings, open_folder(trained))
    assert (len(left.rows), left.learned_from, left.other_outlets) == (NEW + 2, MET, 0)
    assert not set(left.rows["text"]) & set(readings.rows["text"].iloc[:MET])


@pytest.mark.parametrize("written", [str, str.upper])
def test_of_outlets_held_out_alone_where_the_model_names_them(
    table: Path, trained: Path, tmp_path: Path, written: Callable[[str], str]
) -> None:
    outlets = ["journalism 1", "propaganda 2"]
    folder = open_folder(_holding_out(trained, [*map(written, outlets)], tmp_path / "model"))
    left = unseen(read_readings(table), folder)
    assert set(left.rows["outlet"]) == set(outlets)
    assert len(left.rows) + left.learned_from + left.other_outlets == MET + NEW + 2


def test_a_table_of_other_scores_is_refused(table: Path, tmp_path: Path) -> None:
    rows = pd.read_parquet(table)
    rows.assign(score=5).to_parquet(tmp_path / "five.parquet")
    with pytest.raises(TableError, match="from 0 to 4"):
        read_readings(tmp_path / "five.parquet")
    rows.drop(columns="score").to_parquet(tmp_path / "none.parquet")
    with pytest.raises(TableError, match="score"):
        read_readings(tmp_path / "none.parquet")


# ---------------------------------------------------------------------------------------- figures


def _said() -> Said:
    """Return eight rows, the last of them too short to be judged."""
    return Said(
        np.array(["en"] * 8),
        np.array([0, 1, 0, 1, 2, 2, 3, 4]),
        np.array([True, True, True, False, True, False, False, False]),
        np.array([0.1, 0.2, 0.9, 0.3, 0.15, 0.8, 0.7, np.nan]),
        np.array(
            ["journalism"] * 2
            + ["propaganda", "unclear", "journalism"]
            + ["propaganda"] * 2
            + ["unclear"]
        ),
    )


def test_figures_by_hand() -> None:
    figures = figures_of(_said())
    assert (figures.rows, figures.judged, figures.propaganda) == (8, 7, 4)
    # Of twelve pairs propaganda is ahead in 1 + 3 + 3; of the four with the score 3, in three.
    assert figures.auc == pytest.approx(7 / 12, abs=0.001)
    assert figures.auc_strong == 0.75
    assert figures.newsroom_journalism == 3
    assert figures.newsrooms_accused == pytest.approx(1 / 3, abs=0.001)
    assert figures.accusations == 3
    assert figures.accusations_right == pytest.approx(2 / 3, abs=0.001)
    assert figures.clear_verdicts == 0.75
    assert figures.journalism_right == pytest.approx(2 / 3, abs=0.001)


def test_nothing_to_share_is_none() -> None:
    figures = figures_of(_said().where(np.array([False] * 3 + [True] + [False] * 4)))
    assert (figures.auc, figures.auc_strong, figures.newsrooms_accused) == (None, None, None)
    assert (figures.accusations_right, figures.journalism_right) == (None, None)
    assert figures.clear_verdicts == 0.0


def test_a_language_that_is_not_judged_counts_nowhere() -> None:
    en, count = _said(), 8
    both = Said(
        np.array(["en"] * count + ["be"] * count),
        np.tile(en.score, 2),
        np.tile(en.newsroom, 2),
        np.concatenate([en.p, np.full(count, np.nan)]),
        np.concatenate([en.verdict, np.full(count, "unclear")]),
    )
    figures = by_language(both)
    assert figures.keys() == {"en", POOLED}
    assert figures["en"] == figures[POOLED] == figures_of(en)
    assert by_language(both.where(both.language == "be")) == {}


# ----------------------------------------------------------------------------------------- bounds


def _result(**figures: float | None) -> dict[str, Any]:
    return {"readings": "abc", "figures": {"en": figures}}


@pytest.mark.parametrize(
    ("auc", "accused", "failings"),
    [
        (0.9, 0.02, []),
        (0.895, 0.025, []),  # within epsilon
        (0.88, 0.02, ["en/auc is 0.88; it must be at least 0.9."]),
        (0.9, 0.05, ["en/newsrooms_accused is 0.05; it must be at most 0.02."]),
        (None, 0.0, ["en/auc is missing; it must be at least 0.9."]),
    ],
)
def test_a_figure_beyond_its_bound_is_named(
    auc: float | None, accused: float, failings: list[str]
) -> None:
    bounds = _bounds("abc", floors={"en/auc": 0.9}, ceilings={"en/newsrooms_accused": 0.02})
    assert bounds.failings(_result(auc=auc, newsrooms_accused=accused)) == failings


def test_a_language_that_is_gone_is_named() -> None:
    bounds = _bounds("abc", floors={"pl/auc": 0.7})
    assert bounds.failings(_result(auc=0.9)) == ["pl/auc is missing; it must be at least 0.7."]


def test_other_readings_are_refused() -> None:
    assert _bounds("abd").failings(_result()) == [
        "The readings are not those that the floors were measured on."
    ]


def test_the_bounds_that_ship_are_of_figures_that_there_are() -> None:
    bounds = read_bounds()
    known = set(figures_of(_said()).__dataclass_fields__)
    for path, bound in {**bounds.floors, **bounds.ceilings}.items():
        assert path.split("/")[1] in known
        assert 0 < bound < 1
    assert all(bound > 0.5 for path, bound in bounds.floors.items() if "/auc" in path)
    assert len(bounds.sha256) == 64
    assert bounds.epsilon < 0.02


# ---------------------------------------------------------------------------------- all together


def _floors(path: Path, sha256: str, auc: float) -> Path:
    path.write_text(
        f'epsilon = 0.01\n[readings]\nsha256 = "{sha256}"\n[floors]\n"en/auc" = {auc}\n[ceilings]\n'
    )
    return path


def test_the_whole_gate(
    table: Path, trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sha256 = hashlib.sha256(table.read_bytes()).hexdigest()
    arguments = [str(table), "--model", str(trained), "--floors", str(tmp_path / "floors.toml")]
    _floors(tmp_path / "floors.toml", sha256, 0.9)
    assert main([*arguments, "--workers", "1"]) == 0
    said = capsys.readouterr().out
    result, end = json.JSONDecoder().raw_decode(said)
    assert said[end:].strip() == "The gate is open."
    assert result["model"]["sha256"] == open_folder(trained).sha256
    assert result["readings"] == sha256
    assert result["rows"] == {"asked": NEW + 2, "learned_from": MET, "other_outlets": 0}
    assert result["figures"].keys() == {"en", POOLED}
    assert result["figures"]["en"]["rows"] == NEW

    _floors(tmp_path / "floors.toml", sha256, 1.2)
    assert main([*arguments, "--workers", "2"]) == 1
    said = capsys.readouterr().out
    again, end = json.JSONDecoder().raw_decode(said)
    assert again == result  # whatever the number of processes
    assert said[end:].strip().splitlines()[-1] == "The gate is shut."


def test_what_cannot_be_read_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "nothing.parquet")]) == 2
    assert "nothing.parquet" in capsys.readouterr().out
