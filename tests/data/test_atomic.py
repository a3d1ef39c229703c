"""Folders appear whole or not at all, and go at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from krynica.data.atomic import drop, new_folder


def test_a_new_folder_is_there_once_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "above" / "made"
    with new_folder(target) as fresh:
        (fresh / "file").write_text("whole")
        assert not target.exists()
        assert fresh.name.startswith(".made-")
    assert (target / "file").read_text() == "whole"
    assert target.stat().st_mode & 0o777 == 0o755
    assert list(target.parent.iterdir()) == [target]


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    def fill() -> None:
        with new_folder(tmp_path / "made") as fresh:
            (fresh / "file").write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill()
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "file").write_text("first")

    def fill() -> None:
        with new_folder(tmp_path / "made") as fresh:
            (fresh / "file").write_text("second")

    with pytest.raises(OSError, match="not empty"):
        fill()
    assert (tmp_path / "made" / "file").read_text() == "first"
    assert list(tmp_path.iterdir()) == [tmp_path / "made"]


def test_a_folder_goes_with_all_that_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "made" / "inside").mkdir(parents=True)
    drop(tmp_path / "made")
    assert list(tmp_path.iterdir()) == []


def test_of_a_link_the_link_goes(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "made")
    drop(tmp_path / "link")
    assert list(tmp_path.iterdir()) == [tmp_path / "made"]
