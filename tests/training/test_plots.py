from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from krynica import KrynicaError
from krynica.classifier.folder import MANIFEST
from krynica.training.report import plots
from krynica.training.results.worth import read_metrics


def write(metrics: dict[str, Any], folder: Path) -> list[Path]:
    return plots.write(read_metrics(metrics), folder)


NAMES = ("reliability", "risk-coverage", "false-accusations")


@pytest.fixture
def metrics(scored: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((scored / MANIFEST).read_text("utf-8"))["metrics"]
    return loaded


def test_three_pictures_are_valid_svg(metrics: dict[str, Any], tmp_path: Path) -> None:
    paths = write(metrics, tmp_path / "new" / "folder")
    assert [path.name for path in paths] == [f"{name}.svg" for name in NAMES]
    for path in paths:
        root = ET.parse(path).getroot()  # noqa: S314 (our own file)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) > 10


def test_the_same_figures_make_the_same_bytes(metrics: dict[str, Any], tmp_path: Path) -> None:
    first, second = (write(metrics, tmp_path / name) for name in "ab")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert not any(b"<dc:date>" in path.read_bytes() for path in first)


@pytest.mark.parametrize(
    ("picture", "change"),
    [
        ("reliability", lambda m: m["reliability"][0].update(propaganda=0.7)),
        ("risk-coverage", lambda m: m["risk_coverage"]["points"][-1].__setitem__(1, 0.4)),
        (
            "false-accusations",
            lambda m: m["newsrooms"].insert(
                0, {"outlet": "$ and $", "texts": 50, "accused": 0.1, "interval": [0, 0.2]}
            ),
        ),
    ],
)
def test_a_picture_shows_its_figures(
    metrics: dict[str, Any], picture: str, change: Any, tmp_path: Path
) -> None:
    write(metrics, tmp_path / "before")
    change(metrics["pooled"])
    write(metrics, tmp_path / "after")
    changed = {
        name
        for name in NAMES
        if (tmp_path / "before" / f"{name}.svg").read_bytes()
        != (tmp_path / "after" / f"{name}.svg").read_bytes()
    }
    assert changed == {picture}


def test_without_readings_there_is_no_picture(tmp_path: Path) -> None:
    assert write({"uk": {"passages": {}}}, tmp_path) == []
    assert write({}, tmp_path) == []


def test_a_folder_that_cannot_be_written_is_one_sentence(
    metrics: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(KrynicaError, match="cannot be written"):
        write(metrics, tmp_path / "file")
