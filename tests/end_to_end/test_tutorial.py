"""The tutorial, run whole: its commands as they stand, in their order."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.service.tiny import ROOT

PAGE = ROOT / "docs/tutorial/README.md"
# A checkout without an installed command has them all the same.
PRELUDE = """set -euo pipefail
krynica() { "$PYTHON" -m krynica "$@"; }
python() { "$PYTHON" "$@"; }
"""


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    project = tmp_path_factory.mktemp("project")
    for part in ("docs/tutorial", "data/samples"):
        shutil.copytree(ROOT / part, project / part)
    blocks = re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    marked = [f"echo '== {number}'\n{block}" for number, block in enumerate(blocks)]
    done = subprocess.run(
        ["bash", "-c", PRELUDE + "".join(marked)],
        cwd=project,
        env={
            **os.environ,
            "PYTHON": sys.executable,
            "PYTHONPATH": str(ROOT),
            "KRYNICA_MODELS": str(project / "models"),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, project / "work"


def test_it_goes_from_pages_to_a_shipped_model(walked: tuple[str, Path]) -> None:
    said, work = walked
    parts = re.split(r"^== \d+\n", said, flags=re.MULTILINE)[1:]
    assert "144 articles: 72 propaganda, 72 journalism" in parts[1]
    assert "Labels are taken to be the outlets'" in parts[2]
    assert "Belarusian: 72 articles of journalism, of 6 outlets" in parts[2]
    assert "Krippendorff's alpha, ordinal" in parts[4]
    assert parts[5].startswith("Belarusian, outlets never seen (")
    assert " replace A" in parts[6].splitlines()[0]
    assert "model mine 1" in parts[7]
    assert {path.name for path in work.iterdir()} >= {
        *("corpus.parquet", "corpus.review.csv", "corpus-2.parquet", "talk.csv"),
        *("mine", "mine.run", "mine.tar.gz"),
    }


def test_every_page_that_it_points_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", PAGE.read_text("utf-8")):
        assert target.startswith("http") or (PAGE.parent / target).exists(), target
