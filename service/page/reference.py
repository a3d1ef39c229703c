"""The interface over HTTP, for people to read: what OpenAPI says of it, as a plain page.

Programs that show OpenAPI load scripts and styles that the service's content security policy
keeps out; this page needs none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from krynica.service.page.rendering import render
from krynica.service.page.translation import DEFAULT, interface

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Sample:
    """What may be sent or is answered: what is said of it, and JSON or text; empty for none."""

    title: str
    content: str


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked for.

    Parameters
    ----------
    method, path, says
        How it is asked for, and what it does.
    takes
        Name of the schema of its body; empty where it has none.
    sent, answered
        Examples of bodies, and of the answer of each status.
    """

    method: str
    path: str
    says: str
    takes: str
    sent: Sequence[Sample]
    answered: Sequence[Sample]


@dataclass(frozen=True)
class Shape:
    """An object: what it is, and of each field its name, kind, and what is said of it."""

    name: str
    says: str
    fields: Sequence[tuple[str, str, str]]


def reference_page(schema: Schema) -> str:
    """Return the page.

    Parameters
    ----------
    schema
        OpenAPI, as the service describes itself.
    """
    return render(
        "reference.html",
        interface(DEFAULT),
        None,
        info=schema["info"],
        operations=list(_operations(schema)),
        shapes=[_shape(name, one) for name, one in schema["components"]["schemas"].items()],
        keys="securitySchemes" in schema["components"],
    )


def _operations(schema: Schema) -> Iterator[Operation]:
    for path, methods in schema["paths"].items():
        for method, one in methods.items():
            body = one.get("requestBody", {}).get("content", {})
            yield Operation(
                method.upper(),
                path,
                one.get("description", ""),
                next((_kind(of["schema"]) for of in body.values()), ""),
                [sample for of in body.values() for sample in _sent(of)],
                [_answered(status, said) for status, said in one["responses"].items()],
            )


def _sent(content: Schema) -> Iterator[Sample]:
    for one in content.get("examples", {}).values():
        yield Sample(one.get("summary", ""), _text(one["value"]))


def _answered(status: str, said: Schema) -> Sample:
    content: Schema = next(iter(said.get("content", {}).values()), {})
    example = content.get("example")
    title = f"{status}: {said.get('description') or content.get('schema', {}).get('type', '')}"
    return Sample(title, "" if example is None else _text(example))


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)


def _shape(name: str, schema: Schema) -> Shape:
    required = {*schema.get("required", ())}
    fields = [
        (field, _kind(of) + ("" if field in required else ", optional"), of.get("description", ""))
        for field, of in schema.get("properties", {}).items()
    ]
    return Shape(name, schema.get("description", ""), fields)


def _kind(schema: Schema) -> str:
    """Name the kind of a value in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(map(_kind, schema["anyOf"])))
    if "enum" in schema:
        return " or ".join(json.dumps(value, ensure_ascii=False) for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return str(schema.get("type", "anything"))
