"""The key to what annotators are given: which row each text was, and why it was picked.

It stays with whoever asks. Annotators do not see it, as it names outlets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from krynica.classifier.errors import TableError
from krynica.data.messages import shown
from krynica.data.tables import jsonlines
from krynica.data.tables.cells import as_json, plain_values
from krynica.data.tables.faults import refuse
from krynica.service.annotations.formats.record import ID, put

_NAMES = (ID, "why", "language", "model", "row")
_SUFFIX = ".key.jsonl"


@dataclass(frozen=True)
class Row:
    """One row that was picked.

    Parameters
    ----------
    id
        Of the text as it is shown.
    why
        The grounds on which it was picked, joined by ``;``.
    language
        ISO 639-1 code.
    model
        Checksum of the model that picked it.
    cells
        The row of the table, by column; those that had other names bear the names of a labelled
        corpus (``text``, ``title``, ``lang``, ``outlet``).
    """

    id: str
    why: str
    language: str
    model: str
    cells: Mapping[str, Any]


def key_of(path: Path) -> Path:
    """Return where the key to a file of questions stands."""
    return path.with_name(f"{path.name}{_SUFFIX}")


def write(rows: Iterable[Row], path: Path) -> None:
    """Write a key: a row a line, as JSON.

    Raises
    ------
    classifier.errors.TableError
        If it cannot be written.
    """
    lines = [
        dict(zip(_NAMES, (one.id, one.why, one.language, one.model, one.cells), strict=True))
        for one in rows
    ]
    put(path, "".join(f"{as_json(line)}\n" for line in lines))


def read(path: Path) -> dict[str, Row]:
    """Read a key.

    Returns
    -------
    dict
        The rows by their ids, in the order of their picks.

    Raises
    ------
    classifier.errors.TableError
        If it is none, or was damaged.
    """
    names = jsonlines.columns(path, refuse)
    if not {*_NAMES} <= {*names}:
        raise TableError(f"{shown(path)} is not a key written by “krynica annotate export”.")
    (table,) = jsonlines.frames(path, names, None, refuse)
    columns = [plain_values(table[name]) for name in _NAMES]
    rows = [Row(*cells) for cells in zip(*columns, strict=True)]
    for row in rows:
        text = row.cells.get("text") if isinstance(row.cells, dict) else None
        if not isinstance(row.id, str) or not isinstance(text, str):
            raise TableError(f"The key {shown(path)} is damaged: one of its rows has no text.")
    return {row.id: row for row in rows}
