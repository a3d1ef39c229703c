"""Tables from Parquet files: types and nested values are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from krynica.classifier.errors import TableError
from krynica.data.messages import reading_failed, shown
from krynica.data.tables.cells import distinct_names
from krynica.data.tables.faults import OnFault, pass_over, refuse
from krynica.data.tables.lines import LIMIT
from krynica.data.tables.parquet_text import cut, decoded, is_text, mended

BUFFER = 1 << 20
"""Bytes of a column that are held at a time, so that a row group of any size can be streamed."""

_BATCH = 1 << 26
"""Most bytes that are read into a frame, by what the file says of the mean row of a row group."""


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
        The file, its columns, and most rows of a frame, which has fewer where they are so large
        that it would grow beyond 64 MB.
    on_fault
        Told of a row in which a cell of text is no UTF-8, or has more than 20,000,000 characters;
        then it is missing.

    Raises
    ------
    classifier.errors.TableError
        If the file is damaged.
    """
    with _opened(path) as file:
        first, empty = 0, True
        for table in [file.read()] if rows is None else _tables(file, rows):
            yield _frame(table.rename_columns(names), path, first, on_fault)
            first, empty = first + table.num_rows, False
        if empty:
            table = file.schema_arrow.empty_table()
            yield _frame(table.rename_columns(names), path, first, on_fault)


def _tables(file: pq.ParquetFile, rows: int) -> Iterator[pa.Table]:
    groups = range(file.num_row_groups)
    for size, alike in groupby(groups, lambda at: _most(file.metadata.row_group(at), rows)):
        for batch in file.iter_batches(batch_size=size, row_groups=list(alike)):
            yield pa.Table.from_batches([batch])


def _most(group: pq.RowGroupMetaData, rows: int) -> int:
    """Return how many rows of a group are read at a time, at most so many."""
    fit: int = _BATCH * group.num_rows // max(group.total_byte_size, 1)
    return max(min(rows, fit), 1)


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
        Most rows of a partition, which has fewer where a frame would. It never spans two row
        groups.

    Raises
    ------
    classifier.errors.TableError
        If the file is damaged.
    """
    with _opened(path) as file:
        groups = [file.metadata.row_group(at) for at in range(file.num_row_groups)]
        sizes = [(group.num_rows, _most(group, rows)) for group in groups]
    for group, (size, most) in enumerate(sizes):
        for offset in range(0, size, most):
            yield Partition(path, group, offset, min(most, size - offset), tuple(columns))


def read_partition(partition: Partition) -> pd.DataFrame:
    """Read the rows of a partition.

    What stands before them in their row group is read and dropped, so row groups much larger than
    a partition cost time. Cells are mended as `frames` mends them, which tells of it.

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
    table = decoded(table)
    faults: dict[int, str] = {}
    # Arrow believes a file that its text is UTF-8; a cell that is not would fail much later.
    try:
        table.validate(full=True)
    except pa.ArrowInvalid:
        if on_fault is refuse:
            raise
        table, rows = mended(table)
        table.validate(full=True)
        faults |= dict.fromkeys(rows, "holds text that is not UTF-8")
    table, rows = cut(table)
    faults |= dict.fromkeys(rows, f"has a cell of more than {LIMIT:,} characters")
    for row, fault in sorted(faults.items()):
        on_fault(first + row, f"Row {first + row + 1} of {shown(path)} {fault}.")
    columns = zip(table.column_names, table.columns, strict=True)
    return pd.DataFrame(
        {name: _series(column) for name, column in columns}, index=range(table.num_rows)
    )


def _series(column: pa.ChunkedArray) -> pd.Series:
    """Return a column of the type that pandas has for it, or else of Arrow's own."""
    kind = column.type
    same = (is_text, pa.types.is_floating, pa.types.is_timestamp, pa.types.is_null)
    whole = pa.types.is_integer(kind) or pa.types.is_boolean(kind)
    if any(is_kind(kind) for is_kind in same) or (whole and not column.null_count):
        series: pd.Series = column.to_pandas()
        return series
    # pandas would make floats of whole numbers, and objects of dates, decimals and lists.
    return pd.Series(pd.array(column, dtype=pd.ArrowDtype(kind)))
