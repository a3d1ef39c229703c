"""Records, and the JSON they are written as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any

OPTIONAL: Mapping[str, bool] = {"optional": True}
"""Metadata of a field that stands in the JSON only where it is not its default."""


def as_json(value: object) -> Any:
    """Return a record, or records in mappings and sequences, as JSON is written from them.

    Parameters
    ----------
    value
        A dataclass, whose fields become keys without a ``_`` at their end, or anything of JSON.
    """
    if is_dataclass(value):
        told = {one: getattr(value, one.name) for one in fields(value)}
        return {
            one.name.rstrip("_"): as_json(own)
            for one, own in told.items()
            if not (one.metadata.get("optional") and own == _default(one))
        }
    if isinstance(value, Mapping):
        return {name: as_json(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(one) for one in value]
    return value


def _default(field: Field[Any]) -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default
