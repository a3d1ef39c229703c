"""Tables in Parquet files: types and nested values are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from classifier.errors import TableError
from data.cells import as_text, check_names, plain_values
from data.seam import reading_failed, shown

_BUFFER = 1 << 20
"""Bytes of a column that are held at a time, so that a row group of any size can be streamed."""

_COMPRESSION = "zstd"


def columns(path: Path) -> list[str]:
    """Return the names of the columns.

    Raises
    ------
    classifier.errors.TableError
        If the file is no Parquet table, is damaged, or has a name twice.
    """
    with _opened(path) as file:
        names = list(file.schema_arrow.names)
    check_names(names, shown(path))
    return names


def frames(path: Path, _names: Sequence[str], rows: int | None) -> Iterator[pd.DataFrame]:
    """Give the rows in order, at most so many a frame; one empty frame if there are none.

    Raises
    ------
    classifier.errors.TableError
        If the file is damaged.
    """
    with _opened(path) as file:
        if rows is None:
            yield _frame(file.read())
            return
        empty = True
        for batch in file.iter_batches(batch_size=rows):
            empty = False
            yield _frame(pa.Table.from_batches([batch]))
        if empty:
            yield _frame(file.schema_arrow.empty_table())


class Sink:
    """Writes frames to a file, each as a row group or more.

    Frames of one table may differ in what they show of a column's type: a chunk of a JSON table
    may hold no value of it at all, or only whole numbers. Where a later frame widens a type, the
    rows written so far are written again, which happens once or twice a table at most.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: pq.ParquetWriter | None = None
        path.open("xb").close()

    def write(self, frame: pd.DataFrame) -> None:
        """Write the rows of a frame.

        Raises
        ------
        classifier.errors.TableError
            If there is no way to write them.
        """
        try:
            self._write(frame)
        except pa.ArrowException as error:
            raise TableError(f"These rows cannot be written to Parquet: {error}.") from error

    def close(self) -> None:
        """Write what is still held back and close the file."""
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, pa.schema([]))
        self._writer.close()

    def _write(self, frame: pd.DataFrame) -> None:
        table = pa.table({name: _array(frame[name]) for name in frame.columns})
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, table.schema, compression=_COMPRESSION)
        elif not self._writer.schema.equals(table.schema):
            schema = _wider(self._writer.schema, table.schema)
            if not self._writer.schema.equals(schema):
                self._writer.close()
                self._writer = self._rewrite(schema)
        self._writer.write_table(_fit(table, self._writer.schema))

    def _rewrite(self, schema: pa.Schema) -> pq.ParquetWriter:
        """Write what is written already under a wider schema, and go on from there."""
        wider = self._path.with_name(self._path.name + ".wider")
        try:
            writer = pq.ParquetWriter(wider, schema, compression=_COMPRESSION)
            with pq.ParquetFile(self._path, buffer_size=_BUFFER, pre_buffer=False) as file:
                for batch in file.iter_batches():
                    writer.write_table(_fit(pa.Table.from_batches([batch]), schema))
            wider.replace(self._path)
        finally:
            wider.unlink(missing_ok=True)
        return writer


@contextmanager
def _opened(path: Path) -> Iterator[pq.ParquetFile]:
    try:
        path.open("rb").close()
    except (OSError, ValueError) as error:
        raise TableError(reading_failed(path, error)) from error
    try:
        with pq.ParquetFile(path, buffer_size=_BUFFER, pre_buffer=False) as file:
            yield file
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = str(error).strip().splitlines()[0].rstrip(".")
        message = f"{shown(path)} is not a Parquet table, or is damaged: {reason}."
        raise TableError(message) from error


def _frame(table: pa.Table) -> pd.DataFrame:
    # Arrow believes a file that its text is UTF-8; a cell that is not would fail much later.
    table.validate(full=True)
    columns = zip(table.column_names, table.columns, strict=True)
    return pd.DataFrame(
        {name: _series(column) for name, column in columns}, index=range(table.num_rows)
    )


def _series(column: pa.ChunkedArray) -> pd.Series:
    """Return a column of the type that pandas has for it, or else of Arrow's own."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    kind = column.type
    alike = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    same = (*alike, pa.types.is_floating, pa.types.is_timestamp, pa.types.is_null)
    whole = pa.types.is_integer(kind) or pa.types.is_boolean(kind)
    if any(is_kind(kind) for is_kind in same) or (whole and not column.null_count):
        series: pd.Series = column.to_pandas()
        return series
    # pandas would make floats of whole numbers, and objects of dates, decimals and lists.
    return pd.Series(pd.array(column, dtype=pd.ArrowDtype(kind)))


def _array(column: pd.Series) -> pa.Array | pa.ChunkedArray:
    """Return a column as Arrow has it, or as text where it holds what Arrow cannot."""
    try:
        array = pa.array(column, from_pandas=True)
    except (pa.ArrowException, OverflowError, UnicodeEncodeError):
        return _as_text(plain_values(column))
    return _as_text(plain_values(column)) if _is_hollow(array.type) else array


def _as_text(values: Sequence[object]) -> pa.Array:
    texts = (as_text(value) for value in values)
    whole = [None if text is None else text.encode("utf-8", "replace").decode() for text in texts]
    return pa.array(whole, type=pa.large_string())


def _is_hollow(kind: pa.DataType) -> bool:
    """Tell a type with an object without fields in it: Parquet has no form for that."""
    if pa.types.is_struct(kind) and not kind.num_fields:
        return True
    return any(_is_hollow(kind.field(number).type) for number in range(kind.num_fields))


def _wider(one: pa.Schema, other: pa.Schema) -> pa.Schema:
    """Return a schema that holds the values of both, as text where nothing else does."""
    fields = []
    for left, right in zip(one, other, strict=True):
        try:
            both = [pa.schema([left]), pa.schema([right])]
            fields.append(pa.unify_schemas(both, promote_options="permissive").field(0))
        except pa.ArrowException:
            fields.append(pa.field(left.name, pa.large_string()))
    return pa.schema(fields)


def _fit(table: pa.Table, schema: pa.Schema) -> pa.Table:
    columns = zip(table.columns, schema, strict=True)
    return pa.table([_cast(column, field.type) for column, field in columns], schema=schema)


def _cast(column: pa.ChunkedArray, kind: pa.DataType) -> pa.Array | pa.ChunkedArray:
    if column.type == kind:
        return column
    try:
        if pa.types.is_large_string(kind) and not pa.types.is_string(column.type):
            return _as_text(column.to_pylist())
        return column.cast(kind, safe=False)
    except pa.ArrowException:
        return pa.array(column.to_pylist(), type=kind)


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
    a partition cost time.

    Raises
    ------
    classifier.errors.TableError
        If the file is damaged, or is no longer what it was.
    """
    start, end = partition.offset, partition.offset + partition.count
    frames, at = [], 0
    with _opened(partition.path) as file:
        batches = file.iter_batches(
            batch_size=partition.count,
            row_groups=[partition.group],
            columns=list(partition.columns),
        )
        for batch in batches:
            piece = batch.slice(
                max(start - at, 0), max(min(end, at + len(batch)) - max(start, at), 0)
            )
            frames += [_frame(pa.Table.from_batches([piece]))] if len(piece) else []
            at += len(batch)
            if at >= end:
                break
    if at < end:
        raise TableError(f"{shown(partition.path)} was changed while it was read.")
    return pd.concat(frames, ignore_index=True)
