"""What ``krynica batch`` is asked to do, and whether that can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from krynica.data.tables.delimited import PLAIN, Dialect
from krynica.data.tables.faults import pass_over
from krynica.data.tables.table import iter_table
from krynica.service.batch.origins import Origins
from krynica.service.batch.words import check_words
from krynica.service.batch.workers import Workers
from krynica.service.places import check_endings, check_places, check_readable
from krynica.service.rows import Columns

if TYPE_CHECKING:
    from krynica.classifier.model import Depth


@dataclass(frozen=True)
class BatchJob:
    """One table to score.

    Parameters
    ----------
    input, output
        Tables; their endings say of which kind.
    columns
        Which columns make an article.
    workers
        Who works.
    dialect
        How an output of text with separators is written.
    reports
        Where reports on the outlets go, pages or tables; none by default.
    origins
        Which columns say where a row comes from, for the reports.
    encoding
        Codec of an input of text; None where its letters are to tell it.
    fast
        Whether the words alone are read.
    overwrite
        Whether answers to other rows may be written over.

    Raises
    ------
    service.errors.CallError
        If one file would be written over another, or a report made of texts not read whole.
    """

    input: Path
    output: Path
    columns: Columns = field(default_factory=Columns)
    workers: Workers = field(default_factory=Workers)
    dialect: Dialect = PLAIN
    reports: tuple[Path, ...] = ()
    origins: Origins = field(default_factory=Origins)
    encoding: str | None = None
    fast: bool = False
    overwrite: bool = False

    @property
    def depth(self) -> Depth:
        """How deep texts are read: all of them whole where a report compares their numbers."""
        if self.fast:
            return "fast"
        return "full" if self.reports else "staged"

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        check_words(self.input, self.output, self.reports, fast=self.fast)


def check(job: BatchJob) -> list[str]:
    """Return the names of the input's columns.

    Raises
    ------
    service.errors.CallError
        If an ending is of no table.
    classifier.errors.ColumnError
        If a column that was named is not there.
    classifier.errors.KrynicaError
        If the input cannot be read for another reason, or there is no place for an output.
    """
    check_endings(job.output, *job.reports)
    wanted = [*job.columns.names, *job.origins.named]
    names = names_of(job.input, wanted, encoding=job.encoding)
    check_places(job.output, *job.reports)
    return names


def names_of(table: Path, wanted: Sequence[str], *, encoding: str | None = None) -> list[str]:
    """Return the names of a table's columns.

    Parameters
    ----------
    table
        To read from.
    wanted
        Columns that it must have.
    encoding
        Codec of a table of text; None where its letters are to tell it.

    Raises
    ------
    service.errors.CallError
        If its ending is of no table.
    classifier.errors.ColumnError
        If a column that is wanted is not there.
    classifier.errors.KrynicaError
        If it cannot be read for another reason.
    """
    check_readable(table)
    pieces = iter_table(table, columns=wanted, chunk_rows=1, on_fault=pass_over, encoding=encoding)
    return list(next(pieces).columns)
