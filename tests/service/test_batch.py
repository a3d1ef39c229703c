"""``krynica batch``: every row keeps its place and its cells, and has its answer."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from krynica.service.batch.job import BatchJob
from krynica.service.batch.run import run
from krynica.service.rows import OUTPUT_COLUMNS
from krynica.service.scoring import load
from tests.service.tiny import CHINESE, JOURNALISM, MIXED, POLISH, PROPAGANDA, Run

KINDS = ["csv", "tsv", "jsonl", "parquet"]


def write(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """Write a table without the help of the code under test."""
    table = pd.DataFrame(rows)
    if path.suffix == ".parquet":
        table.to_parquet(path)
    elif path.suffix == ".jsonl":
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    else:
        table.to_csv(path, index=False, sep="\t" if path.suffix == ".tsv" else ",")
    return path


def read(path: Path) -> list[dict[str, Any]]:
    """Read a table, missing cells as None."""
    if path.suffix == ".parquet":
        rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
        return rows
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    with path.open(encoding="utf-8", newline="") as file:
        csv.field_size_limit(2**30)
        cells = csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ",")
        return [{name: cell or None for name, cell in row.items()} for row in cells]


ROWS = [
    {"id": 7, "text": PROPAGANDA, "note": "a"},
    {"id": 8, "text": JOURNALISM, "note": 'b, "c"\nd'},
    {"id": 9, "text": MIXED, "note": "=1+1"},
    {"id": 10, "text": POLISH, "note": "zażółć"},
    {"id": 11, "text": CHINESE, "note": "市"},
]
VERDICTS = ["propaganda", "journalism", "unclear", "unclear", "unclear"]


def test_the_command_says_what_came_of_it(tiny: Path, tmp_path: Path, krynica: Run) -> None:
    write(tmp_path / "in.csv", ROWS)
    said = krynica("batch", "in.csv", "-o", "out.parquet", "--model", tiny)
    assert (said.returncode, said.stdout) == (0, b"")
    assert said.stderr == (
        b"krynica: 5 rows: 1 propaganda, 1 journalism, 3 unclear\n"
        b"krynica: languages: en 3, pl 1, zh 1\n"
    )
    assert [row["verdict"] for row in read(tmp_path / "out.parquet")] == VERDICTS


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("to", KINDS)
def test_every_kind_of_table(kind: str, to: str, tiny: Path, tmp_path: Path) -> None:
    job = BatchJob(write(tmp_path / f"in.{kind}", ROWS), tmp_path / f"out.{to}")
    summary = run(job, load(tiny))
    assert (summary.rows, summary.languages["en"]) == (5, 3)
    out = read(job.output)
    assert [*out[0]] == ["id", "text", "note", *OUTPUT_COLUMNS]
    assert [row["verdict"] for row in out] == VERDICTS
    assert [row["language"] for row in out] == ["en", "en", "en", "pl", "zh"]
    assert [row["text"] for row in out] == [row["text"] for row in ROWS]
    notes = [row["note"] for row in ROWS]
    if to in {"csv", "tsv"}:  # a spreadsheet program must not run it
        notes[2] = "'=1+1"
    assert [row["note"] for row in out] == notes
    assert summary.defused == (to in {"csv", "tsv"})
    assert [str(row["id"]) for row in out] == ["7", "8", "9", "10", "11"]
    assert out[0]["why_unclear"] is None
    assert out[4]["why_unclear"] == "language_unsupported"
    assert out[4]["p_propaganda"] is None
    assert {row["model_version"] for row in out} == {"0.1"}
    assert not (tmp_path / f"out.{to}.parts").exists()
    if to in {"jsonl", "parquet"}:
        assert isinstance(out[0]["p_propaganda"], float)
        assert kind in {"csv", "tsv"} or out[0]["id"] == 7


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_rows_that_cannot_be_read_have_an_error(
    kind: str, tiny: Path, tmp_path: Path, call: Run
) -> None:
    texts = [None, PROPAGANDA, "", "  \n", "1234 5678", JOURNALISM]
    write(tmp_path / f"in.{kind}", [{"text": text} for text in texts])
    said = call("batch", f"in.{kind}", "-o", f"out.{kind}", "--model", tiny)
    assert said.returncode == 1
    lines = said.stderr.decode().splitlines()
    assert lines[0].endswith(": 1 propaganda, 1 journalism, 0 unclear, 4 could not be scored")
    assert "krynica: 3 rows: The text is empty." in lines
    out = read(tmp_path / f"out.{kind}")
    assert [row["verdict"] for row in out] == [None, "propaganda", None, None, None, "journalism"]
    for row in out:
        assert (row["error"] is None) == (row["verdict"] is not None)
        assert row["error"] is None or row["model_version"] is None


def test_cells_of_other_kinds(tiny: Path, tmp_path: Path, krynica: Run) -> None:
    texts: list[object] = [PROPAGANDA, 12, 1.5, True, ["a"], {"a": 1}]
    write(tmp_path / "in.jsonl", [{"text": text} for text in texts])
    said = krynica("batch", "in.jsonl", "-o", "out.jsonl", "--model", tiny)
    assert said.returncode == 1
    out = read(tmp_path / "out.jsonl")
    assert [row["verdict"] for row in out] == ["propaganda", *[None] * 5]
    assert [row["text"] for row in out] == texts


def test_a_column_of_numbers_has_errors_and_stays_numbers(
    tiny: Path, tmp_path: Path, call: Run
) -> None:
    pd.DataFrame({"text": [1, 2], "n": [1.5, None]}).to_parquet(tmp_path / "in.parquet")
    said = call("batch", "in.parquet", "-o", "out.parquet", "--model", tiny)
    assert said.returncode == 1
    out = read(tmp_path / "out.parquet")
    assert [row["text"] for row in out] == [1, 2]
    assert [row["n"] for row in out] == [1.5, None]


def test_columns_that_bear_our_names_are_kept(tiny: Path, tmp_path: Path, call: Run) -> None:
    row = {"verdict": "mine", "input_verdict": "older", "error": "E", "body": PROPAGANDA}
    write(tmp_path / "in.csv", [row])
    said = call("batch", "in.csv", "-o", "out.csv", "--model", tiny, "--text-column", "body")
    assert said.returncode == 0
    (out,) = read(tmp_path / "out.csv")
    assert [*out] == [
        "input_input_verdict",
        "input_verdict",
        "input_error",
        "body",
        *OUTPUT_COLUMNS,
    ]
    assert (out["input_input_verdict"], out["input_verdict"]) == ("mine", "older")
    assert (out["verdict"], out["error"]) == ("propaganda", None)


def test_an_output_can_be_scored_again(tiny: Path, tmp_path: Path, call: Run) -> None:
    write(tmp_path / "a.csv", ROWS)
    assert call("batch", "a.csv", "-o", "b.csv", "--model", tiny).returncode == 0
    words = ("batch", "b.csv", "-o", "c.csv", "--language-column", "language", "--model", tiny)
    assert call(*words).returncode == 0
    out = read(tmp_path / "c.csv")
    assert [row["verdict"] for row in out] == [row["input_verdict"] for row in out] == VERDICTS


def test_titles_and_languages_come_from_their_columns(
    tiny: Path, tmp_path: Path, call: Run
) -> None:
    short = " ".join(PROPAGANDA.split()[:19])
    rows: list[dict[str, object]] = [
        {"text": short, "headline": "Puppet", "code": "en"},
        {"text": short, "headline": None, "code": None},
        {"text": PROPAGANDA, "headline": None, "code": "PL"},
        {"text": PROPAGANDA, "headline": None, "code": "polski"},
        {"text": PROPAGANDA, "headline": None, "code": "zz"},
    ]
    write(tmp_path / "in.csv", rows)
    words = ("batch", "in.csv", "-o", "out.csv", "--model", tiny, "--title-column", "headline")
    assert call(*words, "--language-column", "code").returncode == 1
    out = read(tmp_path / "out.csv")
    assert [row["language"] for row in out] == ["en", "en", "pl", None, "zz"]
    assert [row["why_unclear"] for row in out] == [
        None, "too_short", "unlike_training", None, "language_unsupported",
    ]  # fmt: skip
    assert "two-letter code" in out[3]["error"]


def test_a_table_of_another_encoding(tiny: Path, tmp_path: Path, call: Run) -> None:
    text = "Совет принял бюджет и чиновники сообщили об этом в своём заявлении вчера. " * 8
    (tmp_path / "in.csv").write_bytes(f"text,n\n{text},1\n".encode("cp1251"))
    assert call("batch", "in.csv", "-o", "out.csv", "--model", tiny).returncode == 0
    (out,) = read(tmp_path / "out.csv")
    assert (out["text"], out["language"]) == (text, "ru")


def test_a_cell_of_five_megabytes(tiny: Path, tmp_path: Path, call: Run) -> None:
    text = PROPAGANDA * (5_000_000 // len(PROPAGANDA))
    write(tmp_path / "in.csv", [{"text": text}, {"text": JOURNALISM}])
    assert call("batch", "in.csv", "-o", "out.csv", "--model", tiny).returncode == 0
    assert [row["verdict"] for row in read(tmp_path / "out.csv")] == ["propaganda", "journalism"]


def test_a_table_without_rows(tiny: Path, tmp_path: Path, call: Run) -> None:
    (tmp_path / "in.csv").write_text("id,text\n")
    (tmp_path / "in.jsonl").write_text("")
    for words in (("in.csv", "out.parquet"), ("in.jsonl", "out.csv"), ("in.csv", "out.jsonl")):
        said = call("batch", words[0], "-o", words[1], "--model", tiny)
        assert (said.returncode, said.stderr[:15]) == (0, b"krynica: 0 rows")
    assert pq.read_schema(tmp_path / "out.parquet").names == ["id", "text", *OUTPUT_COLUMNS]
    assert (tmp_path / "out.csv").read_text() == ",".join(["text", *OUTPUT_COLUMNS]) + "\n"
    assert (tmp_path / "out.jsonl").read_text() == ""


def test_an_index_that_pandas_keeps_is_a_column_too(tiny: Path, tmp_path: Path, call: Run) -> None:
    table = pd.DataFrame({"id": ["x", "y"], "text": [PROPAGANDA, JOURNALISM]}).set_index("id")
    table.to_parquet(tmp_path / "in.parquet")
    assert call("batch", "in.parquet", "-o", "out.csv", "--model", tiny).returncode == 0
    assert [row["id"] for row in read(tmp_path / "out.csv")] == ["x", "y"]


class TestRefused:
    @pytest.fixture(autouse=True)
    def table(self, tmp_path: Path) -> None:
        write(tmp_path / "in.csv", ROWS)

    @pytest.mark.parametrize("option", ["--text-column", "--title-column", "--language-column"])
    def test_a_column_that_is_not_there(self, option: str, tiny: Path, call: Run) -> None:
        said = call("batch", "in.csv", "-o", "out.csv", option, "nope", "--model", tiny)
        assert (said.returncode, said.stdout) == (2, b"")
        assert said.stderr.count(b"\n") == 1
        assert "“nope”" in said.stderr.decode()
        assert "“id”, “text”, “note”" in said.stderr.decode()

    def test_the_input_as_output_by_another_name(
        self, tiny: Path, tmp_path: Path, call: Run
    ) -> None:
        (tmp_path / "link.csv").symlink_to(tmp_path / "in.csv")
        before = (tmp_path / "in.csv").read_bytes()
        said = call("batch", "in.csv", "-o", "link.csv", "--model", tiny)
        assert said.returncode == 2
        assert (tmp_path / "in.csv").read_bytes() == before

    @pytest.mark.parametrize(
        ("table", "output"),
        [
            ("none.csv", "out.csv"),
            ("in.xls", "out.csv"),
            ("in.csv", "out.xls"),
            ("in.xlsx", "out.csv"),
            ("in.csv", "nowhere/out.csv"),
            ("in.csv", "folder.csv"),
            ("folder.csv", "out.csv"),
            ("binary.parquet", "out.csv"),
            ("binary.csv", "out.csv"),
            ("empty.csv", "out.csv"),
        ],
    )
    def test_what_cannot_be_read_or_written(
        self, table: str, output: str, tiny: Path, tmp_path: Path, call: Run
    ) -> None:
        (tmp_path / "folder.csv").mkdir()
        (tmp_path / "in.xlsx").write_bytes(b"PK")
        for name in ("binary.parquet", "binary.csv"):
            (tmp_path / name).write_bytes(bytes(range(256)) * 40)
        (tmp_path / "empty.csv").write_bytes(b"")
        before = {path.name for path in tmp_path.iterdir()}
        said = call("batch", table, "-o", output, "--model", tiny)
        assert said.returncode == (2 if table == "in.xls" or output == "out.xls" else 1)
        assert said.stderr.count(b"\n") == 1
        assert b"unforeseen" not in said.stderr
        assert {path.name for path in tmp_path.iterdir()} == before
