"""Score every row of a table, in pieces, so that a stop loses nothing.

Three readings of the table: what stands for each text, so that repeats are known; the answers to
all others, from as many workers as there are; the output, which appears whole at the end.
"""

from __future__ import annotations

import hashlib
import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from krynica.classifier.answer import ROW_COLUMNS
from krynica.classifier.arrays import Hashes
from krynica.classifier.errors import TableError
from krynica.classifier.model import Model
from krynica.data.atomic import sweep
from krynica.data.corpus.duplicates import BANDS
from krynica.data.tables.table import TableWriter
from krynica.service.batch.job import BatchJob, check
from krynica.service.batch.origins import Origins, items_of
from krynica.service.batch.overwriting import refuse_overwriting
from krynica.service.batch.parts import Parts, answer_of
from krynica.service.batch.pieces import PARTITION, ROWS, in_partitions, read, tasks
from krynica.service.batch.repeats import ONCE, repeats
from krynica.service.batch.tasks import Score, Survey, Task
from krynica.service.batch.workers import WorkerPool, worker_pool
from krynica.service.progress import Progress, Silent
from krynica.service.rows import Scored, with_answers
from krynica.service.source_report.tally import Tally
from krynica.service.summary import Summary
from krynica.service.version import version

_HELD = 1 << 14
"""Rows whose parts are held while repeats are looked for and the output is put together: most
repeats follow their first row closely."""


def run(job: BatchJob, model: Model, progress: Progress | None = None) -> Summary:
    """Score a table.

    Answers are kept in a folder beside the output as they come; when all are there, the output
    is put together and the folder removed. After a stop the same call resumes, and
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
        If an ending is of no table, or answers to other rows would be lost.
    classifier.errors.KrynicaError
        If the table cannot be read or the output not be written.
    """
    names = check(job)
    origins = job.origins.within(names)
    if job.fast:
        model.require_screen()
    before = _stamp(job.input)
    made = _fingerprint(job, model)
    refuse_overwriting(job, names, made)
    with worker_pool(job.workers) as pool, Parts(job.output, made) as parts:
        sweep(job.output)
        readings = Readings(job, parts, pool, progress or Silent())
        earlier = readings.survey()
        readings.score(model, earlier)
        tally = Tally() if job.reports else None
        summary = readings.assemble(earlier, before, origins, tally)
        if tally is not None:
            summary.drift = _write_reports(job, model, tally)
        parts.remove()
    return summary


