"""Who scores the rows: this process, processes beside it, or machines of a Dask cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal, Protocol, TypeVar

from krynica.classifier.errors import KrynicaError
from krynica.classifier.model import Model
from krynica.service.batch.child_processes import DIED, begin_work, silent_children
from krynica.service.batch.tasks import ModelAt, Opener, Task
from krynica.service.errors import CallError

Engine = Literal["joblib", "dask"]
Result = TypeVar("Result")


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


class WorkerPool(Protocol):
    """Who does tasks."""

    def model(self, model: Model) -> Opener:
        """Return what gives a worker a model."""

    def work(self, do: Callable[[Task], Result], tasks: Iterator[Task]) -> Iterator[Result]:
        """Do tasks, yielding results as they come, in any order.

        Tasks are taken a few ahead of the workers, so that memory does not grow with the table.
        """


@contextmanager
def worker_pool(workers: Workers) -> Iterator[WorkerPool]:
    """Bring workers together, and let them go.

    Parameters
    ----------
    workers
        Who is to work.

    Raises
    ------
    classifier.errors.KrynicaError
        If Dask is not installed, or no cluster answers.
    """
    if workers.engine == "joblib":
        yield Alone() if workers.number == 1 else Processes(workers.number)
        return
    if find_spec("distributed") is None:
        raise KrynicaError(
            "The engine dask needs an extra that is not installed: pip install 'krynica[dask]'."
        )
    # Read when Dask is imported, here and in the processes it starts.
    os.environ.setdefault("DASK_LOGGING__DISTRIBUTED", "critical")
    from krynica.service.batch.cluster import cluster

    with cluster(workers.number, workers.scheduler) as found:
        yield found


class Alone:
    """No one but this process; a `WorkerPool`."""

    def model(self, model: Model) -> Opener:
        """Return the model that is open already."""
        return lambda: model

    def work(self, do: Callable[[Task], Result], tasks: Iterator[Task]) -> Iterator[Result]:
        """Do one task after the other."""
        return map(do, tasks)


@dataclass(frozen=True)
class Processes:
    """Processes of this machine; a `WorkerPool`.

    Parameters
    ----------
    number
        How many.
    """

    number: int

    def model(self, model: Model) -> Opener:
        """Let each process open the folder once."""
        return ModelAt(model.source.path.resolve(), model.source.sha256)

    def work(self, do: Callable[[Task], Result], tasks: Iterator[Task]) -> Iterator[Result]:
        """Do tasks side by side.

        Raises
        ------
        classifier.errors.KrynicaError
            If a process died.
        """
        import joblib
        from joblib.externals.loky.process_executor import BrokenProcessPool

        held = _HeldErrors(tasks)
        parallel = joblib.Parallel(
            n_jobs=self.number,
            backend="loky",
            batch_size=1,
            return_as="generator_unordered",
            initializer=begin_work,
            initargs=(os.getpid(),),
        )
        try:
            with silent_children():
                results = parallel(joblib.delayed(do)(task) for task in held)
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
