"""The first reading: rows that could be picked, with signals and without their texts."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from krynica.classifier.languages import LANGUAGES
from krynica.classifier.model import Model
from krynica.classifier.verdict import kind_told
from krynica.data.corpus.duplicates import text_hash
from krynica.data.corpus.labelled import canonical_outlet
from krynica.service.annotations.job import Source
from krynica.service.annotations.known import Known
from krynica.service.annotations.selection import Signals, grounds
from krynica.service.batch.tasks import Score, Task
from krynica.service.batch.workers import WorkerPool
from krynica.service.progress import Progress
from krynica.service.rows import Cells
from krynica.service.summary import Reasons

TOO_SHORT, STRANGE, TOLD = (
    "too short to be judged",
    "in a language that the program does not read",
    "of a known outlet and language, with a clear verdict",
)
"""Why a row is left out after it was scored."""


class Origin(NamedTuple):
    """What is known of a row before it is scored: outlet, number and words of its text."""

    outlet: str
    number: int
    words: int


Places = dict[int, Origin]
"""Of rows that are being scored."""


class Candidate(NamedTuple):
    """What is kept of a row: some hundred bytes, however long its text."""

    table: int
    row: int
    p: float
    verdict: str
    language: str
    kind: int
    outlet: str
    new_outlet: bool
    new_language: bool
    tie: int


@dataclass
class Found:
    """What the first reading found.

    Parameters
    ----------
    candidates
        By table and row.
    rows
        All rows that were read.
    left_out
        Rows that are no candidates, by reason.
    errors
        Rows that could not be read.
    """

    candidates: list[Candidate] = field(default_factory=list)
    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    errors: Reasons = field(default_factory=Reasons)


def find(
    sources: Sequence[Source], model: Model, known: Known, pool: WorkerPool, progress: Progress
) -> Found:
    """Score all rows that need a label, and keep the signals of those worth one."""
    found = Found()
    call = Score(pool.model(model), observed=False)
    for table, source in enumerate(sources):
        progress.begin("scoring", None)
        places: Places = {}
        for first, answers in pool.work(call, _tasks(source, known, places, found)):
            for row, scored in enumerate(answers, first):
                if scored is not None:
                    _keep((table, row), scored.cells, places.pop(row), known, found)
            progress.done(len(answers))
    found.candidates.sort()  # workers answer in any order
    worth = grounds(signals(found.candidates, known)).any(axis=1)
    found.left_out[TOLD] += int((~worth).sum())
    found.candidates = [found.candidates[at] for at in np.flatnonzero(worth).tolist()]
    return found


def _tasks(source: Source, known: Known, places: Places, found: Found) -> Iterator[Task]:
    """Yield a table's rows for scoring, those that need a label; note their outlets and texts."""
    for piece, rows in source.pieces():
        labels, outlets = source.cells(piece, "label"), source.outlets(piece)
        wanted = np.ones(len(rows), dtype=bool)
        for at, (row, label, outlet) in enumerate(zip(rows, labels, outlets, strict=True)):
            # What is no text is scored, which says what is wrong with it.
            number = text_hash(row.text) if isinstance(row.text, str) and row.text else None
            why = None if number is None else known.without_need(number, label)
            if why is None:
                words = len(row.text.split()) if isinstance(row.text, str) else 0
                places[piece.first + at] = Origin(sys.intern(outlet), number or 0, words)
            else:
                wanted[at] = False
                found.left_out[why] += 1
        found.rows += len(rows)
        if rows:
            yield Task(piece.first, len(rows), rows, source.columns, wanted)


def _keep(place: tuple[int, int], cells: Cells, origin: Origin, known: Known, found: Found) -> None:
    """Keep the signals of a row that can be judged, or could be by a model to come."""
    language = cells["language"]
    if cells["error"] is not None:
        found.errors.add(cells["error"])
    elif language not in LANGUAGES:
        found.left_out[STRANGE] += 1
    elif "too_short" in (cells["why_unclear"] or ""):
        found.left_out[TOO_SHORT] += 1
    else:
        p = cells["p_propaganda"]
        outlet, tie, words = origin
        found.candidates.append(
            Candidate(
                *place,
                float("nan") if p is None else p,
                cells["verdict"],
                language,
                kind_told(cells["genre"], words),
                outlet,
                known.is_new_outlet(outlet),
                known.is_new_language(language),
                tie,
            )
        )


def signals(candidates: Sequence[Candidate], known: Known) -> Signals:
    """Lay candidates out as arrays."""
    points = [known.points(one.language, one.kind) or (np.nan, np.nan) for one in candidates]
    accuse, clear = np.array(points, dtype=np.float64).reshape(-1, 2).T
    return Signals(
        np.array([one.p for one in candidates], dtype=np.float64),
        accuse,
        clear,
        np.array([one.verdict == "unclear" for one in candidates], dtype=bool),
        _numbers([one.language for one in candidates]),
        _numbers([canonical_outlet(one.outlet) for one in candidates]),
        np.array([one.new_outlet for one in candidates], dtype=bool),
        np.array([one.new_language for one in candidates], dtype=bool),
        np.array([one.tie for one in candidates], dtype=np.uint64),
    )


def _numbers(names: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return numbers for names: an array of names has room in every cell for the longest."""
    number = {name: at for at, name in enumerate(sorted(set(names)))}
    return np.array([number[name] for name in names], dtype=np.int64)
