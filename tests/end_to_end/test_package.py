"""What an installed copy puts on the import path, and what a checkout does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

from tests.service.tiny import ROOT

ROOMS = ("classifier", "data", "models", "service", "training")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    (path,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return ZipFile(path)


def test_a_wheel_brings_one_name(wheel: ZipFile) -> None:
    names = {name.split("/")[0] for name in wheel.namelist()}
    assert {name for name in names if not name.endswith(".dist-info")} == {"krynica"}
    rooms = {name.split("/")[1] for name in wheel.namelist() if name.startswith("krynica/")}
    assert rooms == {*ROOMS, "__init__.py", "__main__.py"}


def test_an_installed_copy_scores_beside_a_file_that_bears_a_room_s_name(
    wheel: ZipFile, tmp_path: Path
) -> None:
    site, desk = tmp_path / "site", tmp_path / "desk"
    wheel.extractall(site)
    desk.mkdir()
    for room in ROOMS:
        (desk / f"{room}.py").write_text("raise SystemExit('the wrong one')")
    code = (
        "import krynica; assert krynica.__path__ == [__import__('os').environ['PYTHONPATH'] "
        "+ '/krynica'], krynica.__path__\n"
        "from krynica import Article, load_model\n"
        "print(load_model().score(Article('Rain is expected in the east. ' * 9)).verdict)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=desk,
        env={"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.strip() in {"journalism", "unclear"}


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "krynica", "--version"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
