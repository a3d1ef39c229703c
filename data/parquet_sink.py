"""Tables into Parquet files: types and nested values are kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from classifier.errors import TableError
from data.cells import as_text, plain_values
from data.parquet import BUFFER

_COMPRESSION = "zstd"


class Sink:
    """Writes frames to a file, each as a row group or more.

    Frames of one table may differ in what they show of a column's type: a chunk of a JSON table
    may hold no value of it at all, or only whole numbers. Where a later frame widens a type, the
    rows written so far are written again, which happens once or twice a table at most.
    """

    defused = 0  # no program takes its text for a formula

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
            with pq.ParquetFile(self._path, buffer_size=BUFFER, pre_buffer=False) as file:
                for batch in file.iter_batches():
                    writer.write_table(_fit(pa.Table.from_batches([batch]), schema))
            wider.replace(self._path)
        finally:
            wider.unlink(missing_ok=True)
        return writer


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
