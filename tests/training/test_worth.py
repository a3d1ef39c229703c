"""Figures in a manifest, read as records and written again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from krynica import DEFAULT, ModelFolderError
from krynica.classifier.folder import MANIFEST
from krynica.training.report.card import render
from krynica.training.results.profiles import read_profiles
from krynica.training.results.records import as_json
from krynica.training.results.worth import Figures, PassageFigures, ReadingFigures, read_metrics


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DEFAULT / MANIFEST).read_text("utf-8"))
    return loaded


def test_the_shipped_manifest_is_written_as_it_was_read(shipped: dict[str, Any]) -> None:
    assert as_json(read_metrics(shipped["metrics"])) == shipped["metrics"]


def test_the_shipped_profiles_are_written_as_they_were_read(shipped: dict[str, Any]) -> None:
    assert as_json(read_profiles(shipped["profile"])) == shipped["profile"]


def test_the_shipped_card_can_be_written_from_its_manifest(shipped: dict[str, Any]) -> None:
    auc = read_metrics(shipped["metrics"])["en"].readings.auc
    assert f"{auc:.3f}" in render(shipped)


def test_fact_checkers_of_whom_nobody_was_read_are_null_and_stand_beside_the_kinds() -> None:
    figures = ReadingFigures(texts=3)
    assert as_json(Figures(readings=figures)).keys() == {"readings"}
    told = as_json(Figures(readings=figures, kinds={}))
    assert (told["kinds"], told["fact_checkers"]) == ({}, None)
    assert as_json(Figures()) == {}


def test_figures_that_are_new_take_the_place_of_old_ones() -> None:
    old = Figures(readings=ReadingFigures(texts=3), encoder_met=True)
    new = old.updated(Figures(passages={"post": PassageFigures(2, None)}))
    assert new.readings == old.readings
    assert as_json(new)["passages"] == {"post": {"count": 2, "auc": None}}
    assert old.updated(Figures(readings=ReadingFigures(texts=4))).readings.texts == 4


@pytest.mark.parametrize(
    "metrics", [None, {}, {"en": None}, {"en": {"readings": None}}, {"en": {"readings": {}}}]
)
def test_a_manifest_may_be_silent(metrics: dict[str, Any] | None) -> None:
    readings = read_metrics(metrics).get("en", Figures()).readings
    assert readings in {None, ReadingFigures()}


def test_what_is_no_figure_is_said_to_be_none() -> None:
    with pytest.raises(ModelFolderError, match=r"cannot be read: en\.readings\.auc"):
        read_metrics({"en": {"readings": {"auc": "high"}}})
