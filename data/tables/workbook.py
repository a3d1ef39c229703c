"""Tables in workbooks (``.xlsx``), read row by row in memory that does not grow with them.

The first sheet is read, unless another has the column that is asked for. Its first row that is not
blank is the header; blank rows are no rows. Numbers, text and truth keep their types, dates become
text by ISO 8601; of formulas the values that the program saved are read.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from krynica.classifier.errors import TableError
from krynica.data.messages import reading_failed, shown
from krynica.data.tables.cells import distinct_names
from krynica.data.tables.chunks import chunked
from krynica.data.tables.faults import OnFault
from krynica.data.tables.jsonlines import column_of
from krynica.data.tables.workbook_parts import check_parts

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

ROWS = 1_048_576
"""Rows of a sheet, its header among them (Microsoft, "Excel specifications and limits")."""
COLUMNS = 16_384
"""Columns of a sheet (the same)."""
_BATCH = 64
"""Rows that are asked for at a time."""
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How a sign is written that XML has no place for (ECMA-376, 22.9.2.19)."""
_ERRORS = frozenset({"#N/A", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})


def columns(path: Path, on_fault: OnFault, required: Sequence[str] = ()) -> list[str]:
    """Return the names of the columns of the sheet that is read.

    Raises
    ------
    classifier.errors.TableError
        If it is no workbook, is damaged, has no header, or what is wrong with it is refused.
    """
    with _opened(path) as workbook:
        _, _, header = _sheet(workbook, path, required)
    return distinct_names(header, shown(path), on_fault)


def frames(
    path: Path,
    names: Sequence[str],
    rows: int | None,
    on_fault: OnFault,
    required: Sequence[str] = (),
) -> Iterator[pd.DataFrame]:
    """Give the rows in order, in frames as of `chunked`; one empty frame if there are none.

    Parameters
    ----------
    path, names, rows
        The file, its columns, and most rows of a frame.
    on_fault
        Told of a row that has cells beyond its header.
    required
        Columns that the sheet must have.
    """
    with _opened(path) as workbook:
        sheet, first, _ = _sheet(workbook, path, required)
        filled = _filled(path, _rows(path, sheet, first, len(names) + 1), names, on_fault)
        for chunk in chunked(filled, rows):
            cells = zip(*chunk, strict=True) if chunk else [()] * len(names)
            yield pd.DataFrame(
                {name: column_of(list(one)) for name, one in zip(names, cells, strict=True)},
                index=range(len(chunk)),
            )


def _filled(
    path: Path, rows: Iterator[tuple[int, list[Any]]], names: Sequence[str], on_fault: OnFault
) -> Iterator[tuple[list[Any], int]]:
    """Give rows as wide as the header, with their sizes."""
    width = len(names)
    for number, (line, cells) in enumerate(rows):
        if any(cell is not None for cell in cells[width:]):
            on_fault(number, f"Row {line} of {shown(path)} has cells beyond its header.")
        size = sum(len(cell) for cell in cells if isinstance(cell, str))
        yield cells[:width] + [None] * (width - len(cells)), width + size


@contextmanager
def _opened(path: Path) -> Iterator[Workbook]:
    try:
        status = path.stat()
        _check(path, (status.st_size, status.st_mtime_ns))
        file = path.open("rb")
    except (OSError, ValueError) as error:
        raise TableError(reading_failed(path, error)) from error
    with file, _damage_told(path):
        import openpyxl

        # By a name it would refuse one that is called otherwise.
        yield openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)


@lru_cache(maxsize=4)
def _check(path: Path, _version: tuple[int, int]) -> None:
    """Look into all parts; once, as a batch opens a table several times."""
    with _damage_told(path), zipfile.ZipFile(path) as archive:
        check_parts(archive, shown(path))


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    """Say in one sentence what the library says in many ways, and what it warns of not at all."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (TableError, OSError):
        raise
    except Exception as error:  # its parsers' own trees are many; all mean the same
        raise TableError(f"{shown(path)} is not a workbook (.xlsx), or is damaged.") from error


def _sheet(workbook: Workbook, path: Path, required: Sequence[str]) -> tuple[Any, int, list[str]]:
    """Return the sheet that is read, the number of its header's row, and its header."""
    found = [
        (sheet, *header)
        for sheet in sorted(workbook.worksheets, key=lambda one: one.sheet_state != "visible")
        if (header := _header(path, sheet)) is not None
    ]
    if not found:
        raise TableError(f"The table {shown(path)} is empty: it has no header.")
    wanted = required[0] if required else None
    return next((one for one in found if wanted in one[2]), found[0])


def _header(path: Path, sheet: Any) -> tuple[int, list[str]] | None:
    for number, cells in _rows(path, sheet, 0, COLUMNS):
        names = ["" if cell is None else str(cell).strip() for cell in cells]
        while names and not names[-1]:
            names.pop()
        return number, names
    return None


def _rows(path: Path, sheet: Any, above: int, width: int) -> Iterator[tuple[int, list[Any]]]:
    """Give the rows below one that are not blank, each with its number from 1."""
    sheet.reset_dimensions()  # what a file says of its size may be a lie
    rows = iter(sheet.iter_rows(max_col=min(width, COLUMNS), values_only=True))
    number = 0
    while True:
        with _damage_told(path):
            batch = list(islice(rows, _BATCH))
        if not batch:
            return
        for cells in batch:
            number += 1
            if number > ROWS:
                raise TableError(f"{shown(path)} has more rows than a workbook can have.")
            plain = [_plain(cell) for cell in cells] if number > above else []
            if any(cell is not None for cell in plain):
                yield number, plain


def _plain(cell: Any) -> Any:
    """Return a cell as tables have it."""
    match cell:
        case str():
            text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell)
            return None if not text or text in _ERRORS else text.replace("\r\n", "\n")
        case dt.datetime() if cell.time() == dt.time():
            return cell.date().isoformat()
        case dt.datetime() | dt.date() | dt.time():
            return cell.isoformat()
        case dt.timedelta():
            return str(cell)
        case _:
            return cell
