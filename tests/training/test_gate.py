from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from classifier.folder import MANIFEST
from tests.training import corpora
from training.gate import FLOORS, check, main


def _floors(manifest: dict[str, Any]) -> dict[str, Any]:
    return {
        "corpus": manifest["corpus"],
        "epsilon": 0.01,
        "floors": {"en/articles/auc": 0.9, "en/passages/passage/auc": 0.8},
        "ceilings": {"en/articles/falsely_accused": 0.02},
    }


@pytest.fixture
def manifest(trained: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((trained / MANIFEST).read_text("utf-8"))
    return loaded


def test_a_good_model_passes(manifest: dict[str, Any]) -> None:
    assert check(manifest, _floors(manifest)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [("auc", 0.88), ("auc", None), ("falsely_accused", 0.05)],
)
def test_a_figure_beyond_its_bound_is_named(
    manifest: dict[str, Any], path: str, value: float | None
) -> None:
    floors = _floors(manifest)
    manifest["metrics"]["en"]["articles"][path] = value
    assert [f"en/articles/{path}" in failing for failing in check(manifest, floors)] == [True]


def test_a_figure_within_epsilon_passes(manifest: dict[str, Any]) -> None:
    floors = _floors(manifest)
    manifest["metrics"]["en"]["articles"]["auc"] = 0.895
    assert check(manifest, floors) == []


def test_other_data_is_refused(manifest: dict[str, Any]) -> None:
    floors = _floors(manifest)
    floors["corpus"] = {"articles.parquet": "0" * 64}
    assert "articles.parquet" in check(manifest, floors)[0]


def test_the_gate_shuts_on_a_model_of_shuffled_labels(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The whole gate, run on a corpus from which nothing can be learned."""
    table = corpora.articles()
    by_outlet = dict(
        zip(sorted(set(table["outlet"])), ["journalism", "propaganda"] * 6, strict=True)
    )
    table["label"] = table["outlet"].map(by_outlet)
    table.to_parquet(tmp_path / "table.parquet")
    (tmp_path / "floors.toml").write_text(
        'epsilon = 0.01\n[corpus]\n[floors]\n"en/articles/auc" = 0.9\n[ceilings]\n'
    )
    arguments = [str(tmp_path / "table.parquet"), "--floors", str(tmp_path / "floors.toml")]
    assert main(arguments) == 1
    assert "The gate is shut." in capsys.readouterr().out
    (tmp_path / "floors.toml").write_text(
        'epsilon = 0.01\n[corpus]\n[floors]\n"en/articles/auc" = 0.0\n[ceilings]\n'
    )
    assert main(arguments) == 0


def test_the_floors_that_ship_bind_every_judged_language() -> None:
    floors = tomllib.loads(FLOORS.read_text("utf-8"))
    assert {path.split("/")[0] for path in floors["floors"]} == {"en", "pl", "ru", "uk"}
    for path, bound in floors["floors"].items():
        assert (0.2 if "recall" in path else 0.5) < bound < 1
    assert floors["epsilon"] < 0.02
