"""Tables into Parquet files: types and nested values are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from krynica.classifier.errors import TableError
from krynica.data.tables.cells import as_text, plain_values
from krynica.data.tables.parquet import BUFFER

_COMPRESSION = "zstd"

_ROWS, _BYTES = 1 << 13, 1 << 25
"""What is gathered for a row group: of small ones, readers are slow and compression is poor."""

_FIELDS = 100
"""Most fields of a column's type, nested ones counted: more are names that are really values."""

_DEPTH = 40
"""Most levels of a column's type: Arrow itself opens no file with 50 of lists."""

_OFTEN = 3
"""Widened as often as this, a type is not one."""


class Sink:
    """Writes frames to a file, in row groups of some thousands of rows or some tens of megabytes.

    Frames of one table may differ in what they show of a column's type: a chunk of a JSON table
    may hold no value of it at all, or only whole numbers. Where later rows widen a type, a new
    file is begun, and on closing all become one: no row is written more than twice. A column
    becomes text when its type is widened for the third time, has too many fields, or nests too
    deep to be read again; so it is written in four types at most.
    """

    defused = 0  # no program takes its text for a formula
    cut = 0

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: pq.ParquetWriter | None = None
        self._schema: pa.Schema | None = None
        self._widened: Counter[str] = Counter()
        # Files finished already, and rows of no file yet.
        self._parts: list[Path] = []
        self._held: list[pa.Table] = []
        self._rows = self._size = 0
        path.open("xb").close()

    def write(self, frame: pd.DataFrame) -> None:
        """Write the rows of a frame, or hold them back.

        Raises
        ------
        classifier.errors.TableError
            If there is no way to write them, or those held back.
        """
        with _told():
            table = pa.table({name: _array(frame[name]) for name in frame.columns})
            self._schema = self._wider(table.schema)
            self._held.append(table)
            self._rows += table.num_rows
            self._size += table.nbytes
            if self._rows >= _ROWS or self._size >= _BYTES:
                self._flush()

    def close(self) -> None:
        """Write what is still held back and close the file.

        Raises
        ------
        classifier.errors.TableError
            If there is no way to write it.
        """
        try:
            with _told():
                try:
                    self._flush()
                finally:
                    if self._writer is not None:
                        self._writer.close()
                if self._parts:
                    self._join()
        finally:
            for part in self._parts:
                part.unlink(missing_ok=True)

    def _flush(self) -> None:
        """Write the rows held back as one row group."""
        schema = self._schema or pa.schema([])
        if self._writer is not None and not self._writer.schema.equals(schema):
            self._writer.close()
            self._writer = None
            part = self._path.with_name(f"{self._path.name}.{len(self._parts)}")
            self._path.rename(part)
            self._parts.append(part)
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, schema, compression=_COMPRESSION)
        if self._held:
            self._writer.write_table(pa.concat_tables(_fit(held, schema) for held in self._held))
        self._held.clear()
        self._rows = self._size = 0

    def _join(self) -> None:
        """Make one file of all, with the types of the last."""
        last = self._path.with_name(f"{self._path.name}.{len(self._parts)}")
        self._path.rename(last)
        self._parts.append(last)
        with pq.ParquetWriter(self._path, self._schema, compression=_COMPRESSION) as writer:
            for part in self._parts:
                with pq.ParquetFile(part, buffer_size=BUFFER, pre_buffer=False) as file:
                    for group in range(file.num_row_groups):
                        writer.write_table(_fit(file.read_row_group(group), self._schema))
                part.unlink()

    def _wider(self, other: pa.Schema) -> pa.Schema:
        """Return a schema for all rows so far and those of another, in text where need be."""
        if self._schema is None:
            return other
        fields = []
        for old, new in zip(self._schema, other, strict=True):
            kind = _common(old, new)
            self._widened[old.name] += kind != old.type
            often = kind != old.type and self._widened[old.name] >= _OFTEN
            fields.append(pa.field(old.name, pa.large_string() if often else kind))
        return pa.schema(fields)


@contextmanager
def _told() -> Iterator[None]:
    """Say in a sentence what Arrow cannot do."""
    try:
        yield
    except pa.ArrowException as error:
        raise TableError(f"These rows cannot be written to Parquet: {error}.") from error


def _array(column: pd.Series) -> pa.Array | pa.ChunkedArray:
    """Return a column as Arrow has it, or as text where it holds what Parquet cannot."""
    try:
        array = pa.array(column, from_pandas=True)
    except (pa.ArrowException, OverflowError, UnicodeEncodeError):
        return _as_text(plain_values(column))
    return array if _is_sound(array.type) else _as_text(plain_values(column))


def _as_text(values: Sequence[object]) -> pa.Array:
    texts = (as_text(value) for value in values)
    whole = [None if text is None else text.encode("utf-8", "replace").decode() for text in texts]
    return pa.array(whole, type=pa.large_string())


def _is_sound(kind: pa.DataType) -> bool:
    """Tell a type that Parquet can hold and give back.

    It has no form for an object without fields, and programs refuse a file that nests too deep.
    """
    level, fields = [kind], 0
    for _ in range(_DEPTH + 1):
        if any(pa.types.is_struct(outer) and not outer.num_fields for outer in level):
            return False
        level = [outer.field(at).type for outer in level for at in range(outer.num_fields)]
        fields += len(level)
        if not level or fields > _FIELDS:
            break
    return not level and fields <= _FIELDS


def _common(one: pa.Field, other: pa.Field) -> pa.DataType:
    """Return a type that holds the values of both, which is text where nothing else is sound."""
    if pa.types.is_large_string(one.type):
        return one.type
    try:
        both = [pa.schema([one]), pa.schema([other])]
        kind = pa.unify_schemas(both, promote_options="permissive").field(0).type
    except pa.ArrowException:
        return pa.large_string()
    return kind if _is_sound(kind) else pa.large_string()


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
