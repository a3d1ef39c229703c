"""What the documents promise is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import typer.main

from krynica.service.app import app

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_first_two_sh_blocks_are_the_two_commands() -> None:
    install, develop = re.findall(r"^```sh\n(.*?)^```", README, re.DOTALL | re.MULTILINE)[:2]
    assert "python3 -m venv .venv" in install
    assert "data/samples/" in install.splitlines()[-1]
    assert "[dev]" in develop
    assert develop.splitlines()[-1].endswith("-m pytest")


def test_every_verb_is_in_the_readme() -> None:
    command = typer.main.get_command(app)
    for verb in command.commands:  # type: ignore[attr-defined]  # it is a group
        assert f"krynica {verb}" in README


def test_the_readme_is_short() -> None:
    assert len(README.encode()) <= 12_000


def test_every_folder_of_the_house_is_in_contributing() -> None:
    tree = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for name in ("classifier", "data", "training", "service", "models", "tests", "benchmarks"):
        assert (ROOT / name).is_dir()
        assert f"{name}/" in tree


def test_links_in_the_readme_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists()


def test_dependencies_are_bounded() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert all("<" in requirement for requirement in project["dependencies"])
    assert not any("core-news" in requirement for requirement in project["dependencies"])
