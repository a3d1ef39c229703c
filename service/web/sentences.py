"""What Pydantic finds wrong, in sentences that never show what was given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_OURS = "value_error"
"""Type of an error whose message was written here, in a validator."""
_UNKNOWN = "extra_forbidden"
_NO_OBJECT = frozenset({"model_type", "model_attributes_type"})


def sentences_of(errors: Iterable[Mapping[str, Any]], *, name_unknown: bool = True) -> list[str]:
    """Say each error once.

    Parameters
    ----------
    errors
        The faults, as `pydantic.ValidationError.errors` lists them.
    name_unknown
        Whether names that are not known are shown: a request's are what a stranger wrote.
    """
    return list(dict.fromkeys(_said(error, name_unknown=name_unknown) for error in errors))


def _said(error: Mapping[str, Any], *, name_unknown: bool) -> str:
    where = ".".join(str(part) for part in error["loc"] if part != "body")
    if error["type"] == _UNKNOWN:
        return f"there is no setting “{where}”" if name_unknown else "it has an unknown field"
    if error["type"] in _NO_OBJECT:
        return "it is not a JSON object"
    message = str(error["msg"])
    if error["type"] == _OURS:
        message = str(error["ctx"]["error"])
    else:
        message = message[:1].lower() + message[1:]
    return f"{where}: {message}" if where else message
