"""What everybody tries first: -h, completion, Ctrl-C, a table with columns of other names."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pandas as pd
import pytest

from tests.service.tiny import COMMAND, JOURNALISM, PROPAGANDA, Run, environment

VERBS = ["score", "batch", "feed", "collect", "train", "evaluate", "compare", "serve"]


@pytest.mark.parametrize(
    "words",
    [[], *([verb] for verb in VERBS), ["annotate"], ["annotate", "export"], ["model"]],
    ids=" ".join,
)
def test_short_help(words: list[str], call: Run) -> None:
    said = call(*words, "-h")
    assert said.returncode == 0
    assert said.stdout.startswith(b"Usage: krynica")
    assert said.stdout == call(*words, "--help").stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, krynica: Run) -> None:
    said = krynica("--show-completion", env={"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"})
    assert said.returncode in {0, 2}  # without a shell that can be told, typer wants its name
    told = krynica(
        "--show-completion", shell, env={"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    )
    assert told.returncode == 0
    assert b"_KRYNICA_COMPLETE" in told.stdout


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_says_that_the_same_command_resumes(tmp_path: Path, tiny: Path) -> None:
    rows = [f"{(PROPAGANDA, JOURNALISM)[n % 2]} {n}" for n in range(3000)]
    pd.DataFrame({"text": rows}).to_csv(tmp_path / "in.csv", index=False)
    words = ["batch", "in.csv", "-o", "out.csv", "--model", str(tiny)]
    with subprocess.Popen(
        [*COMMAND, *words], cwd=tmp_path, env=environment(), stderr=subprocess.PIPE
    ) as process:
        while not list((tmp_path / "out.csv.parts").glob("0*.jsonl")):
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        said = process.communicate()[1].decode()
    assert process.returncode == 130
    assert said.splitlines()[-1] == "krynica: Stopped. The same command resumes where it was."


def test_a_column_that_is_called_otherwise(tiny: Path, call: Run) -> None:
    lacks = "lacks the column “text”; it has “id”, “тэкст”. Name the right one with --text-column."
    pd.DataFrame({"id": [1], "тэкст": [PROPAGANDA]}).to_csv("t.csv", index=False)
    for words in (
        ["batch", "t.csv", "-o", "out.csv"],
        ["annotate", "export", "t.csv", "-o", "ask.csv"],
        ["evaluate", "t.csv"],
        ["train", "t.csv", "-o", "m"],
    ):
        model = [] if words[0] == "train" else ["--model", str(tiny)]
        said = call(*words, *model)
        assert (said.returncode, words[0]) == (2, words[0])
        assert said.stderr.decode() == f"krynica: The table t.csv {lacks}\n"
    said = call("train", "t.csv", "--check")
    assert said.returncode == 2
    assert said.stdout.decode() == f"The table t.csv {lacks}\n"
    words = ["batch", "t.csv", "-o", "out.csv", "--text-column", "тэкст", "--model", str(tiny)]
    assert call(*words).returncode == 0


def test_semicolons_with_a_comma_in_the_header(tiny: Path, call: Run) -> None:
    text = f'id;outlet, domain;text\n1;o.example;"{PROPAGANDA}"\n2;p.example;"A, b; {JOURNALISM}"\n'
    Path("t.csv").write_text(text, "utf-8")
    assert call("batch", "t.csv", "-o", "out.csv", "--model", tiny).returncode == 0
    table = pd.read_csv("out.csv")
    assert table["outlet, domain"].tolist() == ["o.example", "p.example"]
    assert table["verdict"].tolist() == ["propaganda", "journalism"]
