"""Tables from Parquet files: types and nested values are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from classifier.errors import TableError
from data.cells import distinct_names
from data.faults import OnFault, pass_over, refuse
from data.seam import reading_failed, shown

BUFFER = 1 << 20
"""Bytes of a column that are held at a time, so that a row group of any size can be streamed."""


def columns(path: Path, on_fault: OnFault) -> list[str]:
    """Return the names of the columns.

    Raises
    ------
    classifier.errors.TableError
        If the file is no Parquet table, is damaged, or has a name twice and that is refused.
    """
    with _opened(path) as file:
        names = list(file.schema_arrow.names)
    return distinct_names(names, shown(path), on_fault)


def frames(
    path: Path, names: Sequence[str], rows: int | None, on_fault: OnFault
) -> Iterator[pd.DataFrame]:
    """Give the rows in order, at most so many a frame; one empty frame if there are none.

    Parameters
    ----------
    path, names, rows
        The file, its columns, and most rows of a frame.
    on_fault
        Told of a row in which a cell of text is no UTF-8.

    Raises
    ------
    classifier.errors.TableError
        If the file is damaged.
    """
    with _opened(path) as file:
        batches = [file.read()] if rows is None else file.iter_batches(batch_size=rows)
        first, empty = 0, True
        for batch in batches:
            table = pa.Table.from_batches([batch]) if rows is not None else batch
            yield _frame(table.rename_columns(names), path, first, on_fault)
            first, empty = first + table.num_rows, False
        if empty:
            table = file.schema_arrow.empty_table()
            yield _frame(table.rename_columns(names), path, first, on_fault)


@dataclass(frozen=True)
class Partition:
    """Rows of a Parquet file that follow each other, to be read wherever the file can be.

    Parameters
    ----------
    path
        The file.
    group
        Number of the row group they stand in.
    offset, count
        Number of the first within it, and how many they are.
    columns
        The columns to read.
    """

    path: Path
    group: int
    offset: int
    count: int
    columns: tuple[str, ...]


def partitions(path: Path, columns: Sequence[str], rows: int) -> Iterator[Partition]:
    """Divide a file into partitions, in the order of its rows.

    Parameters
    ----------
    path, columns
        The file, and the columns to be read of it.
    rows
        Most rows of a partition; it never spans two row groups.

    Raises
    ------
    classifier.errors.TableError
        If the file is damaged.
    """
    with _opened(path) as file:
        sizes = [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)]
    for group, size in enumerate(sizes):
        for offset in range(0, size, rows):
            yield Partition(path, group, offset, min(rows, size - offset), tuple(columns))


def read_partition(partition: Partition) -> pd.DataFrame:
    """Read the rows of a partition.

    What stands before them in their row group is read and dropped, so row groups much larger than
    a partition cost time. Text that is no UTF-8 is mended; `frames` tells of it.

    Raises
    ------
    classifier.errors.TableError
        If the file is damaged, or is no longer what it was.
    """
    start, end = partition.offset, partition.offset + partition.count
    frames, at = [], 0
    with _opened(partition.path) as file:
        own = list(file.schema_arrow.names)
        names = distinct_names(own, shown(partition.path), pass_over)
        wanted = list(partition.columns) if own == names else None
        batches = file.iter_batches(
            batch_size=partition.count,
            row_groups=[partition.group],
            columns=wanted,
        )
        for batch in batches:
            piece = batch.slice(
                max(start - at, 0), max(min(end, at + len(batch)) - max(start, at), 0)
            )
            if len(piece):
                table = pa.Table.from_batches([piece])
                if wanted is None:
                    table = table.rename_columns(names).select(partition.columns)
                frames.append(_frame(table, partition.path, 0, pass_over))
            at += len(batch)
            if at >= end:
                break
    if at < end:
        raise TableError(f"{shown(partition.path)} was changed while it was read.")
    return pd.concat(frames, ignore_index=True)


@contextmanager
def _opened(path: Path) -> Iterator[pq.ParquetFile]:
    try:
        path.open("rb").close()
    except (OSError, ValueError) as error:
        raise TableError(reading_failed(path, error)) from error
    try:
        with pq.ParquetFile(path, buffer_size=BUFFER, pre_buffer=False) as file:
            yield file
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = str(error).strip().splitlines()[0].rstrip(".")
        message = f"{shown(path)} is not a Parquet table, or is damaged: {reason}."
        raise TableError(message) from error


def _frame(table: pa.Table, path: Path, first: int, on_fault: OnFault) -> pd.DataFrame:
    # Arrow believes a file that its text is UTF-8; a cell that is not would fail much later.
    try:
        table.validate(full=True)
    except pa.ArrowInvalid:
        if on_fault is refuse:
            raise
        table, rows = _mended(table)
        table.validate(full=True)
        for row in rows:
            fault = f"Row {first + row + 1} of {shown(path)} holds text that is no UTF-8."
            on_fault(first + row, fault)
    columns = zip(table.column_names, table.columns, strict=True)
    return pd.DataFrame(
        {name: _series(column) for name, column in columns}, index=range(table.num_rows)
    )


def _mended(table: pa.Table) -> tuple[pa.Table, list[int]]:
    """Return a table whose columns of text are UTF-8, and the numbers of the rows changed."""
    changed: set[int] = set()
    for place, name in enumerate(table.column_names):
        if not _is_text(table.column(place).type):
            continue
        cells = table.column(place).cast(pa.large_binary()).to_pylist()
        texts = [None if cell is None else cell.decode("utf-8", "replace") for cell in cells]
        pairs = enumerate(zip(texts, cells, strict=True))
        changed.update(
            row for row, (text, cell) in pairs if text is not None and text.encode() != cell
        )
        table = table.set_column(place, name, pa.array(texts, pa.large_string()))
    return table, sorted(changed)


def _is_text(kind: pa.DataType) -> bool:
    alike = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(is_kind(kind) for is_kind in alike)


def _series(column: pa.ChunkedArray) -> pd.Series:
    """Return a column of the type that pandas has for it, or else of Arrow's own."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    kind = column.type
    same = (_is_text, pa.types.is_floating, pa.types.is_timestamp, pa.types.is_null)
    whole = pa.types.is_integer(kind) or pa.types.is_boolean(kind)
    if any(is_kind(kind) for is_kind in same) or (whole and not column.null_count):
        series: pd.Series = column.to_pandas()
        return series
    # pandas would make floats of whole numbers, and objects of dates, decimals and lists.
    return pd.Series(pd.array(column, dtype=pd.ArrowDtype(kind)))
