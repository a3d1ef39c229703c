"""How a table is cut into pieces of work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from data.faults import HEADER
from data.tables import iter_table
from service.job import Job
from service.rows import rows_of
from service.tasks import Task

if TYPE_CHECKING:
    import pandas as pd

ROWS = 256
"""Rows of a piece: some seconds of work, which is what a stop can cost, and some megabytes."""
PARTITION = 4096
"""Rows of a partition that a cluster's worker reads itself: half a minute of work, beside which
finding its place in a file weighs little."""


def read(job: Job) -> Iterator[tuple[int, pd.DataFrame, dict[int, str]]]:
    """Yield pieces of the table.

    Yields
    ------
    first : int
        Number of the first row.
    table : DataFrame
        The rows.
    faults : dict
        What is wrong with rows, by their place in the piece; with the columns' names, `HEADER`.
    """
    told: dict[int, str] = {}
    first = 0

    def tell(row: int, fault: str) -> None:
        told.setdefault(row, fault)

    names = job.columns.names
    for table in iter_table(job.input, columns=names, chunk_rows=ROWS, on_fault=tell):
        yield first, table, {max(row - first, HEADER): fault for row, fault in told.items()}
        told.clear()
        first += len(table)


def frames(job: Job) -> Iterator[Task]:
    """Yield the table's rows, read here."""
    for first, table, faults in read(job):
        if len(table):
            yield Task(first, len(table), rows_of(table, job.columns, faults), job.columns)


def partitions(job: Job) -> Iterator[Task]:
    """Yield where the table's rows stand, to be read by who scores them."""
    from data import parquet

    first = 0
    for one in parquet.partitions(job.input.resolve(), job.columns.names, PARTITION):
        yield Task(first, one.count, one, job.columns)
        first += one.count
