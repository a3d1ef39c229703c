"""Folders of this format are read; others are refused with a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from krynica import ModelFolderError
from krynica.classifier.folder import open_folder

Writer = Callable[..., Path]


@pytest.mark.parametrize("version", [1, 2])
def test_models_of_outlets_are_refused_and_what_to_do_is_said(
    version: int, tmp_path: Path, writer: Writer
) -> None:
    folder = writer(tmp_path / "old", format_version=version)
    with pytest.raises(ModelFolderError) as refused:
        open_folder(folder)
    assert str(refused.value) == (
        f"manifest.json of the model folder {folder} has format version {version}: such models "
        "judged which outlet an article is like, not how it reads. Train it again from its tables "
        "with krynica train."
    )


@pytest.mark.parametrize("version", [4, 0, True, 3.0, "3", "1", [1], None])
def test_every_other_version_is_one_sentence(
    version: object, tmp_path: Path, writer: Writer
) -> None:
    folder = writer(tmp_path / "other", format_version=version)
    with pytest.raises(
        ModelFolderError, match=r"has format version .*; this program reads .* 3\.$"
    ):
        open_folder(folder)


def test_what_is_not_known_is_passed_over(tmp_path: Path, writer: Writer) -> None:
    folder = writer(tmp_path / "newer", colour="green")
    assert open_folder(folder).manifest["colour"] == "green"
    assert open_folder(folder).parameters("en").judging is not None
