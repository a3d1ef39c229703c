"""Rows scored by a Dask cluster: the one module that knows of Dask, which is an extra."""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from distributed import Client, KilledWorker, Worker, as_completed, get_worker
from distributed.comm.core import CommClosedError
from distributed.diagnostics.plugin import WorkerPlugin

from krynica.classifier.encoder import NAME
from krynica.classifier.errors import AddressError, KrynicaError
from krynica.classifier.model import Model
from krynica.service.batch.child_processes import DIED, silent_children
from krynica.service.batch.tasks import Opener, Task
from krynica.service.scoring import load

Result = TypeVar("Result")
_PATIENCE = 10
"""Seconds that a scheduler has to answer, and a cluster to have a worker."""
_AHEAD = 2
"""Tasks in the cluster's pool for each of its cores: one at work, one waiting."""
_RETRIES = 2
"""How often a task is done again that met an error. One whose worker died is done again in any
case, three times, and then given up: it may be what kills them."""
_MODEL = "model"
"""Folder of a model on a worker; its encoder lies beside it."""
_END = 1 << 16
"""Bytes at the end of a Parquet file by which it is known again; its directory is there."""


@contextmanager
def cluster(number: int, scheduler: str | None) -> Iterator[Cluster]:
    """Connect to a cluster, or start one on this machine.

    Parameters
    ----------
    number
        Processes to start where there is no scheduler.
    scheduler
        Address of a running scheduler.

    Raises
    ------
    classifier.errors.KrynicaError
        If none answers, or it has no workers.
    """
    # What is to be said of a cluster is said here, in a sentence.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    where: dict[str, Any] = {"address": scheduler, "timeout": _PATIENCE}
    if scheduler is None:
        where = {"n_workers": number, "threads_per_worker": 1, "dashboard_address": None}
    try:
        with silent_children():
            client = Client(**where)
    except (OSError, ValueError, TypeError) as error:  # the last of tls:// without certificates
        name = scheduler or "this machine"
        raise AddressError(f"No Dask scheduler answers at {name}.") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as error:
            raise KrynicaError("The Dask cluster has no workers.") from error
        yield Cluster(client)


@dataclass(frozen=True)
class Cluster:
    """Workers of a cluster; a `service.batch.workers.WorkerPool`.

    Parameters
    ----------
    client
        Connection to its scheduler.
    """

    client: Client
    _tables: dict[Path, bool] = field(default_factory=dict)

    def model(self, model: Model) -> Opener:
        """Send the bytes of model and encoder to each worker once, to those too that join later."""
        folders = {
            _MODEL: _bytes(model.source.path),
            NAME: _bytes(model.encoder.path),
        }
        sent = SentModel(folders, model.source.sha256)
        with _told():
            self.client.register_plugin(sent)
        return ModelOfWorker(model.source.sha256)

    def work(self, do: Callable[[Task], Result], tasks: Iterator[Task]) -> Iterator[Result]:
        """Do tasks on the cluster; those of a worker that is lost are done by another.

        A partition is read by the worker where every worker finds its file in the same place, and
        here where one does not.

        Raises
        ------
        classifier.errors.KrynicaError
            If the cluster cannot do it.
        """
        ahead = _AHEAD * max(sum(self.client.ncores().values()), 1)
        with _told():
            futures = [self._submit(do, task) for task in islice(tasks, ahead)]
            waiting = as_completed(futures)
            del futures
            for future in waiting:
                yield future.result()
                future.release()
                for task in islice(tasks, 1):
                    waiting.add(self._submit(do, task))

    def _submit(self, do: Callable[[Task], Result], task: Task) -> Any:
        if not isinstance(task.rows, list) and not self._seen(task.rows.path):
            task = replace(task, rows=task.read())
        return self.client.submit(do, task, pure=False, retries=_RETRIES)

    def _seen(self, table: Path) -> bool:
        """Tell whether every worker finds the same file in the same place."""
        if table not in self._tables:
            known = set(self.client.run(_known_by, table).values())
            self._tables[table] = known == {_known_by(table)}
        return self._tables[table]


class SentModel(WorkerPlugin):
    """A model folder and its encoder's on their way to a worker, and the model once it is there.

    Parameters
    ----------
    folders
        Their bytes, by the name of the folder and of the file.
    sha256
        Which model it is.
    """

    idempotent = True  # another run with the same model finds it there

    def __init__(self, folders: Mapping[str, Mapping[str, bytes]], sha256: str) -> None:
        self.name = f"krynica-{sha256}"
        self._folders = folders
        self._place: Path | None = None

    def setup(self, worker: Worker) -> None:
        """Write the folders to the worker's own directory, check them, and open the model."""
        self._place = Path(worker.local_directory) / self.name
        for folder, files in self._folders.items():
            (self._place / folder).mkdir(parents=True, exist_ok=True)
            for name, content in files.items():
                (self._place / folder / name).write_bytes(content)
        self._folders = {}
        self.model = load(self._place / _MODEL)

    def teardown(self, worker: Worker) -> None:
        """Remove the folders."""
        del worker
        if self._place is not None:
            shutil.rmtree(self._place, ignore_errors=True)


@dataclass(frozen=True)
class ModelOfWorker:
    """The model that was sent to the worker where this is called."""

    sha256: str

    def __call__(self) -> Model:
        """Return it."""
        plugin: Any = get_worker().plugins[f"krynica-{self.sha256}"]
        model: Model = plugin.model
        return model


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def _known_by(table: Path) -> str | None:
    """Return what tells a Parquet file from others; None where there is none."""
    try:
        with table.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - _END))
            return f"{size} {hashlib.sha256(file.read()).hexdigest()}"
    except OSError:
        return None


@contextmanager
def _told() -> Iterator[None]:
    """Say in one sentence what went wrong in the cluster."""
    try:
        yield
    except KilledWorker as error:
        raise KrynicaError(DIED) from error
    except ModuleNotFoundError as error:
        raise KrynicaError(f"The workers of the cluster lack {error.name}.") from error
    except (CancelledError, CommClosedError) as error:
        raise KrynicaError("The Dask scheduler was lost; the same command resumes.") from error
