from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from classifier import KrynicaError
from classifier.folder import MANIFEST
from training.plots import write

NAMES = ("reliability", "risk-coverage", "false-accusations", "probes")


@pytest.fixture
def metrics(trained: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((trained / MANIFEST).read_text("utf-8"))["metrics"]
    return loaded


def test_four_pictures_a_language_are_valid_svg(metrics: dict[str, Any], tmp_path: Path) -> None:
    paths = write(metrics, tmp_path / "new" / "folder")
    assert [path.name for path in paths] == [f"en-{name}.svg" for name in NAMES]
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
            lambda m: m["falsely_accused_by_outlet"].append(
                {"outlet": "$ and $", "articles": 50, "falsely_accused": 0.1, "interval": [0, 0.2]}
            ),
        ),
        ("probes", lambda m: m.update(auc=0.6)),
    ],
)
def test_a_picture_shows_its_figures(
    metrics: dict[str, Any], picture: str, change: Any, tmp_path: Path
) -> None:
    write(metrics, tmp_path / "before")
    change(metrics["en"]["articles"])
    write(metrics, tmp_path / "after")
    name = f"en-{picture}.svg"
    assert (tmp_path / "before" / name).read_bytes() != (tmp_path / "after" / name).read_bytes()


def test_a_language_without_articles_has_no_picture(tmp_path: Path) -> None:
    assert write({"uk": {"articles_refused": "Ukrainian: none."}}, tmp_path) == []


def test_a_folder_that_cannot_be_written_is_one_sentence(
    metrics: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(KrynicaError, match="cannot be written"):
        write(metrics, tmp_path / "file")
