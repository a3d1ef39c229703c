"""Tables of one JSON object a line: types and nested values are kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

import pandas as pd

from krynica.data.messages import shown
from krynica.data.tables.cells import as_json, plain_values
from krynica.data.tables.chunks import chunked
from krynica.data.tables.faults import OnFault, pass_over, refuse
from krynica.data.tables.lines import Batches, Damaged, open_lines

_HALF = re.compile(r"[\ud800-\udfff]")

_DEEPEST = 100
"""Most levels of a row, itself counted: none of what people collect has ten."""

_HOPELESS = 400
"""Levels beyond which nothing of a row is read: Python's reader stops before 1,000."""

_DEEP = f"nests more than {_DEEPEST} deep"
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")


def columns(path: Path, on_fault: OnFault, *, encoding: str | None = None) -> list[str]:
    """Return the names of the columns in the order in which they first appear.

    The whole file is read for it, one line at a time, so that a bad line is known before work
    begins. `frames` tells of the bad lines that are let pass.

    Raises
    ------
    classifier.errors.TableError
        If a line is not a JSON object, or has a name twice, and faults are refused.
    """
    try:
        status = path.stat()
        version = status.st_size, status.st_mtime_ns
    except (OSError, ValueError):
        version = 0, 0  # opening it says what is wrong
    return list(_names(path, version, encoding, strict=on_fault is refuse))


@lru_cache(maxsize=4)
def _names(
    path: Path, _version: tuple[int, int], encoding: str | None, *, strict: bool
) -> tuple[str, ...]:
    """Read all lines for their names; once, as a batch asks for those of a table four times."""
    names: dict[str, None] = {}
    with open_lines(path, newline="\n", encoding=encoding) as lines:
        for row, _ in _objects(path, lines, refuse if strict else pass_over):
            names.update(dict.fromkeys(row))
    return tuple(names)


def frames(
    path: Path,
    names: Sequence[str],
    rows: int | None,
    on_fault: OnFault,
    *,
    encoding: str | None = None,
) -> Iterator[pd.DataFrame]:
    """Give the rows in order, in frames as of `chunked`; one empty frame if there are none.

    Parameters
    ----------
    path, names, rows
        The file, its columns, and most rows of a frame.
    on_fault
        Told of a line that is not a JSON object, has a name twice, or nests more than 100 deep.
        The row of such a line has what could be read: of two values of one name the last, and
        no value that is too deep.
    encoding
        Codec of the file where it is known; detected by default.
    """
    with open_lines(path, newline="\n", encoding=encoding) as lines:
        objects = ((row, size + len(names)) for row, size in _objects(path, lines, on_fault))
        for chunk in chunked(objects, rows):
            yield pd.DataFrame(
                {name: column_of([row.get(name) for row in chunk]) for name in names},
                index=range(len(chunk)),
            )


class Sink:
    """Writes rows to a file, UTF-8 with line feeds."""

    defused = 0  # no program takes a string of JSON for a formula
    cut = 0

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


def _objects(path: Path, lines: Batches, on_fault: OnFault) -> Iterator[tuple[dict[str, Any], int]]:
    """Give a row for every line that is not blank, empty if nothing could be read, and its size."""
    rows = 0
    whole = chain.from_iterable(batch for batch, _ in lines)
    for number, line in enumerate(whole, 1):
        if not line.strip():
            continue
        row, fault = _read(line)
        if isinstance(line, Damaged):
            on_fault(rows, line.fault)
        elif fault:
            on_fault(rows, f"Line {number} of {shown(path)} {fault}.")
        rows += 1
        yield row, len(line)


def _read(line: str) -> tuple[dict[str, Any], str | None]:
    """Return what can be read of a line, and what is wrong with it."""
    # How deep Python's own reader gets depends on who calls it, and what is read must not.
    depth = _depth(line) if line.count("[") + line.count("{") > _DEEPEST else 0
    if depth > _HOPELESS:
        return {}, _DEEP
    twins: list[str] = []
    try:
        row = json.loads(line, object_pairs_hook=partial(_collected, twins))
    except ValueError as error:
        return {}, f"is not JSON: {getattr(error, 'msg', str(error))}"
    if not isinstance(row, dict):
        return {}, "is not a JSON object with the columns as its names"
    if depth > _DEEPEST:
        return {name: None if _is_deep(value) else value for name, value in row.items()}, _DEEP
    return row, f"has “{twins[0]}” twice in one object" if twins else None


def _depth(line: str) -> int:
    """Tell how deep a line nests, also where it is not JSON."""
    marks = _BRACKET.findall(_STRING.sub("", line))
    return max(accumulate(1 if mark in "[{" else -1 for mark in marks), default=0)


def _is_deep(value: Any) -> bool:
    """Tell whether a value, which stands one level below its row, nests too deep."""
    level, outer = [value], []
    for _ in range(_DEEPEST):
        outer = [inner for inner in level if isinstance(inner, dict | list)]
        level = [
            inner for one in outer for inner in (one.values() if isinstance(one, dict) else one)
        ]
    return bool(outer)


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


def column_of(values: list[Any]) -> pd.Series:
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
