"""What ``krynica batch`` is asked to do, and whether that can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from krynica.classifier.errors import TableError
from krynica.data.delimited import PLAIN, Dialect
from krynica.data.faults import pass_over
from krynica.data.tables import iter_table
from krynica.service.batch.origins import Origins
from krynica.service.batch.workers import Workers
from krynica.service.errors import CallError
from krynica.service.places import check_endings, check_places
from krynica.service.rows import Columns


@dataclass(frozen=True)
class Job:
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

    Raises
    ------
    service.errors.CallError
        If one file would be written over another.
    """

    input: Path
    output: Path
    columns: Columns = field(default_factory=Columns)
    workers: Workers = field(default_factory=Workers)
    dialect: Dialect = PLAIN
    reports: tuple[Path, ...] = ()
    origins: Origins = field(default_factory=Origins)

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if _same(self.input, self.output):
            raise CallError("The output would overwrite the input: give it another name.")
        for report in self.reports:
            if _same(report, self.input) or _same(report, self.output):
                raise CallError("A report would overwrite a table: give it another name.")


def _same(one: Path, other: Path) -> bool:
    return one == other or (one.exists() and other.exists() and one.samefile(other))


def check(job: Job) -> list[str]:
    """Return the names of the input's columns.

    Raises
    ------
    service.errors.CallError
        If an ending is of no table, or a column that was named is not there.
    classifier.errors.KrynicaError
        If the input cannot be read for another reason, or there is no place for an output.
    """
    check_endings(job.input, job.output, *job.reports)
    names = names_of(job.input, [*job.columns.names, *job.origins.named])
    check_places(job.output, *job.reports)
    return names


def names_of(table: Path, wanted: Sequence[str]) -> list[str]:
    """Return the names of a table's columns.

    Parameters
    ----------
    table
        To read from.
    wanted
        Columns that it must have.

    Raises
    ------
    service.errors.CallError
        If its ending is of no table, or a column that is wanted is not there.
    classifier.errors.KrynicaError
        If it cannot be read for another reason.
    """
    check_endings(table)
    if table.suffix.lower() == ".html":
        raise CallError(f"{table} is a page, which tables are written to and not read from.")
    try:
        pieces = iter_table(table, columns=wanted, chunk_rows=1, on_fault=pass_over)
    except TableError as error:
        iter_table(table, on_fault=pass_over)
        raise CallError(str(error)) from error
    return list(next(pieces).columns)
