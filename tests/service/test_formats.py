"""What newsrooms have, through the commands: documents to score, workbooks to batch and label."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import numpy as np
import openpyxl
import pandas as pd
import pytest

from krynica.data.corpus.labelled import read_corpus
from krynica.data.tables.table import read_table, write_table
from tests.service.tiny import JOURNALISM, PROPAGANDA, ROOT, Run, sign, write_tiny_model

BROUGHT = ROOT / "tests" / "data" / "brought"
WORDS = {
    "all-typed-with-tracking.docx": 251,
    "tracked-changes.docx": 260,
    "text-box-hyperlink-sdt-table.docx": 281,
    "article.odt": 251,
    "article.rtf": 251,
    "newsletter-ru-base64.eml": 154,
    "cp1251-glyphs-winansi-be.pdf": 152,
}


def test_documents_are_scored_whole(tiny: Path, call: Run) -> None:
    said = call("score", "--json", "--model", tiny, *(BROUGHT / name for name in WORDS))
    assert (said.returncode, said.stderr) == (0, b"")
    answers = [json.loads(line) for line in said.stdout.splitlines()]
    assert [answer["words"] for answer in answers] == list(WORDS.values())
    assert answers[-1]["language"] == "be"


@pytest.mark.parametrize("name", ["saved-by-chrome.mhtml", "tracked-changes.docx"])
def test_documents_on_standard_input(name: str, tiny: Path, krynica: Run) -> None:
    data = (BROUGHT / name).read_bytes()
    said = krynica("score", "--json", "--model", tiny, "-", stdin=data)
    (answer,) = map(json.loads, said.stdout.splitlines())
    assert answer["language"] == "en"
    assert answer["words"] > 230


ADVICE = {
    "word-in-disguise.doc": b"is .docx, not .doc as its name says. Please rename it",
    "excel.xlsx": b"a workbook, not an article. Tables in .xlsx and .csv are read by krynica batch",
}


@pytest.mark.parametrize("name", ADVICE)
def test_what_is_not_read_is_answered_with_one_sentence_of_advice(
    name: str, tiny: Path, call: Run
) -> None:
    said = call("score", "--model", tiny, BROUGHT / name)
    assert (said.returncode, said.stdout) == (1, b"")
    assert said.stderr.count(b"\n") == 1
    assert ADVICE[name] in said.stderr


def test_a_word_file_as_word_writes_it(tiny: Path, tmp_path: Path, call: Run) -> None:
    document = docx.Document()
    document.add_heading("A headline", 1)
    document.add_paragraph(PROPAGANDA)
    out = io.BytesIO()
    document.save(out)
    (tmp_path / "a.docx").write_bytes(out.getvalue())
    (answer,) = map(
        json.loads, call("score", "--json", "--model", tiny, "a.docx").stdout.splitlines()
    )
    assert answer["verdict"] == "propaganda"


@pytest.mark.parametrize("to", ["xlsx", "ndjson", "csv", "tsv", "jsonl", "parquet"])
@pytest.mark.parametrize("name", ["excel.xlsx", "plain.ndjson"])
def test_batch_reads_and_writes_them(
    name: str, to: str, tiny: Path, tmp_path: Path, call: Run
) -> None:
    said = call("batch", BROUGHT / name, "-o", f"out.{to}", "--model", tiny)
    assert said.returncode == 0, said.stderr
    before, after = read_table(BROUGHT / name), read_table(tmp_path / f"out.{to}")
    assert list(after)[: len(before.columns)] == list(before)
    assert after["text"].tolist() == before["text"].tolist()
    assert after["verdict"].notna().all()


def test_a_text_too_long_for_a_cell_is_told(tiny: Path, tmp_path: Path, call: Run) -> None:
    long = PROPAGANDA * (40_000 // len(PROPAGANDA) + 1)
    pd.DataFrame({"text": [long, JOURNALISM]}).to_csv(tmp_path / "in.csv", index=False)
    said = call("batch", "in.csv", "-o", "out.xlsx", "--model", tiny)
    assert said.returncode == 0
    assert b"1 cell cut at 32,767 characters, the most a workbook holds in one" in said.stderr
    assert read_table(tmp_path / "out.xlsx")["verdict"].tolist() == ["propaganda", "journalism"]


def test_a_workbook_called_csv_is_named(tiny: Path, call: Run) -> None:
    said = call("batch", BROUGHT / "renamed-xlsx.csv", "-o", "out.csv", "--model", tiny)
    assert said.returncode != 0
    assert b"is a workbook, whatever its name says: name it .xlsx." in said.stderr
    assert said.stderr.count(b"\n") == 1


def test_a_sheet_of_a_workbook_goes_out_and_comes_back(
    tiny: Path, tmp_path: Path, call: Run
) -> None:
    tiny = write_tiny_model(tmp_path / "models" / "tiny", outlets=["Known Times"])
    np.save(tiny / "learned_from.npy", np.array([], dtype=np.uint64))
    sign(tiny)
    write_table(read_table(BROUGHT / "excel.xlsx"), tmp_path / "in.xlsx")
    said = call("annotate", "export", "in.xlsx", "-o", "ask.xlsx", "--rows", "2", "--model", tiny)
    assert said.returncode == 0, said.stderr
    made = openpyxl.load_workbook(tmp_path / "ask.xlsx")
    sheet = made.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, names.index("label") + 1).value = "journalism"
        sheet.cell(row, names.index("annotator") + 1).value = 7
    made.create_sheet("Notes", 0)["A1"] = "of mine"
    made.save(tmp_path / "filled.xlsx")
    said = call(
        "annotate", "import", "filled.xlsx", "--key", "ask.xlsx.key.jsonl", "-o", "corpus.csv"
    )
    assert said.returncode == 0, said.stderr
    assert read_table(tmp_path / "corpus.csv")["label"].tolist() == ["journalism"] * 2


def test_labelled_workbooks_are_learned_from(tmp_path: Path) -> None:
    rows = {
        "text": [f"{text} {number}" for number in range(3) for text in (PROPAGANDA, JOURNALISM)],
        "label": ["propaganda", "journalism"] * 3,
        "outlet": [f"{name}{number}.example" for number in range(3) for name in "ab"],
        "score": [3, 0] * 3,
    }
    for name in ("corpus.xlsx", "corpus.ndjson"):
        write_table(pd.DataFrame(rows), tmp_path / name)
    first, second = (
        read_corpus([tmp_path / name]).articles for name in ("corpus.xlsx", "corpus.ndjson")
    )
    assert first["score"].tolist() == [3, 0] * 3
    assert first.drop(columns="source").equals(second.drop(columns="source"))
