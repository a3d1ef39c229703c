"""The lock holds every dependency, within its bounds, and nothing of anybody's machine."""

from __future__ import annotations

import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LINES = [
    line
    for line in (ROOT / "requirements/locked.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def test_the_lock_has_names_and_versions_alone() -> None:
    for line in LINES:
        (specifier,) = Requirement(line).specifier
        assert specifier.operator == "=="
        assert line == f"{Requirement(line).name}=={specifier.version}"
    names = [canonicalize_name(Requirement(line).name) for line in LINES]
    assert len(set(names)) == len(names)
    assert "krynica" not in names


def test_every_dependency_is_locked_within_its_bounds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    locked = {
        canonicalize_name(requirement.name): str(requirement.specifier).removeprefix("==")
        for requirement in map(Requirement, LINES)
    }
    for line in [*project["dependencies"], *extras["dask"], *extras["dev"]]:
        requirement = Requirement(line)
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)]), line
