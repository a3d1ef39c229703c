"""Tables come back as they were, cell by cell, or one sentence says why not."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import tracemalloc
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from krynica.classifier.errors import TableError
from krynica.data.tables.table import TableWriter, iter_table, read_table, write_table

ENDINGS = (".csv", ".tsv", ".jsonl", ".parquet")
SAMPLES = Path(__file__).parents[2] / "data" / "samples"

cells = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1
) | st.sampled_from(
    [
        "007",
        "1.0",
        "nan",
        "NA",
        "None",
        "true",
        '"',
        '""',
        ",",
        ";",
        "\t",
        "\n",
        "\r",
        "\r\n",
        "'",
        " x ",
    ]
)
tables = st.integers(1, 4).flatmap(
    lambda width: st.tuples(
        st.lists(cells, min_size=width, max_size=width, unique=True),
        st.lists(st.lists(cells | st.none(), min_size=width, max_size=width), max_size=8),
    )
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False)
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
common = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)


def rows_of(frame: pd.DataFrame) -> list[list[Any]]:
    """Return the cells with None for what is missing."""
    return [
        [None if pd.api.types.is_scalar(cell) and pd.isna(cell) else cell for cell in row]
        for row in frame.itertuples(index=False, name=None)
    ]


def frame_of(names: list[str], rows: list[list[Any]]) -> pd.DataFrame:
    """Return a frame of cells of text."""
    columns = {
        name: pd.Series([row[n] for row in rows], dtype="str") for n, name in enumerate(names)
    }
    return pd.DataFrame(columns)


def runs(cell: str | None) -> bool:
    """Tell whether a spreadsheet program may take a cell for a formula."""
    if not cell:
        return False
    visible = "".join(cell.split()).lstrip("\ufeff")
    return cell[0] in "\t\r\n" or visible[:1] in {*"=+-@＝＋－＠", ""}


def copied(source: Path, target: Path, rows: int) -> None:
    """Copy a table in pieces of so many rows."""
    with TableWriter(target) as writer:
        for piece in iter_table(source, chunk_rows=rows):
            assert len(piece) <= rows
            writer.write(piece)


# ------------------------------------------------------------------------- there and back again


@pytest.mark.parametrize("ending", ENDINGS)
@common
@given(table=tables, rows=st.integers(1, 4))
def test_any_text_survives(
    ending: str, table: tuple[list[str], list[list[str | None]]], rows: int, tmp_path: Path
) -> None:
    names, cells = table
    if ending in {".csv", ".tsv"} and names[0].startswith("\ufeff"):
        return  # a file cannot begin with the sign that marks its encoding
    if ending in {".csv", ".tsv"} and any(name != name.strip() for name in names):
        return  # spaces around the name of a column do not count
    if ending == ".jsonl" and not cells:
        names = []  # without a row there is no place for names
    if ending in {".csv", ".tsv"} and any(map(runs, chain(names, *cells))):
        return  # test_exports.py tells what becomes of formulas
    first, second = tmp_path / f"a{ending}", tmp_path / f"b{ending}"
    write_table(frame_of(names, cells), first)
    read = read_table(first)
    assert list(read.columns) == names
    assert rows_of(read) == cells
    copied(first, second, rows)
    assert second.read_bytes() == first.read_bytes() or ending == ".parquet"
    assert rows_of(read_table(second)) == cells


@common
@given(rows=st.lists(st.dictionaries(st.sampled_from("abcd"), values), min_size=1, max_size=6))
def test_json_survives_with_types_and_nesting(rows: list[dict[str, Any]], tmp_path: Path) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    names = list(dict.fromkeys(name for row in rows for name in row))
    copied(first, second, 2)
    back = [json.loads(line) for line in second.read_text("utf-8").split("\n")[:-1]]
    whole = [{name: row.get(name) for name in names} for row in rows]
    assert json.dumps(back) == json.dumps(whole if names else [])


def test_parquet_survives_with_types_and_nesting(tmp_path: Path) -> None:
    table = pa.table(
        {
            "whole": pa.array([1, None, 2**62 + 1]),
            "small": pa.array([1, 2, 3], pa.int8()),
            "real": pa.array([1.5, None, -0.0]),
            "yes": pa.array([True, None, False]),
            "text": pa.array(["007", None, "ж\n"], pa.large_string()),
            "kind": pa.array(["a", None, "a"]).dictionary_encode(),
            "list": pa.array([["x", None], None, []]),
            "object": pa.array([{"k": 1, "l": [1.5]}, None, {"k": None, "l": []}]),
            "day": pa.array([dt.date(2026, 11, 23), None, None]),
            "time": pa.array(
                [dt.datetime(2026, 11, 23, 1, 2, 3, 4, dt.UTC), None, None],
                pa.timestamp("us", "UTC"),
            ),
            "money": pa.array([Decimal("1.10"), None, None]),
            "bytes": pa.array([b"\x00", None, b""]),
            "nothing": pa.nulls(3),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    for rows in (1, 2, 100):
        copied(tmp_path / "a.parquet", tmp_path / "b.parquet", rows)
        back = pq.read_table(tmp_path / "b.parquet")
        assert back.to_pylist() == table.to_pylist()
        kinds = {field.name: field.type for field in table.schema} | {"kind": pa.large_string()}
        assert {field.name: field.type for field in back.schema} == kinds


def test_frames_have_the_types_one_expects(tmp_path: Path) -> None:
    frame = pd.DataFrame({"n": [1, 2], "f": [0.5, None], "b": [True, False], "t": ["x", None]})
    for ending in (".jsonl", ".parquet"):
        write_table(frame, tmp_path / f"a{ending}")
        pd.testing.assert_frame_equal(read_table(tmp_path / f"a{ending}"), frame)
    write_table(frame, tmp_path / "a.csv")
    assert rows_of(read_table(tmp_path / "a.csv")) == [
        ["1", "0.5", "True", "x"],
        ["2", None, "False", None],
    ]


def test_json_whose_types_show_late_goes_into_parquet(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"id": 1, "n": None, "mixed": None, "deep": {"a": 1}},
        {"id": 2, "n": 1, "mixed": 1, "deep": {"b": ["x"]}},
        {"id": 3, "n": 2.5, "mixed": "one", "deep": None},
        {"id": 4, "n": None, "mixed": {"k": [1]}, "deep": {"a": 2, "c": None}},
    ]
    source = tmp_path / "a.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    copied(source, tmp_path / "a.parquet", 1)
    back = pq.read_table(tmp_path / "a.parquet").to_pydict()
    assert back["id"] == [1, 2, 3, 4]
    assert back["n"] == [None, 1.0, 2.5, None]
    assert back["mixed"] == [None, "1", "one", '{"k": [1]}']
    assert back["deep"][1] == {"a": None, "b": ["x"], "c": None}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "a.parquet"]


def test_json_whose_names_never_end_is_text_in_parquet(tmp_path: Path) -> None:
    rows = [{"o": {f"k{n // 5}": n}, "wide": {f"w{n}": n}} for n in range(300)]
    source = tmp_path / "a.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    for size, names in ((5, ("o", "wide")), (150, ("wide",))):
        copied(source, tmp_path / "a.parquet", size)
        back = read_table(tmp_path / "a.parquet")
        for name in names:
            values = [json.loads(cell) for cell in back[name]]
            known = [{key: n for key, n in one.items() if n is not None} for one in values]
            assert known == [row[name] for row in rows]


def test_types_that_show_after_thousands_of_rows(tmp_path: Path) -> None:
    size = 9_000
    late: list[dict[str, Any]] = [
        {"n": 1, "x": None, "o": {"a": 1}, "often": None},
        {"n": 2.5, "x": None, "o": None, "often": 1},
        {"n": None, "x": [1], "o": {"b": "y"}, "often": 1.5},
        {"n": 4, "x": None, "o": {"a": 2}, "often": {"k": [1]}},
    ]
    with TableWriter(tmp_path / "a.parquet") as writer:
        for row in late:
            writer.write(pd.DataFrame([row] * size, dtype=object))
    back = pq.read_table(tmp_path / "a.parquet").to_pydict()
    assert back["n"] == [cell for cell in (1, 2.5, None, 4) for _ in range(size)]
    assert back["x"] == [cell for cell in (None, None, [1], None) for _ in range(size)]
    objects = [{"a": 1, "b": None}, None, {"a": None, "b": "y"}, {"a": 2, "b": None}]
    assert back["o"] == [cell for cell in objects for _ in range(size)]
    assert back["often"] == [cell for cell in (None, "1", "1.5", '{"k": [1]}') for _ in range(size)]
    assert [path.name for path in tmp_path.iterdir()] == ["a.parquet"]


def test_small_frames_share_row_groups(tmp_path: Path) -> None:
    with TableWriter(tmp_path / "a.parquet") as writer:
        for first in range(0, 10_240, 256):
            writer.write(pd.DataFrame({"n": range(first, first + 256)}))
    with pq.ParquetFile(tmp_path / "a.parquet") as file:
        groups = [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)]
    assert groups == [8_192, 2_048]
    assert read_table(tmp_path / "a.parquet")["n"].tolist() == list(range(10_240))


def test_what_nests_deep_is_text_in_parquet(tmp_path: Path) -> None:
    lists = {depth: "[" * depth + "NaN" + "]" * depth for depth in (39, 40, 41, 99)}
    source = tmp_path / "a.jsonl"
    source.write_text("{" + ", ".join(f'"{n}": {text}' for n, text in lists.items()) + "}\n")
    copied(source, tmp_path / "a.parquet", 1)
    kinds = {field.name: field.type for field in pq.read_schema(tmp_path / "a.parquet")}
    assert [pa.types.is_list(kinds[str(depth)]) for depth in lists] == [True, True, False, False]
    back = read_table(tmp_path / "a.parquet")
    assert back["99"][0] == "[" * 99 + "null" + "]" * 99
    write_table(read_table(source), tmp_path / "b.jsonl")
    assert json.loads((tmp_path / "b.jsonl").read_text())["99"] == json.loads(back["99"][0])


def test_what_parquet_cannot_hold_becomes_text(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text('{"big": 1180591620717411303424, "empty": {}}\n')
    write_table(read_table(source), tmp_path / "a.parquet")
    assert rows_of(read_table(tmp_path / "a.parquet")) == [["1180591620717411303424", "{}"]]


def test_what_text_cannot_hold_becomes_json(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "l": [["ж", 1]],
            "o": [{"k": None}],
            "d": [dt.date(2026, 1, 2)],
            "t": [pd.Timestamp("2026-01-02")],
        }
    )
    write_table(frame, tmp_path / "a.csv")
    assert rows_of(read_table(tmp_path / "a.csv")) == [
        ['["ж", 1]', '{"k": null}', "2026-01-02", "2026-01-02T00:00:00"]
    ]


def test_numbers_that_json_lacks_are_missing(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"p": [float("inf"), float("nan"), 0.5], "l": [[float("nan")], [1.0], None]}
    )
    write_table(frame, tmp_path / "a.jsonl")
    lines = (tmp_path / "a.jsonl").read_text().splitlines()
    assert lines[0] == '{"p": null, "l": [null]}'
    assert [json.loads(line, parse_constant=pytest.fail) for line in lines]


def test_half_a_surrogate_pair_does_not_stop_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"text": "a\\ud800b \\ud83d\\ude00", "\\udfff": ["\\ud801"]}\n'
    )
    frame = read_table(tmp_path / "a.jsonl")
    assert frame["text"][0] == "a\ufffdb 😀"
    for ending in ENDINGS:
        write_table(frame, tmp_path / f"b{ending}")
        assert read_table(tmp_path / f"b{ending}")["text"][0] == "a\ufffdb 😀"


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_nul_does_not_stop_a_table_from_being_written(ending: str, tmp_path: Path) -> None:
    write_table(pd.DataFrame({"text": ["a\0b", "\x01\x02"]}), tmp_path / f"a{ending}")
    kept = "a\ufffdb" if ending in {".csv", ".tsv"} else "a\0b"
    assert read_table(tmp_path / f"a{ending}")["text"].tolist() == [kept, "\x01\x02"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_huge_cells(ending: str, tmp_path: Path) -> None:
    text = '«так», — сказала яна "так"\n' * 100_000
    write_table(pd.DataFrame({"text": [text]}), tmp_path / f"a{ending}")
    assert read_table(tmp_path / f"a{ending}")["text"].tolist() == [text]


@pytest.mark.parametrize("ending", ENDINGS)
def test_no_rows(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{ending}"
    write_table(pd.DataFrame({"text": [], "label": []}, dtype="str"), path)
    assert "text" in read_table(path, required=("text",))
    pieces = list(iter_table(path, columns=("text", "label")))
    assert [len(piece) for piece in pieces] == [0]
    assert list(pieces[0].columns) == ["text", "label"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_pieces_are_whole_and_in_order(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{ending}"
    write_table(pd.DataFrame({"n": [str(n) for n in range(10)]}), path)
    pieces = list(iter_table(path, chunk_rows=4))
    assert [len(piece) for piece in pieces] == [4, 4, 2]
    assert [n for piece in pieces for n in piece["n"]] == [str(n) for n in range(10)]
    assert [list(piece.index) for piece in pieces] == [[0, 1, 2, 3], [0, 1, 2, 3], [0, 1]]
    with pytest.raises(ValueError, match="chunk_rows"):
        iter_table(path, chunk_rows=0)


# ------------------------------------------------------------------------------ what people have


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "iso8859-5", "koi8-u"])
def test_encodings_of_text_tables(codec: str, tmp_path: Path) -> None:
    text = (SAMPLES / "uk-journalism-1.txt").read_text("utf-8")
    text = text.translate(str.maketrans("«»“”—–’…", '""""--\'.')).replace("№", "N")
    frame = frame_of(["text", "label"], [[text, "journalism"], ["Ще один рядок, з комою", None]])
    write_table(frame, tmp_path / "a.csv")
    data = (tmp_path / "a.csv").read_text("utf-8").encode(codec)
    (tmp_path / "b.csv").write_bytes(data)
    assert rows_of(read_table(tmp_path / "b.csv")) == rows_of(frame)


