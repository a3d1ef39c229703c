"""Tables in and out, a chunk of rows at a time: CSV, TSV, JSON lines, Parquet, by ending."""

from __future__ import annotations

import codecs
import csv
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from classifier.errors import TableError
from data.codepages import guess

Reader = Callable[[Path, int], Iterator[pd.DataFrame]]
_DELIMITERS = {".csv": ",", ".tsv": "\t"}
ENDINGS = (*_DELIMITERS, ".jsonl", ".parquet")
_ENCODING_SAMPLE = 1_000_000
"""Bytes from which the encoding of a CSV is told."""


def read_table(path: Path, *, required: Sequence[str] = ()) -> pd.DataFrame:
    """Read a whole table.

    Parameters
    ----------
    path
        A file ending in ``.csv``, ``.tsv``, ``.jsonl`` or ``.parquet``.
    required
        Columns that must be there.

    Returns
    -------
    pandas.DataFrame
        Cells of CSV and TSV are strings, those of other tables what they were; an empty cell is
        missing.

    Raises
    ------
    TableError
        If the file cannot be read as a table, or lacks a column.
    """
    chunks = list(iter_table(path, columns=required, chunk_rows=100_000))
    return pd.concat(chunks, ignore_index=True) if len(chunks) > 1 else chunks[0]


def iter_table(
    path: Path, *, columns: Sequence[str] = (), chunk_rows: int
) -> Iterator[pd.DataFrame]:
    """Read a table in chunks of at most `chunk_rows` rows; at least one, if only of its columns.

    Parameters and errors as for `read_table`; `columns` are those that must be there.
    """
    ending = _ending(path)
    if path.is_dir():
        raise TableError(f"{path} is a folder, not a table.")
    reader = {".jsonl": _jsonl, ".parquet": _parquet}.get(ending, _delimited)
    try:
        for chunk in reader(path, chunk_rows):
            for column in columns:
                if column not in chunk.columns:
                    there = ", ".join(map(str, chunk.columns)) or "none"
                    raise TableError(f"{path} has no column “{column}”; its columns: {there}.")
            yield chunk
    except OSError as error:
        raise TableError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (pa.ArrowException, UnicodeDecodeError, csv.Error) as error:
        raise TableError(f"{path} is not a readable {ending[1:]} table.") from error


def _ending(path: Path) -> str:
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise TableError(f"{path} is no table that can be read here: {', '.join(ENDINGS)}.")
    return ending


def _unique(path: Path, names: Sequence[str]) -> list[str]:
    for at, name in enumerate(names):
        if name in names[:at]:
            raise TableError(f"{path} has two columns named “{name}”.")
    return list(names)


def _frame(rows: Sequence[Sequence[Any]], names: Sequence[str]) -> pd.DataFrame:
    cells = zip(*rows, strict=True) if rows else ((),) * len(names)
    series = {
        name: pd.Series(list(column), dtype=object)
        for name, column in zip(names, cells, strict=True)
    }
    return pd.DataFrame(series, columns=list(names), index=range(len(rows)))


# --- reading -------------------------------------------------------------------------------


def _delimited(path: Path, chunk_rows: int) -> Iterator[pd.DataFrame]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding=_encoding(path), newline="") as file:
        reader = csv.reader(_without_nul(file, path), delimiter=_DELIMITERS[_ending(path)])
        names = _unique(path, next(reader, []))
        rows: list[list[str | None]] = []
        sent = False
        for cells in reader:
            if not cells:
                continue  # a blank line is no row
            if len(cells) > len(names):
                raise TableError(
                    f"{path} has {len(cells)} cells in line {reader.line_num} and "
                    f"{len(names)} columns."
                )
            rows.append([*(cell or None for cell in cells), *[None] * (len(names) - len(cells))])
            if len(rows) == chunk_rows:
                yield _frame(rows, names)
                rows, sent = [], True
        if rows or not sent:
            yield _frame(rows, names)


def _without_nul(lines: Iterator[str], path: Path) -> Iterator[str]:
    for line in lines:
        if "\0" in line:
            raise TableError(f"{path} is not a table: it looks like a binary file.")
        yield line


def _encoding(path: Path) -> str:
    """Tell the encoding of a text file from its beginning: UTF-8 unless that cannot be."""
    with path.open("rb") as file:
        sample = file.read(_ENCODING_SAMPLE)
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        # A character may be cut in two at the sample's end.
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        if encoding := guess(sample):
            return encoding
        raise TableError(
            f"{path} is in an encoding that cannot be told; save it as UTF-8."
        ) from None
    return "utf-8-sig"


def _jsonl(path: Path, chunk_rows: int) -> Iterator[pd.DataFrame]:
    """Read objects, one a line. The columns are those of the whole file, in order of appearance."""
    names: dict[str, None] = {}
    for _, row in _objects(path):
        names.update(dict.fromkeys(row))
    rows: list[list[Any]] = []
    sent = False
    for _, row in _objects(path):
        rows.append([row.get(name) for name in names])
        if len(rows) == chunk_rows:
            yield _frame(rows, list(names))
            rows, sent = [], True
    if rows or not sent:
        yield _frame(rows, list(names))


