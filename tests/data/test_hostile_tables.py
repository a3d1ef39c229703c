"""Of a hostile table every row keeps its place, and what is wrong with it is told."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from krynica.classifier.errors import TableError
from krynica.data.tables.parquet import partitions, read_partition
from krynica.data.tables.table import iter_table, read_table, write_table

Faults = list[tuple[int, str]]


def read(path: Path, rows: int = 1_000) -> tuple[list[str], list[list[Any]], Faults]:
    """Return names, rows and faults, and see to it that faults come before their frame."""
    faults: Faults = []
    names: list[str] = []
    found: list[list[Any]] = []
    for frame in iter_table(path, chunk_rows=rows, on_fault=lambda *told: faults.append(told)):
        names = list(frame.columns)
        assert all(number < len(found) + len(frame) for number, _ in faults)
        whole = frame.astype(object).where(frame.notna(), None)
        found += [list(row) for row in whole.itertuples(index=False, name=None)]
    return names, found, faults


def table(folder: Path, name: str, data: bytes) -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(data)
    return path


LONG = b"x" * 20_000_001
NESTED = json.loads("[" * 99 + "]" * 99)
HOSTILE: dict[str, tuple[bytes, list[list[Any]], list[tuple[int, str]]]] = {
    "wide.csv": (
        b"a,b\n1,2\n3,4,5,6\n7\n",
        [["1", "2"], ["3", "4"], ["7", None]],
        [(1, "has 4 cells, and its header 2")],
    ),
    "nul.csv": (
        b"a,b\n1,x\x00y\n2,z\n",
        [["1", "x\ufffdy"], ["2", "z"]],
        [(0, "Line 2 of .* holds a NUL")],
    ),
    "nuls.csv": (
        b'a,b\n1,"x\x00\ny\x00\nz"\n2,z\n',
        [["1", "x\ufffd\ny\ufffd\nz"], ["2", "z"]],
        [(0, "Line 2 of .* holds a NUL")],
    ),
    "open.csv": (
        b'a,b\n1,"never closed\n2,plain\n3,"two\nlines"\n',
        [["1", "never closed"], ["2", "plain"], ["3", "two\nlines"]],
        [(0, "malformed at line 4")],
    ),
    "last.csv": (b'a,b\n1,x\n2,"open\n\n', [["1", "x"], ["2", "open"]], [(1, "malformed")]),
    "inside.tsv": (
        b'a\tb\n1\t"x" y\n2\tz\n',
        [["1", "x y"], ["2", "z"]],
        [(0, "malformed at line 2")],
    ),
    "bytes.csv": (
        b"a,b\n1,caf\xe9 \xff\n" + "2,жук\n3,кіт\n".encode(),
        [["1", "caf\ufffd \ufffd"], ["2", "жук"], ["3", "кіт"]],
        [(0, "Line 2 of .* holds bytes that are not text in utf-8")],
    ),
    "few.csv": (
        b"a,b\n1,\xff\xfe\xfd\n2,plain\n",
        [["1", "\ufffd" * 3], ["2", "plain"]],
        [(0, "not text in utf-8")],
    ),
    "huge.csv": (
        b"a,b\n1,x\n2," + LONG + b"\n3,y\n",
        [["1", "x"], ["2", None], ["3", "y"]],
        [(1, r"Line 3 of .* has more than 20,000,000 characters")],
    ),
    "growing.csv": (
        b'a,b\n1,"' + b"x\n" * 310_000 + b"2,y\n",
        [["1", "x"], *[["x", None]] * 309_999, ["2", "y"]],
        [(0, "a row has more than 20,000,000 characters")],
    ),
    "huge.jsonl": (
        b'{"a": 1}\n{"a": "' + LONG + b'"}\n{"a": 2}\n',
        [[1], [None], [2]],
        [(1, r"Line 2 of .* has more than 20,000,000 characters")],
    ),
    "lines.jsonl": (
        b'{"a": 1}\n{"a": \n\n[1]\n{"a": 2, "a": 3}\n\x00\n{"a": "\xff\xfe\xfd"}\nnull\n',
        [[1], [None], [None], [3], [None], ["\ufffd" * 3], [None]],
        [
            (1, "Line 2 of .* is not JSON"),
            (2, "Line 4 of .* is not a JSON object"),
            (3, "has “a” twice"),
            (4, "holds a NUL"),
            (5, "holds bytes that are not text"),
            (6, "is not a JSON object"),
        ],
    ),
    "deep.jsonl": (
        b'{"a": ' + b"[" * 99 + b"]" * 99 + b', "b": "' + b"[" * 200 + b'\\"["}\n'
        b'{"a": ' + b"[" * 100 + b"]" * 100 + b', "b": 2}\n'
        b'{"a": ' + b"[" * 500 + b"NaN" + b"]" * 500 + b', "b": 3}\n'
        b'{"a": ' + b'{"k": ' * 100_000 + b'\n{"a": 4, "b": 5}\n',
        [[NESTED, "[" * 200 + '"['], [None, 2], [None, None], [None, None], [4, 5]],
        [(number, f"Line {number + 1} of .* nests more than 100 deep") for number in (1, 2, 3)],
    ),
    "nothing.jsonl": (b"[1]\n2\n", [[], []], [(0, "not a JSON object"), (1, "not a JSON object")]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_rows_that_cannot_be_read_keep_their_place(name: str, tmp_path: Path) -> None:
    data, rows, faults = HOSTILE[name]
    path = table(tmp_path, name, data)
    _, found, told = read(path)
    assert found == rows
    assert [number for number, _ in told] == [number for number, _ in faults]
    for (_, sentence), (_, pattern) in zip(told, faults, strict=True):
        assert pd.Series([sentence]).str.contains(pattern).all(), sentence
        assert sentence.endswith(".")
        assert "\n" not in sentence
    with pytest.raises(TableError, match=faults[0][1]):
        read_table(path)


def test_rows_in_utf8_among_others(tmp_path: Path) -> None:
    old = "1,Першы радок табліцы\n2,Другі радок па-беларуску\n3,Трэці радок таксама\n"
    new = "4,ИЗ іншага месца прыйшоў\n"
    data = b"a,b\n" + old.encode("cp1251") + new.encode()
    _, rows, faults = read(table(tmp_path, "a.csv", data))
    assert [row[1] for row in rows] == [line[2:] for line in (old + new).splitlines()]
    assert [number for number, _ in faults] == [3]
    assert faults[0][1].endswith("is in UTF-8, and others are in cp1251.")


def test_two_columns_of_one_name_are_numbered(tmp_path: Path) -> None:
    path = table(tmp_path, "a.csv", b"text,text,text_2,text,label\n1,2,3,4,5\n")
    names, rows, faults = read(path)
    assert names == ["text", "text_3", "text_2", "text_4", "label"]
    assert rows == [["1", "2", "3", "4", "5"]]
    assert faults == [(-1, f"The table {path} has 3 columns named “text”.")]
    arrow = pa.Table.from_arrays([pa.array([1, 2]), pa.array([3, 4])], names=["a", "a"])
    pq.write_table(arrow, tmp_path / "a.parquet")
    names, rows, faults = read(tmp_path / "a.parquet", 1)
    assert (names, rows) == (["a", "a_2"], [[1, 3], [2, 4]])
    assert [number for number, _ in faults] == [-1]


def test_a_header_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    names, rows, faults = read(table(tmp_path, "a.csv", b"text,na\xff\xfe\xfdme\nx,y\n"))
    assert (names, rows) == (["text", "na\ufffd\ufffd\ufffdme"], [["x", "y"]])
    assert [number for number, _ in faults] == [-1]


def test_a_header_with_line_breaks_tells_its_separator(tmp_path: Path) -> None:
    path = table(tmp_path, "a.csv", b'"Text,\nas sent";label\n"a;b";c\n')
    assert read(path) == (["Text,\nas sent", "label"], [["a;b", "c"]], [])


def test_a_line_that_names_the_separator_is_no_header(tmp_path: Path) -> None:
    path = table(tmp_path, "a.csv", b'sep=;\na,b;c\n1;"x" y\n2;z\n')
    names, rows, faults = read(path)
    assert (names, rows) == (["a,b", "c"], [["1", "x y"], ["2", "z"]])
    assert [(number, "malformed at line 3" in told) for number, told in faults] == [(0, True)]
    with pytest.raises(TableError, match="is empty"):
        read(table(tmp_path, "b.csv", b"sep=;\n"))


def test_parquet_with_cells_that_are_no_unicode(tmp_path: Path) -> None:
    raw = pa.array([b"ok", b"caf\xe9", None]).view(pa.string())
    pq.write_table(pa.table({"n": [1, 2, 3], "text": raw}), tmp_path / "a.parquet")
    for rows in (1, 2, 3):
        _, found, faults = read(tmp_path / "a.parquet", rows)
        assert found == [[1, "ok"], [2, "caf\ufffd"], [3, None]]
        sentence = f"Row 2 of {tmp_path / 'a.parquet'} holds text that is not UTF-8."
        assert faults == [(1, sentence)]


def test_partitions_have_the_rows_of_the_whole(tmp_path: Path) -> None:
    raw = pa.array([b"ok", b"caf\xe9", None]).view(pa.string())
    arrow = pa.Table.from_arrays([pa.array([1, 2, 3]), raw, raw], names=["n", "text", "text"])
    pq.write_table(arrow, tmp_path / "a.parquet", row_group_size=2)
    whole = pd.concat(iter_table(tmp_path / "a.parquet", on_fault=lambda *_: None))
    for names in (["text"], ["text", "text_2"]):
        parts = [read_partition(part) for part in partitions(tmp_path / "a.parquet", names, 1)]
        assert len(parts) == 3
        assert pd.concat(parts)[names].fillna("").to_dict("list") == (
            whole[names].fillna("").to_dict("list")
        )


def test_parquet_with_a_cell_that_no_article_has(tmp_path: Path) -> None:
    most = "ж" * 20_000_000
    texts = pa.array(["a", most + "ж", None, most])
    view = texts.cast(pa.string_view())
    arrow = pa.table({"n": view, "text": texts, "same": texts.dictionary_encode()})
    path = tmp_path / "a.parquet"
    pq.write_table(arrow, path, compression="zstd")
    _, rows, faults = read(path)
    assert rows == [["a"] * 3, [None] * 3, [None] * 3, [most] * 3]
    assert faults == [(1, f"Row 2 of {path} has a cell of more than 20,000,000 characters.")]
    with pytest.raises(TableError, match=r"Row 2 of .* has a cell of more than"):
        read_table(path)
    parts = [read_partition(part) for part in partitions(path, ["text"], 100)]
    assert [text for part in parts for text in part["text"].fillna("")] == ["a", "", "", most]


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet"])
def test_long_rows_come_in_small_frames(ending: str, tmp_path: Path) -> None:
    length, sizes = (6_000_000, [3, 3, 1]) if ending != ".parquet" else (12_000_000, [5, 2])
    texts = [f"{number}" * length for number in range(7)]
    path = tmp_path / f"a{ending}"
    write_table(pd.DataFrame({"text": texts}), path)
    if ending == ".parquet":
        pq.write_table(pa.table({"text": texts}), path, compression="zstd")
        assert [part.count for part in partitions(path, ["text"], 1_000)] == sizes
    for _ in range(2):
        frames = list(iter_table(path))
        assert [len(frame) for frame in frames] == sizes
        assert [text for frame in frames for text in frame["text"]] == texts
    assert [len(frame) for frame in iter_table(path, chunk_rows=2)] == [2, 2, 2, 1]


def test_wide_rows_come_in_small_frames(tmp_path: Path) -> None:
    """A short row of a table with many columns is as many cells."""
    header = ",".join(f"c{number}" for number in range(4_000))
    path = table(tmp_path, "a.csv", header.encode() + b"\n" + b"x\n" * 5_000)
    assert [len(frame) for frame in iter_table(path)] == [4_000, 1_000]


# ------------------------------------------------------------------- the same on every reading

pieces = st.lists(
    st.sampled_from(
        [
            *(b'"', b'""', b",", b"\n", b"\r\n", b"\r", b"a", b";", b"\t", b"\0", b"\xff", b" "),
            *(b'{"a": 1}', b'{"a": ', b"[", "ж".encode(), "ж".encode("cp1251"), b"\xef\xbb\xbf"),
        ]
    ),
    max_size=40,
).map(b"".join)


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".jsonl", ".parquet"])
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=80
)
@given(data=pieces | st.binary(max_size=60))
def test_any_bytes_are_rows_or_no_table(ending: str, data: bytes, tmp_path: Path) -> None:
    path = table(tmp_path, f"a{ending}", data)
    try:
        first = read(path, 1)
    except TableError as error:
        refused = str(error)
        for rows in (7, 1_000):
            with pytest.raises(TableError) as caught:
                read(path, rows)
            assert str(caught.value) == refused
        return
    assert first == read(path, 7) == read(path, 1_000)
    names, rows, faults = first
    assert len(set(names)) == len(names)
    numbers = [number for number, _ in faults if number >= 0]
    assert sorted(set(numbers)) == numbers
    assert all(number < len(rows) for number in numbers)
    if not faults:
        assert len(read_table(path)) == len(rows)


def test_a_mark_of_a_byte_order_inside_a_table_is_none(tmp_path: Path) -> None:
    data = b'a;\xef\xbb\xbf\xe2\x80\xa8 \r",a{"a":1}\n\xff\xfe\xe0\xe0\xd0\xb0\n'
    _, rows, faults = read(table(tmp_path, "a.csv", data), 10)
    assert rows
    assert faults


@pytest.mark.parametrize("ending", [".csv", ".jsonl"])
def test_damage_wherever_a_piece_of_the_file_ends(ending: str, tmp_path: Path) -> None:
    for shift in range(12):
        cells = [b"a" * (65_520 - shift), "ж".encode() * 9, b"\xff\xfe\xfd", b"b" * 70_000, b"y\0"]
        if ending == ".csv":
            lines = [b"a", *cells]
        else:
            lines = [b'{"a": "' + cell + b'"}' for cell in cells]
        _, rows, faults = read(table(tmp_path, f"a{ending}", b"\r\n".join([*lines, b""])))
        assert rows == [[cell.decode("utf-8", "replace").replace("\0", "\ufffd")] for cell in cells]
        assert [number for number, _ in faults] == [2, 4]


# ----------------------------------------------------------------------- bounded time and memory


def test_time_grows_with_the_file_also_where_no_quotation_mark_is_closed(tmp_path: Path) -> None:
    """Each of these lines opens a cell, whether it begins inside one or not."""
    data = b"a,b,c\n" + b'""",x","\n' * 100_000
    begin = time.process_time()
    _, rows, faults = read(table(tmp_path, "a.csv", data))
    assert time.process_time() - begin < 20
    assert len(rows) == 100_000
    assert len(faults) == 100_000


@pytest.mark.skipif(sys.platform == "win32", reason="there is no measure of memory here")
@pytest.mark.parametrize("ending", [".csv", ".jsonl"])
def test_a_line_of_a_hundred_megabytes(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{ending}"
    with path.open("wb") as file:
        file.write(b'a,b\n1,"' if ending == ".csv" else b'{"a": "')
        for _ in range(100):
            file.write("ж".encode() * 500_000)
        file.write(b'"\n2,x\n' if ending == ".csv" else b'"}\n{"a": 2}\n')
    code = f"""
import resource
from krynica.data.tables.table import iter_table
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
faults = []
rows = sum(len(frame) for frame in iter_table({str(path)!r}, on_fault=lambda *f: faults.append(f)))
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(rows, len(faults), (after - before) // (1024 if {sys.platform != "darwin"} else 1 << 20))
"""
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    rows, faults, megabytes = map(int, run.stdout.split())
    assert (rows, faults) == (2, 1)
    assert megabytes < 300