def test_the_encoding_may_show_after_megabytes_of_ascii(tmp_path: Path) -> None:
    lines = b"id,text\n" + b"1,plain words\n" * 80_000
    (tmp_path / "a.csv").write_bytes(
        lines + "2,Приклад українського тексту наприкінці\n".encode("cp1251")
    )
    assert (
        read_table(tmp_path / "a.csv")["text"].iloc[-1] == "Приклад українського тексту наприкінці"
    )
    (tmp_path / "b.csv").write_bytes("id,text\n1,Прыклад\n".encode() + lines[8:] + b"2,\xff\n")
    with pytest.raises(TableError, match=r"b\.csv holds bytes that are not text in utf-8\.$"):
        read_table(tmp_path / "b.csv")


def test_the_encoding_is_told_by_all_bytes_of_the_file(tmp_path: Path) -> None:
    lines = "id,text\n" + "1,“plain words” – and more\n" * 60_000
    for end, codec in (("2,café\n", "cp1252"), ("2,Żółta łódź\n", "cp1250")):
        (tmp_path / "a.csv").write_bytes((lines + end).encode(codec))
        assert read_table(tmp_path / "a.csv")["text"].iloc[-1] == end[2:-1]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_tables_as_spreadsheets_save_them(mark: bytes, end: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(mark + end.join([b"text;label", b'"a; ""b"", c";007', b"", b"d;", b""]))
    assert rows_of(read_table(path)) == [['a; "b", c', "007"], ["d", None]]


def test_short_rows_are_filled(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b,c\n1\n2,3\n4,5,6")
    assert rows_of(read_table(tmp_path / "a.csv")) == [
        ["1", None, None],
        ["2", "3", None],
        ["4", "5", "6"],
    ]


def test_the_file_of_labels_of_the_samples() -> None:
    frame = read_table(SAMPLES / "labels.csv")
    assert len(frame) == 30
    assert frame.notna().all(axis=None)


def test_endings_in_any_case(tmp_path: Path) -> None:
    for ending in ENDINGS:
        path = tmp_path / f"a{ending.upper()}"
        write_table(pd.DataFrame({"a": ["x"]}), path)
        assert rows_of(read_table(path)) == [["x"]]


# -------------------------------------------------------------------------------- what goes wrong

BAD = {
    "long.csv": (
        b"a,b\n1,2\n\n1,2,3\n",
        r"row that ends at line 4 of .*long\.csv has 3 cells.* header 2\.$",
    ),
    "quote.csv": (b'a,b\n"x,1\n2,3\n', r"quote\.csv is malformed at line 3: .*\.$"),
    "twice.csv": (b"text,label,text\n", r"twice\.csv has 2 columns named “text”\.$"),
    "empty.csv": (b"", r"empty\.csv is empty: it has no header\.$"),
    "blank.tsv": (b"\n\n", r"blank\.tsv is empty: it has no header\.$"),
    "nul.csv": (b"a,b\n1,2\n\x00,2\n", r"^Line 3 of .*nul\.csv holds a NUL: .*\.$"),
    "wide.csv": ("a,b\n".encode("utf-16-le"), r"^Line 1 of .*wide\.csv holds a NUL: .*\.$"),
    "nul.jsonl": (b'{"a": 1}\n\x00', r"^Line 2 of .*nul\.jsonl holds a NUL: .*\.$"),
    "image.tsv": (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        r"image\.tsv is an image \(PNG\), not text\.$",
    ),
    "really.csv": (
        b"PAR1\x15\x04\x15\x00\x00\x00PAR1",
        r"really\.csv is a Parquet table, whatever its name says: name it \.parquet\.$",
    ),
    "list.jsonl": (b'{"a": 1}\n\n[1]\n', r"^Line 3 of .*list\.jsonl is not a JSON object.*\.$"),
    "cut.jsonl": (b'{"a": 1}\n{"a": ', r"^Line 2 of .*cut\.jsonl is not JSON: .*\.$"),
    "deep.jsonl": (
        b'{"a": ' + b"[" * 100_000,
        r"^Line 1 of .*deep\.jsonl nests more than 100 deep\.$",
    ),
    "digits.jsonl": (
        b'{"a": ' + b"1" * 5_000 + b"}",
        r"^Line 1 of .*digits\.jsonl is not JSON: .*\.$",
    ),
    "twice.jsonl": (
        b'{"a": 1, "a": 2}\n',
        r"^Line 1 of .*twice\.jsonl has “a” twice in one object\.$",
    ),
    "empty.parquet": (b"", r"empty\.parquet is not a Parquet table, or is damaged: .*\.$"),
    "text.parquet": (
        b"text,label\nx,y\n",
        r"text\.parquet is not a Parquet table, or is damaged: .*\.$",
    ),
    "table.xlsx": (
        b"PK\x03\x04",
        r"table\.xlsx is not a workbook \(\.xlsx\), or is damaged\.$",
    ),
    "table": (b"a\n1\n", r"table is not a table .* \.csv, .*, \.parquet or \.xlsx\.$"),
}


@pytest.mark.parametrize("name", BAD)
def test_damage_is_told_in_one_sentence(name: str, tmp_path: Path) -> None:
    data, sentence = BAD[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(TableError, match=sentence) as caught:
        read_table(tmp_path / name)
    assert "\n" not in str(caught.value)
    with pytest.raises(TableError, match=sentence):
        list(iter_table(tmp_path / name, chunk_rows=1))


def test_parquet_cut_anywhere(tmp_path: Path) -> None:
    frame = frame_of(["text"], [[f"{n} row"] for n in range(1_000)])
    write_table(frame, tmp_path / "a.parquet")
    data = (tmp_path / "a.parquet").read_bytes()
    for size in range(0, len(data), max(1, len(data) // 50)):
        (tmp_path / "b.parquet").write_bytes(data[:size])
        with pytest.raises(TableError, match=r"b\.parquet is not a Parquet table, or is damaged"):
            read_table(tmp_path / "b.parquet")


@common
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(1, 255))
def test_parquet_with_a_changed_byte_is_read_or_refused(
    place: float, byte: int, tmp_path: Path
) -> None:
    frame = frame_of(["text", "label"], [[f"радок {n}", "x"] for n in range(100)])
    write_table(frame, tmp_path / "a.parquet")
    data = bytearray((tmp_path / "a.parquet").read_bytes())
    data[int(place * len(data))] ^= byte
    (tmp_path / "b.parquet").write_bytes(data)
    try:
        assert rows_of(read_table(tmp_path / "b.parquet")) is not None
    except TableError as error:
        said = str(error)
    else:
        return
    assert "\n" not in said


def test_parquet_with_text_that_is_not_unicode(tmp_path: Path) -> None:
    raw = pa.array([b"\xff\xfe"]).view(pa.string())
    pq.write_table(pa.table({"text": raw}), tmp_path / "a.parquet")
    with pytest.raises(TableError, match=r"damaged: .*UTF8"):
        read_table(tmp_path / "a.parquet")


def test_parquet_with_a_name_twice(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"])
    pq.write_table(table, tmp_path / "a.parquet")
    with pytest.raises(TableError, match="has 2 columns named “a”"):
        read_table(tmp_path / "a.parquet")


@pytest.mark.parametrize("ending", ENDINGS)
def test_missing_files_and_folders(ending: str, tmp_path: Path) -> None:
    with pytest.raises(TableError, match=rf"^There is no file .*a\{ending}\.$"):
        read_table(tmp_path / f"a{ending}")
    (tmp_path / f"a{ending}").mkdir()
    with pytest.raises(TableError, match=r"is a folder, not a file\.$"):
        read_table(tmp_path / f"a{ending}")


@pytest.mark.parametrize("ending", ENDINGS)
def test_missing_columns_are_named_before_any_row_is_read(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{ending}"
    write_table(pd.DataFrame({"title": ["x"], "url": ["y"]}), path)
    way = r"Name the right one with --text-column\.$"
    with pytest.raises(
        TableError, match=rf"lacks the column “text”; it has “title”, “url”\. {way}"
    ):
        read_table(path, required=("title", "text"))
    with pytest.raises(TableError, match=r"lacks the columns “text”, “label”; it has"):
        iter_table(path, columns=("text", "label"))


# ---------------------------------------------------------------------------- writing all or none


def interrupted(path: Path, event: BaseException | pd.DataFrame) -> None:
    """Write a row, and then what must not be written."""
    with TableWriter(path) as writer:
        writer.write(pd.DataFrame({"a": ["new"]}))
        if isinstance(event, BaseException):
            raise event
        writer.write(event)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_failure_leaves_what_was_there(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{ending}"
    write_table(pd.DataFrame({"a": ["old"]}), path)
    with pytest.raises(KeyboardInterrupt):
        interrupted(path, KeyboardInterrupt())
    with pytest.raises(TableError, match="change their columns from “a” to “b”"):
        interrupted(path, pd.DataFrame({"b": ["new"]}))
    assert rows_of(read_table(path)) == [["old"]]
    assert [path.name for path in tmp_path.iterdir()] == [path.name]


def test_rows_that_fail_on_closing_leave_what_was_there(tmp_path: Path) -> None:
    """Parquet has no form for spans of the calendar."""
    path, frame = tmp_path / "a.parquet", pd.DataFrame({"a": [pd.DateOffset(months=1)]})
    write_table(pd.DataFrame({"a": ["old"]}), path)
    with pytest.raises(TableError, match=r"^These rows cannot be written to Parquet: "):
        write_table(frame, path)
    with pytest.raises(ZeroDivisionError):
        written(path, frame, ZeroDivisionError())
    with pytest.raises(TableError, match="cannot be written"):
        written(path, pd.DataFrame({"a": [None] * 10_000}), frame)
    assert rows_of(read_table(path)) == [["old"]]
    assert [path.name for path in tmp_path.iterdir()] == [path.name]


def written(path: Path, *events: pd.DataFrame | BaseException) -> None:
    """Write frames, or raise."""
    with TableWriter(path) as writer:
        for event in events:
            if isinstance(event, BaseException):
                raise event
            writer.write(event)


def test_nothing_is_seen_before_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with TableWriter(path) as writer:
        writer.write(pd.DataFrame({"a": ["x"]}))
        assert not path.exists()
    assert rows_of(read_table(path)) == [["x"]]


def test_the_target_keeps_its_permissions_and_a_link_its_place(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    write_table(pd.DataFrame({"a": ["x"]}), real)
    umask = os.umask(0)
    os.umask(umask)
    assert real.stat().st_mode & 0o777 == 0o666 & ~umask
    real.chmod(0o640)
    link.symlink_to(real)
    write_table(pd.DataFrame({"a": ["y"]}), link)
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert rows_of(read_table(real)) == [["y"]]


@pytest.mark.parametrize("ending", ENDINGS)
def test_targets_that_cannot_be_written(ending: str, tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": ["x"]})
    with pytest.raises(TableError, match=r"could not be written: there is no folder .*no\.$"):
        write_table(frame, tmp_path / "no" / f"a{ending}")
    (tmp_path / f"a{ending}").mkdir()
    with pytest.raises(TableError, match=r"could not be written: it is a folder\.$"):
        write_table(frame, tmp_path / f"a{ending}")
    (tmp_path / "file").touch()
    with pytest.raises(TableError, match=r"could not be written"):
        write_table(frame, tmp_path / "file" / f"a{ending}")
    with pytest.raises(TableError, match="has 2 columns named “a”"):
        write_table(pd.concat([frame, frame], axis=1), tmp_path / f"b{ending}")
    with pytest.raises(TableError, match="is not a table"):
        write_table(frame, tmp_path / "a.doc")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit to set here")
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_full_disk(ending: str, tmp_path: Path) -> None:
    """A limit on the size of files is to a program what a full disk is."""
    path = tmp_path / f"a{ending}"
    write_table(pd.DataFrame({"a": ["old"]}), path)
    code = f"""
import random, resource, pandas as pd
from krynica.data.tables.table import TableWriter, TableError
frame = pd.DataFrame({{"a": [random.randbytes(1000).hex() for _ in range(1000)]}})
resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))
try:
    with TableWriter({str(path)!r}) as writer:
        writer.write(frame)
        writer.write(frame)
except TableError as error:
    print(error)
"""
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert run.stderr == ""
    assert f"a{ending} could not be written: " in run.stdout
    assert rows_of(read_table(path)) == [["old"]]
    assert [path.name for path in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("ending", ENDINGS)
def test_memory_does_not_grow_with_the_table(ending: str, tmp_path: Path) -> None:
    path, piece = tmp_path / f"a{ending}", pd.DataFrame({"text": ["Слова за словам. " * 100] * 250})
    with TableWriter(path) as writer:
        for _ in range(20):
            writer.write(piece)
    tracemalloc.start()
    held = pa.total_allocated_bytes()
    rows = sum(len(frame) for frame in iter_table(path, chunk_rows=100))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rows == 5_000
    assert peak < 5_000_000  # the table is 8,500,000 characters, a piece of it 170,000
    assert pa.total_allocated_bytes() - held < 5_000_000
