"""A tiny model made here, and the command as a real process."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.service.tiny import COMMAND, Run, environment, write_tiny_model


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the tiny model. Not to be changed: copy it first."""
    return write_tiny_model(tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture
def krynica(tmp_path: Path) -> Run:
    """Run the command in a folder of its own."""

    def run(
        *words: str | Path, stdin: bytes = b"", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*COMMAND, *map(str, words)],
            input=stdin,
            cwd=tmp_path,
            env=environment(**(env or {})),
            capture_output=True,
            timeout=120,
            check=False,
        )

    return run
