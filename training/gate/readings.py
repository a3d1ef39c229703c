"""The table of readings: articles and posts scored from 0 to 4 for how they read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from krynica.classifier.errors import TableError
from krynica.classifier.folder import ModelFolder
from krynica.data.corpus.duplicates import text_hash
from krynica.data.corpus.labelled import canonical_outlet
from krynica.data.tables.table import read_table

HELD_OUT = "held_out_outlets"
"""Key of a model's manifest: outlets of which it learned nothing, where it says so."""
_COLUMNS = ("text", "lang", "score", "outlet", "outlet_label")
_SCORES = range(5)


@dataclass(frozen=True)
class Readings:
    """A table of readings.

    Parameters
    ----------
    rows
        With the columns ``text``, ``lang``, ``score``, ``outlet`` and ``outlet_label``.
    sha256
        Checksum of the file.
    """

    rows: pd.DataFrame
    sha256: str


@dataclass(frozen=True)
class Unseen:
    """Readings that a model may be asked about.

    Parameters
    ----------
    rows
        Those that it did not learn from; of the outlets held out alone, where it names them.
    learned_from
        Number of rows left out because the model learned from them.
    other_outlets
        Number of further rows left out because the model held other outlets out.
    """

    rows: pd.DataFrame
    learned_from: int
    other_outlets: int


def read_readings(path: Path) -> Readings:
    """Read a table of readings.

    Raises
    ------
    classifier.errors.TableError
        If it cannot be read, lacks a column, or has scores other than 0 to 4.
    """
    rows = read_table(path, required=_COLUMNS)[list(_COLUMNS)]
    if not rows["score"].isin(_SCORES).all():
        raise TableError(f"The column score of {path.name} must hold numbers from 0 to 4 alone.")
    with path.open("rb") as file:
        return Readings(rows, hashlib.file_digest(file, "sha256").hexdigest())


def unseen(readings: Readings, folder: ModelFolder) -> Unseen:
    """Leave out what a model has met.

    Parameters
    ----------
    readings
        The table.
    folder
        The model's folder.

    Raises
    ------
    classifier.errors.ModelFolderError
        If the model cannot tell what it learned from.
    """
    rows = readings.rows
    hashes = np.array([text_hash(text) for text in rows["text"]], dtype=np.uint64)
    new = ~np.isin(hashes, folder.learned_from())
    outlets = folder.manifest.get(HELD_OUT)
    held_out = _of(rows["outlet"], outlets) if outlets else np.ones_like(new)
    return Unseen(rows[new & held_out], int((~new).sum()), int((new & ~held_out).sum()))


def _of(outlets: pd.Series, held: Iterable[str]) -> npt.NDArray[np.bool_]:
    """Tell which rows are of held-out outlets, however either writes their names."""
    names = {canonical_outlet(name) for name in held}
    told = [isinstance(name, str) and canonical_outlet(name) in names for name in outlets]
    return np.array(told, dtype=bool)
