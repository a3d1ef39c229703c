"""A model at the gate: readings that it has not met, what it says of them, and the figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from krynica.classifier.answer import ModelId
from krynica.classifier.folder import open_folder
from krynica.training.gate.figures import Figures, by_language
from krynica.training.gate.readings import read_readings, unseen
from krynica.training.gate.said import ask


@dataclass(frozen=True)
class Rows:
    """What became of the rows of a table.

    Parameters
    ----------
    asked, learned_from, other_outlets
        Number of rows that the model was asked about, that it learned from, and that are of other
        outlets than those it held out.
    """

    asked: int
    learned_from: int
    other_outlets: int


@dataclass(frozen=True)
class Result:
    """What the gate found.

    Parameters
    ----------
    model
        Which model was asked.
    readings
        Checksum of the table.
    rows
        What became of its rows.
    figures
        By language, and of all together.
    """

    model: ModelId
    readings: str
    rows: Rows
    figures: Mapping[str, Figures]


def measure(path: Path, model: Path, jobs: int) -> Result:
    """Measure a finished model.

    Parameters
    ----------
    path
        Table of readings.
    model
        The model's folder.
    jobs
        Processes.

    Raises
    ------
    classifier.errors.TableError
        If the table cannot be used.
    classifier.errors.ModelFolderError
        If the model cannot.
    """
    folder, readings = open_folder(model), read_readings(path)
    new = unseen(readings, folder)
    said = ask(new.rows, folder, jobs)
    rows = Rows(len(new.rows), new.learned_from, new.other_outlets)
    return Result(folder.id, readings.sha256, rows, by_language(said))
