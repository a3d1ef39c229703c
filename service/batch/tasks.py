"""What a worker is given, wherever it works: some rows, and what to do with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from krynica.classifier.arrays import Hashes
from krynica.classifier.errors import ModelFolderError
from krynica.service.batch.repeats import fingerprints
from krynica.service.rows import Columns, Row, Scored, rows_of, score_row
from krynica.service.scoring import load

if TYPE_CHECKING:
    from krynica.classifier.model import Depth, Model
    from krynica.data.tables.parquet import Partition

Opener = Callable[[], "Model"]
"""Gives a worker its model."""


@dataclass(frozen=True)
class Task:
    """Some rows of a table that follow each other.

    Parameters
    ----------
    first, count
        Number of the first row, and how many they are.
    rows
        The rows, or where a worker can read them.
    columns
        Which columns make an article.
    wanted
        Which rows are to be scored, shape (count,); None for all.
    """

    first: int
    count: int
    rows: list[Row] | Partition
    columns: Columns
    wanted: npt.NDArray[np.bool_] | None = None

    def read(self) -> list[Row]:
        """Return the rows."""
        if isinstance(self.rows, list):
            return self.rows
        from krynica.data.tables.parquet import read_partition

        return rows_of(read_partition(self.rows), self.columns)


@dataclass(frozen=True)
class Survey:
    """Tells what stands for the texts of some rows."""

    def __call__(self, task: Task) -> tuple[int, Hashes]:
        """Do a task."""
        return task.first, fingerprints(task.read())


@dataclass(frozen=True)
class Score:
    """Scores rows; those that are not wanted are None.

    Parameters
    ----------
    model
        Gives the model.
    observed
        Whether to say what a report compares, which costs a tenth more.
    depth
        How deep texts are read, likewise.
    """

    model: Opener
    observed: bool
    depth: Depth = "full"

    def __call__(self, task: Task) -> tuple[int, list[Scored | None]]:
        """Do a task."""
        model = self.model()
        wanted = [True] * task.count if task.wanted is None else task.wanted.tolist()
        return task.first, [
            score_row(model, row, observed=self.observed, depth=self.depth) if wants else None
            for row, wants in zip(task.read(), wanted, strict=True)
        ]


@dataclass(frozen=True)
class ModelAt:
    """A model in a folder of this machine, opened once a process, and checked which it is."""

    folder: Path
    sha256: str

    def __call__(self) -> Model:
        """Return the model.

        Raises
        ------
        classifier.errors.ModelFolderError
            If another model is there.
        """
        model = _opened(self.folder)
        if model.source.sha256 != self.sha256:
            raise ModelFolderError(f"A worker has another model in {self.folder}.")
        return model


@lru_cache(maxsize=1)
def _opened(folder: Path) -> Model:
    return load(folder)
