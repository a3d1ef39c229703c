"""Workbooks: read and written like other tables, and never trusted."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from krynica.classifier.errors import TableError
from krynica.data.tables.table import TableWriter, iter_table, read_table, write_table

BROUGHT = Path(__file__).parent / "brought"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def book(path: Path, **sheets: list[list[Any]]) -> Path:
    """A workbook as openpyxl writes it."""
    made = openpyxl.Workbook()
    made.remove(made.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def test_a_workbook_and_json_lines_are_tables() -> None:
    frames = [read_table(BROUGHT / name) for name in ("excel.xlsx", "plain.ndjson")]
    for frame in frames:
        assert list(frame) == ["id", "outlet", "date", "text"]
        assert len(frame) == 5
        assert frame["text"][0].startswith(
            "The minister lied, and eleven people are dead\n\nI have"
        )
    assert frames[0].equals(frames[1])


def test_cells_keep_what_they_are(tmp_path: Path) -> None:
    moment = dt.datetime(2024, 3, 5, 10, 30)  # noqa: DTZ001  # workbooks have no zones
    rows = [
        ["text", "n", "share", "day", "at", "yes", "id"],
        ["Раз", 1, 0.5, dt.date(2024, 3, 5), moment, True, "007"],
        ["Два", 2, 1.5, dt.datetime(2024, 3, 6), moment, False, "=1+1"],  # noqa: DTZ001
    ]
    path = book(tmp_path / "a.xlsx", A=rows[:2])
    made = openpyxl.load_workbook(path)
    made["A"].append(rows[2])
    made["A"]["G3"].data_type = "s"
    made.save(path)
    frame = read_table(path)
    assert frame.to_dict("list") == {
        "text": ["Раз", "Два"],
        "n": [1, 2],
        "share": [0.5, 1.5],
        "day": ["2024-03-05", "2024-03-06"],
        "at": ["2024-03-05T10:30:00", "2024-03-05T10:30:00"],
        "yes": [True, False],
        "id": ["007", "=1+1"],
    }


def test_the_first_sheet_unless_another_has_the_text(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        Empty=[],
        Notes=[["about", "who"], ["a", "b"]],
        Texts=[["text", "n"], ["T", 1]],
    )
    assert list(read_table(path)) == ["about", "who"]
    assert list(read_table(path, required=("text",))) == ["text", "n"]
    assert [len(one) for one in iter_table(path, columns=("text",), chunk_rows=1)] == [1]
    with pytest.raises(TableError, match="lacks the column “body”; it has “about”, “who”"):
        read_table(path, required=("body",))


def test_blank_rows_are_no_rows_and_cells_beyond_the_header_are_told(tmp_path: Path) -> None:
    rows = [[], ["text", "n", None], [], ["a", 1], [None, None], ["b", 2, "more"], ["c"], []]
    path = book(tmp_path / "a.xlsx", A=rows)
    told: list[tuple[int, str]] = []
    frames = iter_table(path, chunk_rows=2, on_fault=lambda row, why: told.append((row, why)))
    assert [frame["text"].tolist() for frame in frames] == [["a", "b"], ["c"]]
    assert told == [(1, f"Row 6 of {path} has cells beyond its header.")]
    with pytest.raises(TableError, match="cells beyond its header"):
        read_table(path)


def test_errors_of_formulas_are_missing_and_signs_are_read_back(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", A=[["text", "n"], ["a_x000D_\nb_x0009_c", "#N/A"], ["", 3]])
    frame = read_table(path)
    assert frame["text"][0] == "a\nb\tc"
    assert frame["n"].tolist() == [None, 3]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "text": ["=1+1", "a\nb <&> \t“c”", "_x000D_", None],
            "n": [1, 2, 3, 4],
            "share": [0.1, None, 3.0, -1e-9],
            "yes": [True, False, True, False],
            "any": [["a"], {"b": 1}, 2**70, "x"],
        }
    )
    path = tmp_path / "a.xlsx"
    write_table(frame, path)
    back = read_table(path)
    assert back["text"].tolist()[:3] == frame["text"].tolist()[:3]
    assert back["n"].tolist() == [1, 2, 3, 4]
    assert back["share"].dropna().tolist() == [0.1, 3.0, -1e-9]
    assert back["yes"].tolist() == [True, False, True, False]
    assert back["any"].tolist() == ['["a"]', '{"b": 1}', str(2**70), "x"]
    seen = openpyxl.load_workbook(path)["Sheet1"]
    assert [cell.data_type for cell in seen["A"]] == ["s", "s", "s", "s", "n"]  # none a formula
    again = tmp_path / "b.xlsx"
    write_table(frame, again)
    assert again.read_bytes() == path.read_bytes()


def test_what_no_cell_holds_is_cut_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with TableWriter(path) as writer:
        writer.write(pd.DataFrame({"text": ["x" * 40_000, "y" * 32_767, "\x01\ufffez"]}))
        assert writer.cut == 1
    lengths = read_table(path)["text"].str.len().tolist()
    assert lengths == [32_767, 32_767, 3]
    assert read_table(path)["text"][2] == "\ufffd\ufffdz"


def parquet() -> bytes:
    out = io.BytesIO()
    pd.DataFrame({"text": ["a"]}).to_parquet(out)
    return out.getvalue()


def spreadsheet() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return out.getvalue()


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
DISGUISED = {
    "a.csv": ((BROUGHT / "renamed-xlsx.csv").read_bytes(), "is a workbook, .*name it .xlsx"),
    "a.tsv": (parquet(), "is a Parquet table, .*name it .parquet"),
    "b.csv": (spreadsheet(), "is an OpenDocument workbook .*save it as .xlsx or .csv"),
    "c.csv": (OLD + "Workbook".encode("utf-16-le"), "is an old workbook .*save it as .xlsx"),
    "a.xlsx": (OLD + "EncryptedPackage".encode("utf-16-le"), "is locked with a password"),
    "d.csv": (b"<html><table><tr><td>text", "is a web page: save it as .xlsx or .csv"),
    "b.xlsx": (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook '
               b'xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "is a workbook in XML"),
    "e.csv": (b'{"text": "a"}\n{"text": "b"}\n', "is a table in JSON Lines, .*name it .jsonl"),
    "c.xlsx": (b"text,n\na,1\n", "is a table of text, .*name it .csv"),
    "e.xlsx": (b"text\tn\na\t1\n", "is a table of text, .*name it .tsv"),
    "f.xlsx": (bytes(99), "is not a workbook"),
    "d.xlsx": (b"PK\x03\x04 and nothing else", "is not a workbook"),
    "a.jsonl": ((BROUGHT / "excel.xlsx").read_bytes(), "is a workbook, .*name it .xlsx"),
    "a.xls": (b"x", "of another kind than .xlsx: save it as .xlsx or .csv"),
    "a.ods": (b"x", "of another kind than .xlsx: save it as .xlsx or .csv"),
    "a.doc": (b"x", "name it .csv, .tsv, .jsonl, .ndjson, .parquet or .xlsx"),
}  # fmt: skip


@pytest.mark.parametrize("name", DISGUISED)
def test_a_table_under_the_name_of_another_is_named(name: str, tmp_path: Path) -> None:
    data, says = DISGUISED[name]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(TableError, match=says):
        read_table(path, required=("text",))


def changed(tmp_path: Path, *, sheet: str = "", level: int = 9, **parts: str) -> Path:
    """Our workbook with other parts in it."""
    path, honest = tmp_path / "a.xlsx", BROUGHT / "excel.xlsx"
    with zipfile.ZipFile(honest) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = sheet if sheet and "sheet1" in name else old.read(name).decode()
            new.writestr(name, text, compresslevel=level)
        for name, text in parts.items():
            new.writestr(name.replace("__", "/") + ".xml", text, compresslevel=level)
    return path


def cells(rows: str, head: str = "") -> str:
    return f'{head}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE: dict[str, tuple[dict[str, str], str]] = {
    "bomb": ({"sheet": cells(HEADER + "<row/>" * 12_000_000)}, "unpacks to far more"),
    "a row without end": ({"sheet": cells(HEADER + "<row>" + "<c/>" * 6_000_000)}, "row of more"),
    "settings": ({"xl__styles": "<a>" + "<b/>" * 3_000_000 + "</a>"}, "unpacks to far more"),
    "entities": (
        {
            "sheet": cells(
                HEADER + '<row r="2"><c t="inlineStr"><is><t>&a9;</t></is></c></row>',
                f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]>',
            )
        },
        "damaged",
    ),
    "far row": (
        {"sheet": cells(HEADER + '<row r="99999999"><c r="A99999999"/></row>')},
        "more rows",
    ),
    "no XML": ({"sheet": "<worksheet><sheetData><row>"}, "damaged"),
    "nesting": ({"sheet": cells(HEADER + "<row><c>" * 100_000)}, "damaged"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_ones_end_in_a_sentence(case: str, tmp_path: Path) -> None:
    parts, says = HOSTILE[case]
    path = changed(tmp_path, **parts)
    with pytest.raises(TableError, match=says):
        read_table(path, required=("text",))


def test_lies_about_size_and_place_cost_nothing(tmp_path: Path) -> None:
    sheet = cells(
        HEADER + '<row r="2"><c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="ZZZ2"/></row>'
    ).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    assert read_table(changed(tmp_path, sheet=sheet)).to_dict("list") == {"text": ["a"]}


def test_external_files_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("A secret.", "utf-8")
    head = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>[&x;]</t></is></c></row>'
    path = changed(tmp_path, sheet=cells(HEADER + row, head))
    try:
        found = str(read_table(path).to_dict("list"))
    except TableError:
        return
    assert "secret" not in found


def test_a_workbook_takes_any_place(tmp_path: Path) -> None:
    shutil.copy(BROUGHT / "excel.xlsx", tmp_path / "назва з прабелам.XLSX")
    assert len(read_table(tmp_path / "назва з прабелам.XLSX")) == 5
    with pytest.raises(TableError, match="There is no file"):
        read_table(tmp_path / "none.xlsx")
    (tmp_path / "f.xlsx").mkdir()
    with pytest.raises(TableError, match="is a folder"):
        read_table(tmp_path / "f.xlsx")
