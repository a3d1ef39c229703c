"""Records, and the JSON they are written as."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from krynica.classifier.errors import ModelFolderError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record")

OPTIONAL: Mapping[str, bool] = {"optional": True}
"""Metadata of a field that stands in the JSON only where it is not its default."""


def beside(name: str) -> Mapping[str, str]:
    """Return the metadata of a field that stands in the JSON only where another one does."""
    return {"beside": name}


def told(record: DataclassInstance) -> dict[str, Any]:
    """Return the fields of a record that stand in its JSON, and what they hold."""
    every = {one.name: one for one in fields(record)}
    return {
        name: getattr(record, name)
        for name, one in every.items()
        if not _left_out(record, every[one.metadata.get("beside", name)])
    }


def as_json(value: object) -> Any:
    """Return a record, or records in mappings and sequences, as JSON is written from them.

    Parameters
    ----------
    value
        A dataclass, whose fields become keys without a ``_`` at their end, or anything of JSON.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {name.rstrip("_"): as_json(one) for name, one in told(value).items()}
    if isinstance(value, Mapping):
        return {name: as_json(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(one) for one in value]
    return value


def reader(
    kind: type[Record], what: str
) -> Callable[[Mapping[str, object] | None], dict[str, Record]]:
    """Return what reads records, each under a name, from what a manifest holds.

    It raises ModelFolderError of anything else; null, as one of them or as all, is none.

    Parameters
    ----------
    kind
        A dataclass.
    what
        What they are called.
    """
    records: TypeAdapter[dict[str, Record | None]] = TypeAdapter(dict[str, kind | None])  # type: ignore[valid-type]  # known when this runs

    def read(given: Mapping[str, object] | None) -> dict[str, Record]:
        try:
            found = records.validate_python(given or {})
        except ValidationError as error:
            where = ".".join(map(str, error.errors()[0]["loc"]))
            raise ModelFolderError(
                f"The {what} in the model's manifest cannot be read: {where}."
            ) from error
        return {name: one for name, one in found.items() if one is not None}

    return read


def _left_out(record: DataclassInstance, field: Field[Any]) -> bool:
    default = field.default_factory() if field.default_factory is not MISSING else field.default
    return "optional" in field.metadata and bool(getattr(record, field.name) == default)
