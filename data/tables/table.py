"""Tables in and out, by the ending of the file: text, JSON Lines, Parquet and workbooks.

``.html`` is written too, for people to look at; of pages those of a Telegram channel are read, a
post a row. ``.json`` is read where it is an export of Telegram Desktop.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Protocol, Self

import pandas as pd

from krynica.classifier.errors import ColumnError, TableError
from krynica.data.atomic import hidden, keep
from krynica.data.messages import shown, writing_failed
from krynica.data.tables import delimited, htmltable, jsonlines
from krynica.data.tables.cells import distinct_names
from krynica.data.tables.delimited import PLAIN, Dialect
from krynica.data.tables.faults import OnFault, refuse
from krynica.data.tables.table_kinds import no_table, refuse_disguised

_SHOWN, _LONGEST = 40, 60
"""Most columns that a sentence names, and most characters of a name."""


class Sink(Protocol):
    """What rows are written to."""

    @property
    def defused(self) -> int:
        """Number of cells that were changed, lest a spreadsheet program runs them."""

    @property
    def cut(self) -> int:
        """Number of cells of which only the beginning was written."""

    def write(self, frame: pd.DataFrame) -> None:
        """Write the rows of a frame."""

    def close(self) -> None:
        """Write what is still held back and close the file."""


class Format(NamedTuple):
    """How tables of one kind are read and written."""

    columns: Callable[[Path, OnFault], list[str]]
    frames: Callable[[Path, Sequence[str], int | None, OnFault], Iterator[pd.DataFrame]]
    sink: Callable[[Path], Sink] | None
    is_named: bool = True
    """Whether a table without rows has the names of its columns all the same."""


def read_table(
    path: str | os.PathLike[str], *, required: Sequence[str] = (), encoding: str | None = None
) -> pd.DataFrame:
    """Read a whole table.

    Parameters
    ----------
    path
        A file. Cells of ``.csv`` and ``.tsv`` are text, whatever they look like; ``.jsonl``,
        ``.ndjson`` and ``.parquet`` keep their types and nested values, ``.xlsx`` its types.
    required
        Columns that it must have. Of a workbook the first sheet is read, unless another has the
        first of these.
    encoding
        Codec of a table of text, if somebody knows it better than its letters tell.

    Returns
    -------
    pandas.DataFrame
        All rows and columns, in the order of the file. Empty cells, nulls and NaN are missing.

    Raises
    ------
    classifier.errors.TableError
        If it cannot be read, is damaged, has two columns of one name, or lacks a column.
    """
    return next(_frames(Path(path), required, None, refuse, encoding))


def iter_table(
    path: str | os.PathLike[str],
    *,
    columns: Sequence[str] = (),
    chunk_rows: int = 10_000,
    on_fault: OnFault | None = None,
    encoding: str | None = None,
) -> Iterator[pd.DataFrame]:
    """Read a table piece by piece, in memory that does not grow with it.

    Parameters
    ----------
    path
        The table, of a kind told by its ending.
    columns
        Columns that it must have. This is checked before the first piece is asked for; all
        columns are given.
    chunk_rows
        Most rows of a piece. It has fewer, but at least one, where its text comes to about
        16,000,000 characters, or in Parquet, by the mean row, to 64 MB. Pieces are the same on
        every reading with the same number.
    on_fault
        Told of each row that cannot be read as it stands, before its piece is given: its number,
        counted from 0, and what is wrong with it. The row keeps its place and what could be read
        of it; the rest of its cells are missing. Without it, a fault in one row ends the reading.
        Of the names of columns it is told at once, with the number -1: where two are alike, the
        later ones are numbered. The rows and their faults are the same on every reading.
    encoding
        Codec of a table of text where it is known; detected by default.

    Returns
    -------
    iterator of pandas.DataFrame
        At least one: a table without rows gives one frame that has its columns.

    Raises
    ------
    classifier.errors.TableError
        As `read_table`; from the iterator, if the damage is further on in the file. With
        `on_fault`, only if the file is no table at all, lacks a column, or is a damaged Parquet
        file.
    """
    if chunk_rows < 1:
        raise ValueError("chunk_rows must be at least 1")
    return _frames(Path(path), columns, chunk_rows, on_fault or refuse, encoding)


def check_readable(path: str | os.PathLike[str]) -> None:
    """Raise unless a file ends as a table that can be read.

    Raises
    ------
    classifier.errors.TableError
        If it does not.
    """
    _format(Path(path))


def write_table(frame: pd.DataFrame, path: str | os.PathLike[str]) -> None:
    """Write a whole table, in place of what was there, or leave that untouched.

    Raises
    ------
    classifier.errors.TableError
        If the ending is unknown, two columns bear one name, or it cannot be written.
    """
    with TableWriter(path) as writer:
        writer.write(frame)


class TableWriter:
    """Writes a table piece by piece into a file that appears only once it is whole.

    Used as a context manager: rows go to a hidden file beside the target, which takes the
    target's place when the block ends well, and goes away when it does not.

    Parameters
    ----------
    path
        The file to write, by whose ending the format is told.
    dialect
        How ``.csv`` and ``.tsv`` are written; the other formats have none.

    Raises
    ------
    classifier.errors.TableError
        On entering, if the ending is unknown or the file cannot be made; on writing and on
        leaving, if the disk is full or the like, or rows held back till then do not fit.
    """

    def __init__(self, path: str | os.PathLike[str], dialect: Dialect = PLAIN) -> None:
        self._named = Path(path)
        sink = _format(self._named, dialect).sink
        if sink is None:
            raise TableError(no_table(self._named))
        self._make = sink
        self._names: list[str] | None = None

    def __enter__(self) -> Self:
        """Make the hidden file."""
        try:
            # A link stays a link: what it points to is replaced.
            self._target = self._named.resolve()
            if self._target.is_dir():
                raise IsADirectoryError
            self._part = hidden(self._target)
            self._sink = self._make(self._part)
        except OSError as error:
            raise TableError(writing_failed(self._named, error)) from error
        return self

    @property
    def defused(self) -> int:
        """Number of cells and names so far that a spreadsheet program would have run."""
        return self._sink.defused

    @property
    def cut(self) -> int:
        """Number of cells so far of which only the beginning was written."""
        return self._sink.cut

    def write(self, frame: pd.DataFrame) -> None:
        """Write the rows of a frame after those written before.

        Parameters
        ----------
        frame
            With the same columns in the same order every time. Its index is not written.

        Raises
        ------
        classifier.errors.TableError
            If it has other columns than before, or cannot be written.
        """
        frame = frame.rename(columns=str)
        names = list(frame.columns)
        if self._names is None:
            self._names = distinct_names(names, shown(self._named))
        if names != self._names:
            raise TableError(
                f"The rows for {shown(self._named)} change their columns from "
                f"{listed(self._names)} to {listed(names)}."
            )
        try:
            self._sink.write(frame)
        except OSError as error:
            raise TableError(writing_failed(self._named, error)) from error

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put the hidden file in the target's place, or take it away."""
        try:
            self._sink.close()
            if error is None:
                keep(self._part, self._target)
        except OSError as failure:
            if error is None:
                raise TableError(writing_failed(self._named, failure)) from failure
        except TableError:
            if error is None:  # else that is what went wrong first
                raise
        finally:
            self._part.unlink(missing_ok=True)


