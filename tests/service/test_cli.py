"""The command as a process: exit statuses, streams, signals, and what it imports."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from krynica.service.app import VERBS, app
from tests.service.tiny import COMMAND, PROPAGANDA, ROOT, Run, environment, write_tiny_model

HEAVY = {"pandas", "sklearn", "scipy", "pyarrow"}
MORE = {"numpy", "onnxruntime", "tokenizers", "spacy", "lingua", "rich"}


def test_help_lists_every_verb() -> None:
    said = CliRunner().invoke(app, ["--help"])
    assert said.exit_code == 0
    assert all(verb.__name__ in said.stdout for verb in VERBS)


def test_version_is_one_line(krynica: Run) -> None:
    said = krynica("--version")
    assert (said.returncode, said.stderr) == (0, b"")
    assert said.stdout.startswith(b"krynica ")
    assert said.stdout.count(b"\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["score"],
        ["score", "--nonsense", "a.txt"],
        ["score", "--lang", "pol", "a.txt"],
        ["score", "--lang", "1x", "a.txt"],
        ["score", "--lang", "", "a.txt"],
        ["batch", "in.csv"],
        ["batch", "in.csv", "-o", "out.csv", "--workers", "0"],
        ["batch", "in.csv", "-o", "out.csv", "--engine", "spark"],
        ["batch", "in.csv", "-o", "out.csv", "--scheduler", "tcp://127.0.0.1:9"],
        ["batch", "in.csv", "-o", "in.csv"],
        ["batch", "in.csv", "-o", "./in.csv"],
    ],
)
def test_words_that_are_off_give_2(words: list[str], call: Run) -> None:
    said = call(*words)
    assert said.returncode == 2
    assert said.stdout == b""
    assert b"Traceback" not in said.stderr
    assert said.stderr


def test_a_missing_model_is_one_sentence(call: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROPAGANDA)
    said = call("score", "a.txt", "--model", "nowhere")
    assert said.returncode == 1
    assert said.stderr == (b"krynica: There is no folder nowhere, and no model of that name.\n")


class TestUnforeseen:
    """A model folder that is whole but whose manifest lacks an entry makes KeyErrors."""

    @pytest.fixture
    def broken(self, tmp_path: Path) -> Path:
        (tmp_path / "a.txt").write_text(PROPAGANDA)
        return write_tiny_model(tmp_path / "broken", name=None)

    def test_one_sentence_names_no_text(self, broken: Path, krynica: Run) -> None:
        said = krynica("score", "a.txt", "--model", broken)
        assert said.returncode == 1
        assert said.stderr.count(b"\n") == 1
        assert b"KRYNICA_DEBUG=1" in said.stderr
        assert b"Traceback" not in said.stderr
        assert b"puppet" not in said.stderr

    def test_debugging_shows_the_place_and_no_text(self, broken: Path, krynica: Run) -> None:
        (broken.parent / "t.csv").write_text(f"text\n{PROPAGANDA}\n")
        said = krynica(
            "batch", "t.csv", "-o", "o.csv", "--model", broken, env={"KRYNICA_DEBUG": "1"}
        )
        assert said.returncode == 1
        assert b"Traceback" in said.stderr
        assert b"builtins.KeyError\n" in said.stderr
        assert b"puppet" not in said.stderr


def test_a_reader_that_leaves_hears_nothing(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROPAGANDA)
    words = [*COMMAND, "score", "--json", "--model", str(tiny), *["a.txt"] * 200]
    with subprocess.Popen(
        words, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_sentence(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROPAGANDA)
    with Path("/dev/full").open("w") as full:
        said = subprocess.run(
            [*COMMAND, "score", "--model", str(tiny), "a.txt"],
            cwd=tmp_path,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert said.returncode == 1
    assert said.stderr == b"krynica: No space left on device.\n"


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("seconds", [0.2, 1.5])
def test_ctrl_c_is_quiet(tiny: Path, tmp_path: Path, seconds: float) -> None:
    words = [*COMMAND, "score", "--model", str(tiny), "-"]
    with subprocess.Popen(
        words,
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        assert process.stderr is not None
        assert process.stderr.read() in {b"", b"krynica: Stopped.\n"}
    # A shell says 130 of both: the second is a stop before Python has begun.
    assert process.returncode in {130, -signal.SIGINT}


def imported_by(*words: str, folder: Path, status: int = 0) -> set[str]:
    """Top-level packages that a call of the command imports."""
    program = (
        "import sys; from krynica.service.cli import run; status = run(sys.argv[1:]); "
        "print(status, *{name.partition('.')[0] for name in sys.modules}, "
        "*{name for name in sys.modules if name.count('.') == 1}, file=sys.stderr)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    told, *names = said.stderr.splitlines()[-1].split()
    assert told == str(status)
    return set(names)


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    assert not imported_by("--help", folder=tmp_path) & {*HEAVY, *MORE}


@pytest.mark.parametrize("words", [("score", "--nonsense"), ("batch", "in.csv", "-o", "in.csv")])
def test_a_refusal_imports_nothing_heavy(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert not imported_by(*words, folder=tmp_path, status=2) & {*HEAVY, *MORE}


def test_score_imports_no_tables_and_no_training(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PROPAGANDA)
    names = imported_by("score", "a.txt", "--model", str(tiny), folder=tmp_path)
    assert "spacy" in names
    assert not names & {*HEAVY, "joblib", "krynica.training"}


def test_nothing_imports_service() -> None:
    for floor in ("classifier", "data", "training"):
        for path in (ROOT / floor).rglob("*.py"):
            text = path.read_text("utf-8")
            assert "from krynica.service" not in text, path
            assert "import krynica.service" not in text, path