def _objects(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise TableError(f"{path} has no JSON object in line {number}.") from error
            if not isinstance(row, dict):
                raise TableError(f"{path} has no JSON object in line {number}.")
            yield number, row


def _parquet(path: Path, chunk_rows: int) -> Iterator[pd.DataFrame]:
    with pq.ParquetFile(path) as file:
        names = _unique(path, file.schema_arrow.names)
        sent = False
        for batch in file.iter_batches(batch_size=chunk_rows):
            # Arrow's own types: a column that is empty in this chunk keeps the type it has.
            yield batch.to_pandas(types_mapper=pd.ArrowDtype)
            sent = True
        if not sent:
            yield _frame([], names)


# --- writing -------------------------------------------------------------------------------


def write_table(frame: pd.DataFrame, path: Path) -> None:
    """Write a whole table; see `TableWriter`."""
    with TableWriter(path) as writer:
        writer.write(frame)


class TableWriter:
    """Write a table in chunks; it appears under its name whole, or not at all.

    Rows go to a file beside the target, which takes the target's place when the context ends
    well. All chunks have the columns of the first.

    Parameters
    ----------
    path
        A file ending in ``.csv``, ``.tsv``, ``.jsonl`` or ``.parquet``.

    Raises
    ------
    TableError
        If it cannot be written, a full disk among the causes.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ending = _ending(path)
        self._file: IO[bytes] | None = None
        self._parquet: pq.ParquetWriter | None = None
        self._columns: list[str] | None = None

    def __enter__(self) -> Self:
        """Open the file beside the target."""
        try:
            self._file = tempfile.NamedTemporaryFile(
                prefix=f".{self._path.name}-", dir=self._path.parent, delete=False
            )
        except OSError as error:
            raise self._failed(error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put the file in place, or remove it if anything went wrong."""
        file = self._file
        if file is None:
            return
        try:
            if kind is None:
                self._finish(file)
        except OSError as error:
            raise self._failed(error) from error
        finally:
            file.close()
            Path(file.name).unlink(missing_ok=True)

    def write(self, frame: pd.DataFrame) -> None:
        """Append rows."""
        if self._file is None:
            raise TableError(f"{self._path} is not open for writing.")
        try:
            if self._ending == ".parquet":
                self._write_parquet(frame, self._file)
            elif self._ending == ".jsonl":
                self._file.write(_json_lines(frame))
            else:
                text = frame.to_csv(
                    index=False,
                    header=self._columns is None,
                    sep=_DELIMITERS[self._ending],
                    lineterminator="\n",
                )
                self._file.write(text.encode("utf-8", "surrogatepass"))
        except OSError as error:
            raise self._failed(error) from error
        self._columns = list(frame.columns)

    def _write_parquet(self, frame: pd.DataFrame, file: IO[bytes]) -> None:
        try:
            table = pa.Table.from_pandas(frame, preserve_index=False)
            if self._parquet is None:
                self._parquet = pq.ParquetWriter(file, _settled(table.schema))
            self._parquet.write_table(table.cast(self._parquet.schema))
        except pa.ArrowException as error:
            raise TableError(f"{self._path} cannot hold the table: {error}.") from error

    def _finish(self, file: IO[bytes]) -> None:
        if self._parquet is not None:
            self._parquet.close()
        file.flush()
        os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        Path(file.name).chmod(0o666 & ~mask)
        Path(file.name).replace(self._path)

    def _failed(self, error: OSError) -> TableError:
        return TableError(f"{self._path} cannot be written: {error.strerror or error}.")


def _settled(schema: pa.Schema) -> pa.Schema:
    """Give columns that hold nothing so far a type that can hold what comes: text."""
    fields = [
        pa.field(field.name, pa.string()) if pa.types.is_null(field.type) else field
        for field in schema
    ]
    return pa.schema(fields)


def _json_lines(frame: pd.DataFrame) -> bytes:
    lines = []
    for row in frame.itertuples(index=False, name=None):
        record = {name: _plain(cell) for name, cell in zip(frame.columns, row, strict=True)}
        lines.append(json.dumps(record, ensure_ascii=False) + "\n")
    return "".join(lines).encode("utf-8", "surrogatepass")


def _plain(cell: Any) -> Any:  # noqa: ANN401  # a cell of a table is anything
    """Return a cell as JSON knows it; what is missing is null."""
    if isinstance(cell, np.ndarray):
        return cell.tolist()
    if isinstance(cell, np.generic):
        cell = cell.item()
    if cell is pd.NaT or cell is pd.NA or (isinstance(cell, float) and not np.isfinite(cell)):
        return None
    if isinstance(cell, (str, int, float, bool, list, dict, type(None))):
        return cell
    return str(cell)
