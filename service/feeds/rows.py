"""The table that ``krynica feed`` writes: its columns, and how rows become a table and return."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from krynica.classifier.errors import TableError
from krynica.data.tables.delimited import PLAIN, Dialect
from krynica.data.tables.table import TableWriter, iter_table
from krynica.service.rows import KINDS, OUTPUT_COLUMNS, Cells

ITEM_COLUMNS = ("outlet", "feed", "url", "title", "published")
"""What is known of an item; the columns of ``krynica batch`` follow."""
COLUMNS = (*ITEM_COLUMNS, *OUTPUT_COLUMNS)

_CHUNK = 2_000
"""Rows that are written at once."""


def write_rows(rows: Iterator[Cells], output: Path, dialect: Dialect = PLAIN) -> int:
    """Write a table anew; until it is whole, what was there stays.

    Parameters
    ----------
    rows
        All of them.
    output, dialect
        Where, and how a table of text is written.

    Returns
    -------
    int
        Cells that a spreadsheet program would have run as formulas, and now does not.

    Raises
    ------
    classifier.errors.TableError
        If it cannot be written.
    """
    with TableWriter(output, dialect) as writer:
        writer.write(_frame([]))
        while chunk := list(islice(rows, _CHUNK)):
            writer.write(_frame(chunk))
        return writer.defused


def read_rows(output: Path) -> Iterator[Cells]:
    """Yield the rows of a table that was written before.

    Raises
    ------
    classifier.errors.TableError
        If it is no such table.
    """
    for table in iter_table(output):
        _check_columns(table, output)
        for values in table.astype(object).where(table.notna(), None).itertuples(index=False):
            yield {name: _cell(name, value) for name, value in zip(COLUMNS, values, strict=True)}


def check_table(output: Path) -> None:
    """Raise unless a table has the columns of one that was written before.

    Raises
    ------
    classifier.errors.TableError
        If it is no such table.
    """
    for table in islice(iter_table(output, chunk_rows=1), 1):
        _check_columns(table, output)


def _check_columns(table: Any, output: Path) -> None:
    if list(table.columns) != list(COLUMNS):
        raise TableError(
            f"{output} already exists, and was not written by krynica feed; name another "
            "output, or move it away."
        )


def _frame(rows: Sequence[Cells]) -> Any:
    import pandas as pd

    return pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype=KINDS.get(name, "string"))
            for name in COLUMNS
        }
    )


def _cell(name: str, value: Any) -> Any:
    """Return a cell as it was before it was written: tables of text know no numbers.

    Raises
    ------
    classifier.errors.TableError
        If it is no number where one belongs.
    """
    if value is None or name not in KINDS:
        return None if value is None else str(value)
    try:
        return float(str(value).replace(",", ".")) if KINDS[name] == "float64" else int(value)
    except (TypeError, ValueError) as error:
        raise TableError(f"The column “{name}” holds something that is not a number.") from error
