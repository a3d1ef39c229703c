"""Score every row of a table, in pieces, so that a stop loses nothing.

Three readings of the table: what stands for each text, so that repeats are known; the answers to
all others, from as many workers as there are; the output, which appears whole at the end.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from classifier.answer import ROW_COLUMNS
from classifier.errors import KrynicaError, TableError
from classifier.model import Model
from data.duplicates import BANDS
from data.tables import TableWriter, iter_table
from service.errors import CallError
from service.parts import Parts
from service.progress import Progress, Silent
from service.repeats import ONCE, Hashes, repeats
from service.rows import Columns, Scored, rows_of, with_answers
from service.summary import Summary
from service.tasks import Score, Survey, Task
from service.version import version
from service.workers import Crew, Workers, crew

ROWS = 256
"""Rows of a piece: some seconds of work, which is what a stop can cost, and some megabytes."""
PARTITION = 4096
"""Rows of a partition that a cluster's worker reads itself: half a minute of work, beside which
finding its place in a file weighs little."""
_HELD = 64
"""Parts that are held while the output is put together: repeats follow their first row closely."""


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


def run(job: Job, model: Model, progress: Progress | None = None) -> Summary:
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
    with crew(job.workers) as hands:
        apart = hands.reads(job.input)
        with Parts(job.output, _fingerprint(job, model, apart=apart)) as parts:
            batch = _Batch(job, parts, hands, progress or Silent(), apart=apart)
            earlier = batch.survey()
            batch.score(model, earlier)
            summary = batch.assemble(earlier, before)
            parts.remove()
    return summary


class _Batch:
    """The three readings of one table."""

    def __init__(
        self, job: Job, parts: Parts, hands: Crew, progress: Progress, *, apart: bool
    ) -> None:
        self._job, self._parts, self._hands, self._progress = job, parts, hands, progress
        self._pieces = _partitions if apart else _frames
        self._places: list[tuple[int, int]] = []
        self._part = lru_cache(maxsize=_HELD)(self._read_part)

    def survey(self) -> npt.NDArray[np.int64]:
        """Find the earlier row that each row repeats."""
        self._progress.begin("looking for repeats", None)

        def unknown() -> Iterator[Task]:
            for task in self._pieces(self._job):
                self._places.append((task.first, task.count))
                if self._parts.texts(task.first, task.count) is None:
                    yield task
                else:
                    self._progress.done(task.count, now=False)

        for first, table in self._hands.work(Survey(), unknown()):
            self._parts.write_texts(first, table)
            self._progress.done(len(table))
        keys = [self._texts(at)[:, : 1 + BANDS] for at in range(len(self._places))]
        empty = np.zeros((0, 1 + BANDS), dtype=np.uint64)
        return repeats(np.concatenate([empty, *keys]), self._sketches())

    def score(self, model: Model, earlier: npt.NDArray[np.int64]) -> None:
        """Score the rows that have no answer yet and repeat none."""
        self._progress.begin("scoring", len(earlier))

        def unanswered() -> Iterator[Task]:
            for task in self._pieces(self._job):
                if self._parts.answers(task.first, task.count) is None:
                    wanted = earlier[task.first : task.first + task.count] == ONCE
                    yield replace(task, wanted=wanted)
                else:
                    self._progress.done(task.count, now=False)

        call = Score(self._hands.model(model), observed=False)
        for first, answers in self._hands.work(call, unanswered()):
            self._parts.write_answers(first, answers)
            self._progress.done(len(answers))

    def assemble(self, earlier: npt.NDArray[np.int64], before: tuple[int, int]) -> Summary:
        """Write the output: the input's rows, each with its answer."""
        self._progress.begin("writing", len(earlier))
        job, summary, first = self._job, Summary(), 0
        answers = self._answers(earlier)
        with TableWriter(job.output) as writer:
            for table in iter_table(job.input, columns=job.columns.names, chunk_rows=ROWS):
                scored = list(islice(answers, len(table)))
                if len(scored) < len(table):
                    break
                heads = earlier[first : first + len(table)].tolist()
                cells = [
                    {**one.cells, "duplicate_of": None if head == ONCE else head}
                    for one, head in zip(scored, heads, strict=True)
                ]
                for row in cells:
                    summary.add(row)
                writer.write(with_answers(table, cells))
                first += len(table)
                self._progress.done(len(table))
            if _stamp(job.input) != before:
                raise _changed(job)
        return summary

    def _answers(self, earlier: npt.NDArray[np.int64]) -> Iterator[Scored]:
        """Yield the answers to all rows, of a repeat that to the row it repeats."""
        firsts = [first for first, _ in self._places]
        for at, (first, count) in enumerate(self._places):
            for offset, head in enumerate(earlier[first : first + count].tolist()):
                place = at if head == ONCE else bisect_right(firsts, head) - 1
                inside = offset if head == ONCE else head - firsts[place]
                row = self._part(place)[inside]
                if row is None:
                    raise _harmed(self._parts)
                yield row

    def _read_part(self, at: int) -> list[Scored | None]:
        answers = self._parts.answers(*self._places[at])
        if answers is None:
            raise _harmed(self._parts)
        return answers

    def _texts(self, at: int) -> Hashes:
        table = self._parts.texts(*self._places[at])
        if table is None:
            raise _harmed(self._parts)
        return table

    def _sketches(self) -> Callable[[int], Hashes]:
        firsts = [first for first, _ in self._places]
        texts = lru_cache(maxsize=_HELD)(self._texts)

        def sketch_of(row: int) -> Hashes:
            at = bisect_right(firsts, row) - 1
            numbers = texts(at)[row - firsts[at], 1 + BANDS :]
            return numbers[: len(np.trim_zeros(numbers, "b"))]

        return sketch_of


def _frames(job: Job) -> Iterator[Task]:
    """Yield the table's rows, read here."""
    first = 0
    for table in iter_table(job.input, columns=job.columns.names, chunk_rows=ROWS):
        if len(table):
            yield Task(first, len(table), rows_of(table, job.columns), job.columns)
        first += len(table)


def _partitions(job: Job) -> Iterator[Task]:
    """Yield where the table's rows stand, to be read by who scores them."""
    from data.parquet import partitions

    first = 0
    for one in partitions(job.input.resolve(), job.columns.names, PARTITION):
        yield Task(first, one.count, one, job.columns)
        first += one.count


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


def _fingerprint(job: Job, model: Model, *, apart: bool) -> dict[str, Any]:
    """Return all that the answers depend on, and how they are cut into parts."""
    with job.input.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "input": sha256,
        "kind": job.input.suffix.lower(),
        "text": job.columns.text,
        "title": job.columns.title,
        "language": job.columns.language,
        "rows": PARTITION if apart else ROWS,
        "columns": list(ROW_COLUMNS),
        "model": model.id.sha256,
        "program": version(),
    }


def _harmed(parts: Parts) -> TableError:
    return TableError(f"A part of {parts.folder} is missing or was changed.")


def _changed(job: Job) -> TableError:
    return TableError(f"{job.input} was changed while it was read; run the command again.")
