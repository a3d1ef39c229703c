"""One version of the format back is read, and answers as it did; others are refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from classifier import Article, ModelFolderError, load_model
from classifier.folder import FORMAT_VERSION, open_folder

HERE = Path(__file__).parent
OLD = HERE / "version_1"
"""A whole folder as version 1 was written, of a made-up model."""
SAID = json.loads((HERE / "version_1_answers.json").read_text("utf-8"))
"""What it answered then."""


@pytest.mark.parametrize("said", SAID, ids=lambda said: said["text"][:20])
def test_a_folder_of_the_version_before_answers_as_it_did(said: dict[str, object]) -> None:
    answer = load_model(OLD).score(Article(str(said["text"]), language=said["language"]))
    found = answer.as_dict()
    assert (found["verdict"], found["model"]) == (said["verdict"], said["model"])
    for name in ("p_propaganda", "p_persuasion"):
        assert found[name] == (said[name] and pytest.approx(said[name], rel=1e-9))


def test_its_manifest_says_what_todays_would() -> None:
    written = json.loads((OLD / "manifest.json").read_text("utf-8"))
    manifest = open_folder(OLD).manifest
    assert written["format_version"] == FORMAT_VERSION - 1
    assert manifest == {
        **written,
        "format_version": FORMAT_VERSION,
        "split": {},
        "started_from": None,
        "configuration": {"seed": 7},
        "profile": {},
    }


def test_what_it_knows_of_its_texts_is_read() -> None:
    assert open_folder(OLD).learned_from().tolist() == [1, 5]


def test_a_profile_that_is_there_stays(
    tmp_path: Path, writer: Callable[..., Path], signed: Callable[[Path], None]
) -> None:
    folder = writer(tmp_path / "tiny", format_version=FORMAT_VERSION - 1, profile={"en": {}})
    signed(folder)
    assert open_folder(folder).manifest["profile"] == {"en": {}}


@pytest.mark.parametrize("version", [3, 0, True, 1.0, "2", [1]])
def test_every_other_version_is_one_sentence(
    version: object, tmp_path: Path, signed: Callable[[Path], None]
) -> None:
    folder = tmp_path / "other"
    shutil.copytree(OLD, folder)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    (folder / "manifest.json").write_text(json.dumps({**manifest, "format_version": version}))
    signed(folder)
    with pytest.raises(ModelFolderError, match=r"format version .* reads versions 1 and 2\.$"):
        open_folder(folder)
