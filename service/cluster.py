"""Rows scored by a Dask cluster: the one module that knows of Dask, which is an extra."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any

from classifier.errors import AddressError, KrynicaError
from service.workers import (
    DIED,
    Result,
    Task,
    TaskCall,
    Workers,
    silent_children,
)

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE = 10
"""Seconds that a scheduler has to answer, and a cluster to have a worker."""
_AHEAD = 2
"""Tasks in the cluster's hands for each of its cores: one at work, one waiting."""


def in_cluster(tasks: Iterator[Task], call: TaskCall, workers: Workers) -> Iterator[Result]:
    """Score tasks in a Dask cluster.

    Parameters
    ----------
    tasks, call
        What to score, and how; the workers need this program, and the model in the same folder.
    workers
        Address of the scheduler, or the number of local processes.

    Raises
    ------
    classifier.errors.KrynicaError
        If Dask is not installed, or the cluster cannot do it.
    """
    if find_spec("distributed") is None:
        raise KrynicaError(
            "The engine dask needs an extra that is not installed: pip install 'krynica[dask]'."
        )
    with _client(workers) as client:
        from distributed import KilledWorker

        try:
            yield from _results(tasks, call, client)
        except KilledWorker as error:
            raise KrynicaError(DIED) from error
        except ModuleNotFoundError as error:
            raise KrynicaError(f"The workers of the cluster lack {error.name}.") from error


def _results(tasks: Iterator[Task], call: TaskCall, client: Client) -> Iterator[Result]:
    from distributed import as_completed

    ahead = _AHEAD * sum(client.ncores().values())
    futures = [client.submit(call, task, pure=False) for task in islice(tasks, ahead)]
    waiting = as_completed(futures)
    del futures
    for future in waiting:
        yield future.result()
        future.release()
        for task in islice(tasks, 1):
            waiting.add(client.submit(call, task, pure=False))


@contextmanager
def _client(workers: Workers) -> Iterator[Client]:
    # Read when Dask is imported, here and in the processes it starts.
    os.environ.setdefault("DASK_LOGGING__DISTRIBUTED", "critical")
    from distributed import Client

    where: dict[str, Any] = {"address": workers.scheduler, "timeout": _PATIENCE}
    if workers.scheduler is None:
        where = {"n_workers": workers.number, "threads_per_worker": 1, "dashboard_address": None}
    try:
        with silent_children():
            client = Client(**where)
    except (OSError, ValueError) as error:
        name = workers.scheduler or "this machine"
        raise AddressError(f"No Dask scheduler answers at {name}.") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as error:
            raise KrynicaError("The Dask cluster has no workers.") from error
        yield client