def _frames(
    path: Path,
    required: Sequence[str],
    rows: int | None,
    on_fault: OnFault,
    encoding: str | None,
) -> Iterator[pd.DataFrame]:
    kind = _format(path, encoding=encoding, required=required)
    refuse_disguised(path)
    names = kind.columns(path, on_fault)
    missing = [name for name in required if name not in names]
    # A JSON table without rows has no place for names: it is given those that are asked for.
    if missing and (names or kind.is_named):
        raise ColumnError(lacking(path, missing, names))
    return kind.frames(path, names or list(required), rows, on_fault)


def _told(kind: Any, encoding: str | None) -> tuple[Any, Any]:
    """Return how a table of text is read whose encoding is told, or is to be found."""
    return partial(kind.columns, encoding=encoding), partial(kind.frames, encoding=encoding)


OPTIONS = {"text": "--text-column", "label": "--label-column", "score": "--score-column"}
"""Options of the command line that name a column which a table calls otherwise."""


def lacking(path: Path, missing: Sequence[str], names: Sequence[str]) -> str:
    """Say which columns a table lacks and which it has, and how another can be named."""
    what = "column" if len(missing) == 1 else "columns"
    ways = [OPTIONS[name] for name in missing if name in OPTIONS]
    way = f" Name the right one with {' or '.join(ways)}." if ways else ""
    return (
        f"The table {shown(path)} lacks the {what} {listed(missing)}; it has {listed(names)}.{way}"
    )


def listed(names: Sequence[str]) -> str:
    """Name columns, as they can be shown in a sentence."""
    shown_names = [f"“{' '.join(name.split())[:_LONGEST]}”" for name in names[:_SHOWN]]
    more = len(names) - _SHOWN
    return (", ".join(shown_names) or "none") + (f" and {more:,} more" if more > 0 else "")


def _format(
    path: Path,
    dialect: Dialect = PLAIN,
    encoding: str | None = None,
    required: Sequence[str] = (),
) -> Format:
    match path.suffix.lower():
        case ".csv" | ".tsv":
            sink = partial(delimited.Sink, dialect=dialect)
            return Format(*_told(delimited, encoding), sink)
        case ".jsonl" | ".ndjson":
            return Format(*_told(jsonlines, encoding), jsonlines.Sink, is_named=False)
        case ".parquet":
            # A tenth of a second to import, and most tables are text.
            from krynica.data.tables import parquet, parquet_sink

            return Format(parquet.columns, parquet.frames, parquet_sink.Sink)
        case ".xlsx":
            from krynica.data.tables import workbook, workbook_sink

            return Format(
                partial(workbook.columns, required=required),
                partial(workbook.frames, required=required),
                workbook_sink.Sink,
            )
        case ".html":
            from krynica.data.tables import telegram_posts

            return Format(telegram_posts.columns, telegram_posts.frames, htmltable.Sink)
        case ".json":
            from krynica.data.tables import telegram_table

            return Format(telegram_table.columns, telegram_table.frames, None)
    raise TableError(no_table(path))