class Readings:
    """The three readings of one table.

    Parameters
    ----------
    job
        What to score.
    parts
        Where results are kept.
    pool
        Who works.
    progress
        Told about rows as they are done.
    """

    def __init__(self, job: BatchJob, parts: Parts, pool: WorkerPool, progress: Progress) -> None:
        self._job, self._parts, self._pool, self._progress = job, parts, pool, progress
        self._places: list[tuple[int, int]] = []
        held = _HELD // (PARTITION if in_partitions(job) else ROWS)
        self._lines = lru_cache(maxsize=held)(self._read_lines)
        self._texts = lru_cache(maxsize=held)(self._read_texts)

    def survey(self) -> npt.NDArray[np.int64]:
        """Find the earlier row that each row repeats."""
        self._progress.begin("looking for repeats", None)

        def unknown() -> Iterator[Task]:
            for task in tasks(self._job):
                self._places.append((task.first, task.count))
                if self._parts.texts(task.first, task.count) is None:
                    yield task
                else:
                    self._progress.done(task.count, now=False)

        for first, table in self._pool.work(Survey(), unknown()):
            self._parts.write_texts(first, table)
            self._progress.done(len(table))
        # Copies: a part of an array would hold all of it.
        keys = [self._read_texts(at)[:, : 1 + BANDS].copy() for at in range(len(self._places))]
        empty = np.zeros((0, 1 + BANDS), dtype=np.uint64)
        return repeats(np.concatenate([empty, *keys]), self._sketch_of)

    def score(self, model: Model, earlier: npt.NDArray[np.int64]) -> None:
        """Score the rows that have no answer yet and repeat none."""
        self._progress.begin("scoring", len(earlier))

        def unanswered() -> Iterator[Task]:
            for task in tasks(self._job):
                if not self._parts.has_answers(task.first, task.count):
                    wanted = earlier[task.first : task.first + task.count] == ONCE
                    yield replace(task, wanted=wanted)
                else:
                    self._progress.done(task.count, now=False)

        call = Score(self._pool.model(model), bool(self._job.reports), self._job.depth)
        for first, answers in self._pool.work(call, unanswered()):
            self._parts.write_answers(first, answers)
            self._progress.done(len(answers))

    def assemble(
        self,
        earlier: npt.NDArray[np.int64],
        before: tuple[int, int],
        origins: Origins,
        tally: Tally | None,
    ) -> Summary:
        """Write the output: the input's rows, each with its answer; count them for a report."""
        self._progress.begin("writing", len(earlier))
        job, summary = self._job, Summary()
        answers = self._answers(earlier)
        with TableWriter(job.output, job.dialect) as writer:
            for piece in read(job.input, job.columns, job.encoding):
                count = len(piece.table)
                scored = list(islice(answers, count))
                if len(scored) < count:
                    raise _changed(job)
                found = earlier[piece.first : piece.first + count].tolist()
                heads = [None if head == ONCE else head for head in found]
                cells = [
                    {**one.cells, "duplicate_of": head}
                    for one, head in zip(scored, heads, strict=True)
                ]
                for at, row in enumerate(cells):
                    summary.add(row, piece.faults.get(at))
                summary.header += piece.header
                if tally is not None:
                    for item in items_of(piece.table, origins, piece.first, scored, heads):
                        tally.add(item)
                writer.write(with_answers(piece.table, cells))
                self._progress.done(count)
            if _stamp(job.input) != before:
                raise _changed(job)
        summary.defused, summary.cut = writer.defused, writer.cut
        return summary

    def _answers(self, earlier: npt.NDArray[np.int64]) -> Iterator[Scored]:
        """Yield the answers to all rows, of a repeat that to the row it repeats."""
        for at, (first, count) in enumerate(self._places):
            for offset, head in enumerate(earlier[first : first + count].tolist()):
                place, inside = (at, offset) if head == ONCE else self._place_of(head)
                answer = answer_of(self._lines(place)[inside])
                if answer is None:
                    raise _harmed(self._parts)
                yield answer

    def _place_of(self, row: int) -> tuple[int, int]:
        """Return the number of the part that a row is in, and its place there."""
        at = bisect_right(self._places, (row, sys.maxsize)) - 1
        return at, row - self._places[at][0]

    def _read_lines(self, at: int) -> list[bytes]:
        lines = self._parts.lines(*self._places[at])
        if lines is None:
            raise _harmed(self._parts)
        return lines

    def _read_texts(self, at: int) -> Hashes:
        table = self._parts.texts(*self._places[at])
        if table is None:
            raise _harmed(self._parts)
        return table

    def _sketch_of(self, row: int) -> Hashes:
        at, inside = self._place_of(row)
        numbers = self._texts(at)[inside, 1 + BANDS :]
        return numbers[: len(np.trim_zeros(numbers, "b"))]


def _write_reports(job: BatchJob, model: Model, tally: Tally) -> tuple[str, ...]:
    """Write the reports; return what is to be said of drift."""
    from krynica.service.source_report.build import make_report
    from krynica.service.source_report.lines import drift_lines
    from krynica.service.source_report.write import write_report

    report = make_report(model, tally)
    for path in job.reports:
        write_report(report, path)
    return tuple(drift_lines(report))


def _stamp(path: Path) -> tuple[int, int]:
    """Return what changes when a file is written."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _fingerprint(job: BatchJob, model: Model) -> dict[str, Any]:
    """Return all that the answers depend on, and how they are cut into parts."""
    with job.input.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "input": sha256,
        "source": str(job.input.resolve()),
        "kind": job.input.suffix.lower(),
        "text": job.columns.text,
        "title": job.columns.title,
        "language": job.columns.language,
        **({"encoding": job.encoding} if job.encoding else {}),
        "rows": PARTITION if in_partitions(job) else ROWS,
        "columns": list(ROW_COLUMNS),
        "observed": bool(job.reports),
        "depth": job.depth,
        "model": model.id.sha256,
        "program": version(),
    }


def _harmed(parts: Parts) -> TableError:
    return TableError(f"A part of {parts.folder} is missing or was changed.")


def _changed(job: BatchJob) -> TableError:
    return TableError(f"{job.input} was changed while it was read; run the command again.")
