"""Tables of one JSON object a line: types and nested values are kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

import pandas as pd

from classifier.errors import TableError
from data.cells import as_json, plain_values
from data.lines import open_lines, without_nul
from data.seam import shown

_HALF = re.compile(r"[\ud800-\udfff]")


def columns(path: Path) -> list[str]:
    """Return the names of the columns in the order in which they first appear.

    The whole file is read for it, one line at a time, so that a bad line is known before work
    begins.

    Raises
    ------
    classifier.errors.TableError
        If a line is not a JSON object, or has a name twice.
    """
    names: dict[str, None] = {}
    with open_lines(path, newline="\n") as lines:
        for row in _objects(path, lines):
            names.update(dict.fromkeys(row))
    return list(names)


def frames(path: Path, names: Sequence[str], rows: int | None) -> Iterator[pd.DataFrame]:
    """Give the rows in order, at most so many a frame; one empty frame if there are none.

    Raises
    ------
    classifier.errors.TableError
        If a line is not a JSON object, or has a name twice.
    """
    with open_lines(path, newline="\n") as lines:
        objects = _objects(path, lines)
        chunk = list(islice(objects, rows))
        while True:
            yield pd.DataFrame(
                {name: _column([row.get(name) for row in chunk]) for name in names},
                index=range(len(chunk)),
            )
            if not (chunk := list(islice(objects, rows))):
                return


class Sink:
    """Writes rows to a file, UTF-8 with line feeds."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("x", encoding="utf-8", errors="replace", newline="")

    def write(self, frame: pd.DataFrame) -> None:
        """Write the rows of a frame."""
        names = list(frame.columns)
        for row in zip(*(plain_values(frame[name]) for name in names), strict=True):
            self._file.write(as_json(dict(zip(names, row, strict=True))) + "\n")

    def close(self) -> None:
        """Write what is still held back and close the file."""
        self._file.close()


def _objects(path: Path, lines: TextIO) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(without_nul(path, lines), 1):
        if not line.strip():
            continue
        where = f"Line {number} of {shown(path)}"
        try:
            row = json.loads(line, object_pairs_hook=_no_twins)
        except _TwinError as error:
            raise TableError(f"{where} has “{error}” twice in one object.") from error
        except (ValueError, RecursionError) as error:
            reason = getattr(error, "msg", str(error))
            raise TableError(f"{where} is not JSON: {reason}.") from error
        if not isinstance(row, dict):
            raise TableError(f"{where} is not a JSON object with the columns as its names.")
        yield row


class _TwinError(Exception):
    """An object has a name twice."""


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = {_whole(name): _whole(value) for name, value in pairs}
    if len(row) != len(pairs):
        names = [name for name, _ in pairs]
        raise _TwinError(next(name for name in names if names.count(name) > 1))
    return row


def _whole(value: Any) -> Any:
    """Replace halves of surrogate pairs: JSON can escape them, no text can hold them."""
    return _HALF.sub("\ufffd", value) if isinstance(value, str) else value


def _column(values: list[Any]) -> pd.Series:
    """Return a column that holds exactly these values: text as text, numbers only if all are."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {str}:
        return pd.Series(values, dtype="str")
    whole = None not in values and kinds in ({bool}, {int})
    plain = whole or kinds == {float}
    try:
        return pd.Series(values, dtype=kinds.pop().__name__ if plain else object)
    except OverflowError:
        return pd.Series(values, dtype=object)
