"""Columns of a table and the plain Python values in them, for every format alike."""

from __future__ import annotations

import base64
import datetime as dt
import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from pandas.api.types import is_scalar

from krynica.data.tables.faults import HEADER, OnFault, refuse


def distinct_names(names: Sequence[str], table: str, on_fault: OnFault = refuse) -> list[str]:
    """Return the names of columns so that each has one of its own.

    Parameters
    ----------
    names
        As they stand in the table.
    table
        What to call it in a sentence.
    on_fault
        Told, with `data.tables.faults.HEADER` for a row, of each name that is there twice. If it
        lets that pass, later columns of the name are numbered: ``text``, ``text_2``, ``text_3``.

    Raises
    ------
    classifier.errors.TableError
        If `on_fault` is left out: naming the first name that is there twice.
    """
    counts, taken = Counter(names), set(names)
    for name, count in counts.items():
        if count > 1:
            on_fault(HEADER, f"The table {table} has {count} columns named “{name}”.")
    seen: Counter[str] = Counter()
    free = []
    for name in names:
        seen[name] += 1
        new = name
        while seen[name] > 1 and new in taken:
            new = f"{name}_{seen[name]}"
            seen[name] += new in taken
        taken.add(new)
        free.append(new)
    return free


def plain_values(column: pd.Series) -> list[Any]:
    """Return the values of a column as Python objects, with None for what is missing."""
    return [None if is_scalar(value) and pd.isna(value) else value for value in column]


def as_text(value: Any) -> str | None:
    """Return a value as one cell of text: lists and objects as JSON, dates by ISO 8601."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool | int | float):
        return str(value)
    text = as_json(value)
    return str(json.loads(text)) if text.startswith('"') else text


def as_json(value: Any) -> str:
    """Return a value as JSON on one line. Infinite and undefined numbers become null."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, default=_plain)
    except ValueError:
        return json.dumps(_finite(value), ensure_ascii=False, default=_plain)


def text_column(values: Iterable[str | None]) -> pd.Series:
    """Return a column of text, in which None is missing."""
    return pd.Series(list(values), dtype="str")


def _plain(value: Any) -> Any:
    """Translate what JSON has no form for."""
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if value is pd.NA or value is pd.NaT:
        return None
    if hasattr(value, "tolist"):
        return value.tolist()
    return str(value)


def _finite(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    if hasattr(value, "tolist"):
        return _finite(value.tolist())
    return value
