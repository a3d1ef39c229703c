"""Tables of one JSON object a line: types and nested values are kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pandas as pd

from data.cells import as_json, plain_values
from data.faults import OnFault, pass_over, refuse
from data.lines import Batches, Damaged, open_lines
from data.seam import shown

_HALF = re.compile(r"[\ud800-\udfff]")


def columns(path: Path, on_fault: OnFault) -> list[str]:
    """Return the names of the columns in the order in which they first appear.

    The whole file is read for it, one line at a time, so that a bad line is known before work
    begins. `frames` tells of the bad lines that are let pass.

    Raises
    ------
    classifier.errors.TableError
        If a line is not a JSON object, or has a name twice, and faults are refused.
    """
    names: dict[str, None] = {}
    with open_lines(path, newline="\n") as lines:
        for row in _objects(path, lines, refuse if on_fault is refuse else pass_over):
            names.update(dict.fromkeys(row))
    return list(names)


def frames(
    path: Path, names: Sequence[str], rows: int | None, on_fault: OnFault
) -> Iterator[pd.DataFrame]:
    """Give the rows in order, at most so many a frame; one empty frame if there are none.

    Parameters
    ----------
    path, names, rows
        The file, its columns, and most rows of a frame.
    on_fault
        Told of a line that is not a JSON object, or has a name twice. The row of such a line has
        what could be read: of two values of one name the last.
    """
    with open_lines(path, newline="\n") as lines:
        objects = _objects(path, lines, on_fault)
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

    defused = 0  # no program takes a string of JSON for a formula

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


def _objects(path: Path, lines: Batches, on_fault: OnFault) -> Iterator[dict[str, Any]]:
    """Give a row for every line that is not blank, which is empty if nothing could be read."""
    twins: list[str] = []
    hook = partial(_collected, twins)
    rows = 0
    whole = chain.from_iterable(batch for batch, _ in lines)
    for number, line in enumerate(whole, 1):
        if not line.strip():
            continue
        row: Any = {}
        fault = None
        try:
            row = json.loads(line, object_pairs_hook=hook)
        except (ValueError, RecursionError) as error:
            fault = f"is not JSON: {getattr(error, 'msg', str(error))}"
        if twins:
            fault = f"has “{twins[0]}” twice in one object"
            twins.clear()
        if not isinstance(row, dict):
            row, fault = {}, "is not a JSON object with the columns as its names"
        if isinstance(line, Damaged):
            on_fault(rows, line.fault)
        elif fault:
            on_fault(rows, f"Line {number} of {shown(path)} {fault}.")
        rows += 1
        yield row


def _collected(twins: list[str], pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of its names and values, and note a name that is there twice."""
    row = {_whole(name): _whole(value) for name, value in pairs}
    if len(row) != len(pairs):
        names = [_whole(name) for name, _ in pairs]
        twins.append(next(name for name in names if names.count(name) > 1))
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
