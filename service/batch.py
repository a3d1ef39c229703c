"""Score every row of a table, in pieces, so that a stop loses nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from classifier.answer import ROW_COLUMNS
from classifier.errors import KrynicaError, TableError
from classifier.model import Model
from data.tables import TableWriter, iter_table
from service.errors import CallError
from service.parts import Parts
from service.rows import Cells, Columns, rows_of, with_answers
from service.version import version
from service.workers import Task, Workers, score_tasks

ROWS = 256
"""Rows of a piece: some seconds of work, which is what a stop can cost, and some megabytes."""


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

    Raises
    ------
    service.errors.CallError
        If input and output are the same file.
    """

    input: Path
    output: Path
    columns: Columns = field(default_factory=Columns)
    workers: Workers = field(default_factory=Workers)

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        both = self.input.exists() and self.output.exists()
        if self.input == self.output or (both and self.output.samefile(self.input)):
            raise CallError("The output would overwrite the input: give it another name.")


@dataclass
class Summary:
    """What came of a table: number of rows, of rows a verdict, and of rows an error."""

    rows: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, cells: Cells) -> None:
        """Count one row."""
        self.rows += 1
        if cells["error"] is None:
            self.verdicts[cells["verdict"]] += 1
        else:
            self.errors[cells["error"]] += 1


Progress = Callable[[int], None]
"""Told the number of rows whose answers are now safe."""


def run(job: Job, model: Model, progress: Progress = lambda _: None) -> Summary:
    """Score a table.

    Answers are kept in a folder beside the output as they come; when all are there, the output
    is put together and the folder removed. After a stop the same call goes on where it was, and
    the output is the same to the byte.

    Parameters
    ----------
    job, model
        What to score, with what.
    progress
        Told about rows as they are done.

    Returns
    -------
    Summary

    Raises
    ------
    service.errors.CallError
        If an ending is of no table, or a column that was asked for is not there.
    classifier.errors.KrynicaError
        If the table cannot be read or the output not be written.
    """
    _check_call(job)
    check_output(job.output)
    before = _stamp(job.input)
    with Parts(job.output, _fingerprint(job, model)) as parts:
        for first, answers in score_tasks(_tasks(job, parts, progress), model, job.workers):
            parts.write(first, answers)
            progress(len(answers))
        summary = _assemble(job, parts, before)
        parts.remove()
    return summary


def _check_call(job: Job) -> None:
    """Raise if the endings or the columns that were named cannot be.

    Raises
    ------
    service.errors.CallError
        If so.
    classifier.errors.TableError
        If the input cannot be read for another reason.
    """
    for path in (job.input, job.output):
        try:
            TableWriter(path)
        except TableError as error:
            raise CallError(str(error)) from error
    try:
        iter_table(job.input, columns=job.columns.names)
    except TableError as error:
        iter_table(job.input)
        raise CallError(str(error)) from error


def check_output(output: Path) -> None:
    """Raise if there is no place for a table.

    Raises
    ------
    classifier.errors.KrynicaError
        If it is a folder, or is to stand in one that is not there.
    """
    if output.is_dir():
        raise KrynicaError(f"{output} is a folder.")
    if not output.parent.is_dir():
        raise KrynicaError(f"There is no folder {output.parent} to write to.")


def _stamp(path: Path) -> tuple[int, int]:
    """Return what changes when a file is written."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _fingerprint(job: Job, model: Model) -> dict[str, Any]:
    """Return all that the answers depend on."""
    with job.input.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "input": sha256,
        "kind": job.input.suffix.lower(),
        "text": job.columns.text,
        "title": job.columns.title,
        "language": job.columns.language,
        "rows": ROWS,
        "columns": list(ROW_COLUMNS),
        "model": model.id.sha256,
        "program": version(),
    }


def _tasks(job: Job, parts: Parts, progress: Progress) -> Iterator[Task]:
    """Yield the rows that have no answer yet."""
    first = 0
    for table in iter_table(job.input, columns=job.columns.names, chunk_rows=ROWS):
        if parts.has(first, len(table)):
            progress(len(table))
        elif len(table):
            yield first, rows_of(table, job.columns)
        first += len(table)


def _assemble(job: Job, parts: Parts, before: tuple[int, int]) -> Summary:
    """Write the output: the input's rows, each with its answer."""
    summary, answers = Summary(), parts.answers()
    with TableWriter(job.output) as writer:
        for table in iter_table(job.input, columns=job.columns.names, chunk_rows=ROWS):
            cells = list(islice(answers, len(table)))
            if len(cells) < len(table):
                break
            for row in cells:
                summary.add(row)
            writer.write(with_answers(table, cells))
        if _stamp(job.input) != before:
            raise TableError(f"{job.input} was changed while it was read; run the command again.")
    return summary
