"""Tables made by nobody's friend are read to their end, and what is wrong is told and counted."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from tests.service.tiny import COMMAND, JOURNALISM, PROPAGANDA, environment, write_tiny_model

RUSSIAN = "Совет принял бюджет, сообщили чиновники в своём заявлении вчера вечером. " * 8


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("model") / "tiny")


def batch(folder: Path, model: Path, *words: str) -> tuple[int, list[str]]:
    said = subprocess.run(
        [*COMMAND, "batch", *words, "--model", str(model)],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in said.stderr
    return said.returncode, said.stderr.splitlines()


def test_lines_that_are_no_rows_keep_their_place(tiny: Path, tmp_path: Path) -> None:
    lines = [
        json.dumps({"n": 0, "text": PROPAGANDA}),
        '{"n": 1, "text": ',
        '["a", "list"]',
        json.dumps({"n": 3, "text": JOURNALISM}),
        '{"n": 4, "n": 5, "text": "twice"}',
        json.dumps({"n": 5, "text": ["no", "text"], "verdict": "mine"}),
        "nonsense",
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), "utf-8")
    status, said = batch(tmp_path, tiny, "in.jsonl", "-o", "out.jsonl")
    assert status == 1
    out = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [row["n"] for row in out] == [0, None, None, 3, 5, 5, None]
    assert [row["verdict"] for row in out] == [
        "propaganda", None, None, "journalism", "unclear", None, None,
    ]  # fmt: skip
    assert out[5]["input_verdict"] == "mine"
    assert all(row["error"] for row in out if row["verdict"] is None)
    assert "7 rows: 1 propaganda, 1 journalism, 1 unclear, 4 could not be scored" in said[0]
    assert any("1 row damaged in the table and scored all the same" in line for line in said)
    assert any("2 rows: such as Line 2 of in.jsonl is not JSON" in line for line in said)


def test_a_table_of_several_encodings_with_columns_of_one_name(tiny: Path, tmp_path: Path) -> None:
    rows = [f'a,"{PROPAGANDA}",{n},x\n'.encode() for n in range(5)]
    rows[2] = f'б,"{RUSSIAN}",2,x\n'.encode("cp1251")
    rows[3] = rows[3].replace(b",x", b",x,surplus,cells")
    (tmp_path / "in.csv").write_bytes(b"note,text,note,note\n" + b"".join(rows))
    status, said = batch(tmp_path, tiny, "in.csv", "-o", "out.parquet")
    out = pd.read_parquet(tmp_path / "out.parquet")
    assert list(out.columns[:4]) == ["note", "text", "note_2", "note_3"]
    assert out["verdict"].tolist()[:2] == ["propaganda", "propaganda"]
    assert len(out) == 5
    assert status in {0, 1}
    assert any("3 columns named “note”" in line for line in said)
    assert any("damaged in the table" in line for line in said)


def test_rows_of_a_hundred_megabytes(tiny: Path, tmp_path: Path) -> None:
    with (tmp_path / "in.csv").open("w", encoding="utf-8") as file:
        file.write("n,text\n")
        for n in range(1):
            file.write(f'{n},"')
            for _ in range(100):
                file.write("word " * 200_000)
            file.write(f'"\n{n},"{JOURNALISM}"\n')
    program = (
        "import resource, subprocess, sys\n"
        "status = subprocess.call(sys.argv[1:])\n"
        "print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    words = ("batch", "in.csv", "-o", "out.jsonl", "--model", str(tiny))
    said = subprocess.run(
        [sys.executable, "-c", program, *COMMAND, *words],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    status, kilobytes = map(int, said.stdout.split())
    assert status == 1, said.stderr
    assert kilobytes < 1_000_000
    assert "1 row: Line 2 of in.csv has more than 20,000,000 characters" in said.stderr
    out = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [row["verdict"] for row in out] == [None, "journalism"]


def test_no_cell_is_run_by_a_spreadsheet(tiny: Path, tmp_path: Path) -> None:
    cells = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "-5.3", "plain"]
    rows = [{"=name": cell, "text": JOURNALISM} for cell in cells]
    pd.DataFrame(rows).to_json(tmp_path / "in.jsonl", orient="records", lines=True)
    status, said = batch(tmp_path, tiny, "in.jsonl", "-o", "out.csv", "--bom", "--semicolons")
    assert status == 0
    assert any("spreadsheet" in line and line.startswith("krynica: 6 ") for line in said)
    raw = (tmp_path / "out.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.reader(file, delimiter=";"))
    assert read[0][0] == "'=name"
    assert [row[0] for row in read[1:]] == [
        *(f"'{cell}" for cell in cells[:5]), "-5.3", "plain",
    ]  # fmt: skip
    again, _ = batch(tmp_path, tiny, "out.csv", "-o", "again.html")
    assert again == 0
    assert "<script" not in (tmp_path / "again.html").read_text("utf-8")
