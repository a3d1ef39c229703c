"""A tiny model made here, and the command as a real process."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from krynica.service.cli import run
from tests.service.tiny import COMMAND, Run, environment, write_screened_model, write_tiny_model


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the tiny model. Not to be changed: copy it first."""
    return write_tiny_model(tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture(scope="session")
def screened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the tiny model with a screen. Not to be changed."""
    return write_screened_model(tmp_path_factory.mktemp("screened") / "tiny")


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run the command in this process, where its streams and signals do not matter: much faster."""
    monkeypatch.chdir(tmp_path)
    # What the command changes for its process is put back.
    for place, name in (
        (sys, "unraisablehook"),
        (threading, "excepthook"),
        (logging, "lastResort"),
    ):
        monkeypatch.setattr(place, name, getattr(place, name))
    monkeypatch.setenv("PYTHONWARNINGS", "ignore")

    def run_here(
        *words: str | Path, stdin: bytes = b"", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        assert not stdin
        assert not env
        status = run(list(map(str, words)))
        said = capsys.readouterr()
        return subprocess.CompletedProcess(words, status, said.out.encode(), said.err.encode())

    return run_here


@pytest.fixture
def krynica(tmp_path: Path) -> Run:
    """Run the command in a folder of its own."""

    def run_apart(
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

    return run_apart
