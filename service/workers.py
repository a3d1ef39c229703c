"""Who scores the rows: this process, processes beside it, or machines of a Dask cluster."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from classifier.errors import KrynicaError, ModelFolderError
from service.errors import CallError
from service.rows import Cells, Row, score_row
from service.scoring import load

if TYPE_CHECKING:
    from classifier.model import Model

Engine = Literal["joblib", "dask"]
Task = tuple[int, list[Row]]
"""Number of the first row, and the rows."""
Result = tuple[int, list[Cells]]

DIED = (
    "A worker process died, most likely for want of memory; the same command goes on where it "
    "stopped, with fewer workers if need be."
)


@dataclass(frozen=True)
class Workers:
    """Who is to work.

    Parameters
    ----------
    number
        Processes; 1 is this process alone. With a `scheduler` the cluster has the workers it has.
    engine
        ``"joblib"`` for this machine, ``"dask"`` for a cluster.
    scheduler
        Address of a running Dask scheduler; without one, a cluster of `number` local processes.

    Raises
    ------
    service.errors.CallError
        If the three do not fit together.
    """

    number: int = 1
    engine: Engine = "joblib"
    scheduler: str | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if self.scheduler is not None and self.engine != "dask":
            raise CallError("A scheduler is for Dask: add --engine dask, or leave it out.")


def score_tasks(tasks: Iterator[Task], model: Model, workers: Workers) -> Iterator[Result]:
    """Score tasks, yielding results as they come, in any order.

    Tasks are taken a few ahead of the workers, so that memory does not grow with the table. Each
    process opens the model once.
    """
    if workers.engine == "joblib" and workers.number == 1:
        return _here(tasks, model)
    call = TaskCall(model.source.path.resolve(), model.source.sha256)
    if workers.engine == "joblib":
        return _in_processes(tasks, call, workers.number)
    from service.cluster import in_cluster

    return in_cluster(tasks, call, workers)


@dataclass(frozen=True)
class TaskCall:
    """What a worker process runs: it opens the model at its first task, and checks which it is."""

    folder: Path
    sha256: str

    def __call__(self, task: Task) -> Result:
        """Score a task."""
        model = _model(self.folder)
        if model.source.sha256 != self.sha256:
            raise ModelFolderError(f"A worker has another model in {self.folder}.")
        first, rows = task
        return first, [score_row(model, row) for row in rows]


@lru_cache(maxsize=1)
def _model(folder: Path) -> Model:
    return load(folder)


def _here(tasks: Iterator[Task], model: Model) -> Iterator[Result]:
    for first, rows in tasks:
        yield first, [score_row(model, row) for row in rows]


def _in_processes(tasks: Iterator[Task], call: TaskCall, number: int) -> Iterator[Result]:
    import joblib
    from joblib.externals.loky.process_executor import BrokenProcessPool

    held = _HeldErrors(tasks)
    parallel = joblib.Parallel(
        n_jobs=number,
        backend="loky",
        batch_size=1,
        return_as="generator_unordered",
        initializer=_begin_work,
        initargs=(os.getpid(),),
    )
    try:
        with silent_children():
            results = parallel(joblib.delayed(call)(task) for task in held)
        yield from results
    except BrokenProcessPool as error:
        raise KrynicaError(DIED) from error
    held.raise_any()


class _HeldErrors:
    """Tasks whose errors are raised where the results are wanted.

    joblib takes tasks in a thread of its own, where an error would be lost.
    """

    def __init__(self, tasks: Iterator[Task]) -> None:
        self._tasks = tasks
        self._error: Exception | None = None

    def __iter__(self) -> Iterator[Task]:
        try:
            yield from self._tasks
        except Exception as error:  # noqa: BLE001  # raised below
            self._error = error

    def raise_any(self) -> None:
        """Raise what stopped the tasks, if anything did."""
        if self._error is not None:
            raise self._error


@contextmanager
def silent_children() -> Iterator[None]:
    """Start processes here without standard error.

    Ctrl-C reaches every process of a terminal; while they start they would all answer with a
    traceback.
    """
    try:
        kept = os.dup(2)
    except OSError:
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _begin_work(parent: int) -> None:
    """Prepare a worker process: Ctrl-C is not for it, and it ends when its parent does.

    joblib's workers would outlive a killed parent by five minutes.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
