"""A batch writes over no other table's answers unasked."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.service.tiny import JOURNALISM, PROPAGANDA, Run

REFUSED = "holds other rows than b.csv, which would be lost: give another name, or --overwrite."


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    pd.DataFrame({"text": [PROPAGANDA, JOURNALISM]}).to_csv(tmp_path / "a.csv", index=False)
    pd.DataFrame({"text": [JOURNALISM, PROPAGANDA]}).to_csv(tmp_path / "b.csv", index=False)
    return tmp_path


@pytest.mark.parametrize("output", ["out.csv", "out.jsonl", "out.parquet", "out.html"])
def test_answers_to_another_table_are_kept(
    output: str, tables: Path, tiny: Path, call: Run
) -> None:
    assert call("batch", "a.csv", "-o", output, "--model", tiny).returncode == 0
    before = Path(output).read_bytes()
    said = call("batch", "b.csv", "-o", output, "--model", tiny)
    assert said.returncode == 2
    assert said.stderr.decode() == f"krynica: {output} {REFUSED}\n"
    assert Path(output).read_bytes() == before
    assert call("batch", "b.csv", "-o", output, "--model", tiny, "--overwrite").returncode == 0
    assert Path(output).read_bytes() != before


def test_the_same_table_is_answered_anew_also_once_it_has_grown(
    tables: Path, tiny: Path, call: Run
) -> None:
    words = ("batch", "a.csv", "-o", "out.csv", "--model", tiny)
    assert call(*words).returncode == 0
    before = Path("out.csv").read_bytes()
    assert call(*words).returncode == 0
    assert Path("out.csv").read_bytes() == before
    table = pd.read_csv("a.csv")
    pd.concat([table, table.assign(text="=1+1")]).to_csv("a.csv", index=False)
    assert call(*words).returncode in {0, 1}
    assert call(*words).returncode in {0, 1}  # a cell that was disarmed is the same cell
    assert len(pd.read_csv("out.csv")) == 4


def test_a_table_that_is_no_answer_of_ours_is_kept(tables: Path, tiny: Path, call: Run) -> None:
    pd.DataFrame({"text": [JOURNALISM, PROPAGANDA], "mine": 1}).to_csv("out.csv", index=False)
    assert call("batch", "b.csv", "-o", "out.csv", "--model", tiny).returncode == 2
    assert "mine" in pd.read_csv("out.csv")
    Path("out.csv").write_bytes(b"")
    assert call("batch", "b.csv", "-o", "out.csv", "--model", tiny).returncode == 0


def test_what_a_stopped_run_over_another_table_has_is_kept(
    tables: Path, tiny: Path, call: Run
) -> None:
    parts = tables / "out.csv.parts"
    parts.mkdir()
    run = '{"input": "0", "source": "/elsewhere/a.csv"}'
    (parts / "run.json").write_text(run)
    said = call("batch", "b.csv", "-o", "out.csv", "--model", tiny)
    assert said.returncode == 2
    assert "A stopped run over /elsewhere/a.csv" in said.stderr.decode()
    assert (parts / "run.json").read_text() == run
    assert call("batch", "b.csv", "-o", "out.csv", "--model", tiny, "--overwrite").returncode == 0
