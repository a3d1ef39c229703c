"""How a table is cut into pieces of work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from krynica.data.tables.faults import HEADER
from krynica.data.tables.table import iter_table
from krynica.service.batch.job import BatchJob
from krynica.service.batch.tasks import Task
from krynica.service.rows import Columns, Row, rows_of

ROWS = 256
"""Rows of a piece: some seconds of work, which is what a stop can cost, and some megabytes."""
PARTITION = 4096
"""Rows of a partition that a cluster's worker reads itself: half a minute of work, beside which
finding its place in a file weighs little."""


@dataclass(frozen=True)
class Piece:
    """Some rows of a table, as they stand in it.

    Parameters
    ----------
    first
        Number of the first row.
    table
        The rows.
    faults
        What is wrong with rows, by their place in the piece.
    header
        What is wrong with the names of the columns; told of the first piece.
    """

    first: int
    table: pd.DataFrame
    faults: dict[int, str]
    header: list[str]


def read(path: Path, columns: Columns, encoding: str | None = None) -> Iterator[Piece]:
    """Yield the pieces of a table.

    Parameters
    ----------
    path
        The table.
    columns
        Which columns make an article.
    encoding
        Codec of a table of text; None where its letters are to tell it.
    """
    told: list[tuple[int, str]] = []
    first = 0

    def tell(row: int, fault: str) -> None:
        told.append((row, fault))

    tables = iter_table(
        path, columns=columns.names, chunk_rows=ROWS, on_fault=tell, encoding=encoding
    )
    for table in tables:
        faults = {row - first: fault for row, fault in told if row != HEADER}
        yield Piece(first, table, faults, [fault for row, fault in told if row == HEADER])
        told.clear()
        first += len(table)


def read_rows(
    path: Path, columns: Columns, encoding: str | None = None
) -> Iterator[tuple[Piece, list[Row]]]:
    """Yield the pieces of a table, each with its rows; parameters as of `read`."""
    # What is wrong with a row of Parquet never is that it lacks a text.
    is_text = path.suffix.lower() != ".parquet"
    for piece in read(path, columns, encoding):
        yield piece, rows_of(piece.table, columns, piece.faults if is_text else {})


def in_partitions(job: BatchJob) -> bool:
    """Tell whether tasks are partitions of a file, which workers of a cluster may read."""
    return job.workers.engine == "dask" and job.input.suffix.lower() == ".parquet"


def tasks(job: BatchJob) -> Iterator[Task]:
    """Yield a table's rows as tasks, the same at every reading."""
    return _partitions(job) if in_partitions(job) else _frames(job)


def _frames(job: BatchJob) -> Iterator[Task]:
    for piece, rows in read_rows(job.input, job.columns, job.encoding):
        if rows:
            yield Task(piece.first, len(rows), rows, job.columns)


def _partitions(job: BatchJob) -> Iterator[Task]:
    from krynica.data.tables import parquet

    first = 0
    for one in parquet.partitions(job.input.resolve(), job.columns.names, PARTITION):
        yield Task(first, one.count, one, job.columns)
        first += one.count
