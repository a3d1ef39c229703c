"""The card says what the manifest says, and who could be harmed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from krynica.classifier.encoder import Encoder
from krynica.classifier.folder import MANIFEST
from krynica.training.report.card import READER, render
from krynica.training.run import train
from krynica.training.work import Work
from tests.training import corpora


@pytest.fixture
def manifest(scored: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((scored / MANIFEST).read_text("utf-8"))
    return loaded


def test_it_is_made_of_the_manifest_alone(scored: Path, manifest: dict[str, Any]) -> None:
    assert render(manifest) == (scored / "MODEL_CARD.md").read_text("utf-8")


def test_it_says_what_was_measured_and_who_could_be_harmed(manifest: dict[str, Any]) -> None:
    card = render(manifest)
    readings = manifest["metrics"]["en"]["readings"]
    assert f"{readings['auc']:.3f}" in card
    assert f"{readings['accused_newsrooms']:.1%} of {readings['newsroom_texts']}" in card
    assert card.index("## Outlets never seen") < card.index("## What it learned from")
    for word in ("invented readings", "CC0", "small ones and those in exile", "Licence", "room 0"):
        assert word in card


def test_an_error_of_calibration_stands_beside_that_of_chance(manifest: dict[str, Any]) -> None:
    readings = manifest["metrics"]["en"]["readings"]
    assert 0 < readings["calibration_chance"] < 0.2
    readings["calibration_error"] = 0.123
    assert f"| 0.123 ({readings['calibration_chance']:.3f}) |" in render(manifest)
    del readings["calibration_chance"]  # a start's figures may lack it
    assert "| 0.123 |" in render(manifest)


def test_groups_left_out_and_the_learning_curve_stand_on_it(manifest: dict[str, Any]) -> None:
    card = render(manifest)
    told = manifest["metrics"]["pooled"]["generalisation"]
    assert (told["sources"], told["languages"]) == ({}, {})  # one of each: nothing is left
    for one in told["genres"].values():
        assert f"{one['propaganda']} of {one['texts']}" in card
    for point in told["curve"]:
        assert f"| {point['views']} | {point['reader']} | {point['auc']:.3f} |" in card


@pytest.mark.parametrize(("value", "said"), [(2.0, "never"), (0.8125, "0.812"), (-1.0, "never")])
def test_points_that_are_none_are_said_to_be_none(
    manifest: dict[str, Any], value: float, said: str
) -> None:
    points = manifest["operating_points"]["en"]
    points["propaganda_from"]["report"] = value
    assert f"| English | {said}, " in render(manifest)


def test_readings_of_the_project_are_said_to_be_a_machines(
    encoder: Encoder, tmp_path: Path
) -> None:
    corpora.readings().to_parquet(tmp_path / "readings.parquet")
    corpora.readings(seed=3).to_parquet(tmp_path / "mine.parquet")
    for name in ("readings", "mine"):
        paths = [tmp_path / f"{name}.parquet"]
        train(paths, tmp_path / name, encoder=encoder, work=Work(jobs=1))
        card = (tmp_path / name / "MODEL_CARD.md").read_text("utf-8")
        assert (READER in card) == (name == "readings")


def test_a_language_that_was_not_learned_is_told(manifest: dict[str, Any]) -> None:
    manifest["refused"] = {"pl": "Polish is not judged: nobody read any."}
    assert "Polish is not judged: nobody read any." in render(manifest)


def test_strict_licences_make_a_strict_one(encoder: Encoder, tmp_path: Path) -> None:
    table = corpora.readings()
    table["licence"] = "CC BY-NC-SA 4.0"
    table.to_parquet(tmp_path / "nc.parquet")
    train([tmp_path / "nc.parquet"], tmp_path / "model", encoder=encoder, work=Work(jobs=1))
    card = (tmp_path / "model/MODEL_CARD.md").read_text("utf-8")
    assert "Licence: For research and non-commercial use" in card
