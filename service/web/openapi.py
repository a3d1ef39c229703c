"""The errors of each endpoint, as OpenAPI declares them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI

from krynica.service.web.guards.keys import OPEN
from krynica.service.web.problems import MEDIA_TYPE, UNREADABLE, Problem
from krynica.service.web.shapes import (
    ANSWER_EXAMPLE,
    CARD_EXAMPLE,
    FAILED_EXAMPLE,
    LISTED_EXAMPLE,
    ProblemOut,
)

_ANYWHERE = {
    400: "The request is not known HTTP, or asks for another host.",
    429: "Too many requests from one client; try again shortly.",
    500: "Something unexpected went wrong.",
}
_WITH_KEY = {401: "Missing or invalid key."}
_WITH_BODY = {
    400: UNREADABLE,
    403: "This came from another site; only the service's own page may send it.",
    408: "The body did not arrive within 30 seconds.",
    413: "The body is larger than 2 MB.",
    422: "The text is empty.",
    429: "The service is busy; try again in a moment.",
}
_WITH_NAME = {422: "There is no model of this name here."}
_UNREADY = {503: "The model is not ready yet."}

_HEADERS = {
    401: {"WWW-Authenticate": "How a key is brought: `Bearer`, or `Basic` with it as password."},
    429: {"Retry-After": "Seconds to wait."},
    503: {"Retry-After": "Seconds to wait."},
}

EXAMPLES: dict[tuple[str, str], Any] = {
    ("post", "/v1/score"): ANSWER_EXAMPLE,
    ("post", "/v1/batch"): [ANSWER_EXAMPLE, FAILED_EXAMPLE],
    ("get", "/v1/model"): CARD_EXAMPLE,
    ("get", "/v1/models"): LISTED_EXAMPLE,
}
"""Examples of answers. Given to FastAPI, they would lose whatever is null in them."""

Responses = dict[int | str, dict[str, Any]]


def problems(
    *, key: bool = True, body: bool = False, name: bool = False, ready: bool = False
) -> Responses:
    """Declare the problems of an endpoint.

    Parameters
    ----------
    key
        Whether it wants a key, where there are any.
    body
        Whether it takes a body.
    name
        Whether it takes the name of a model in its address.
    ready
        Whether it tells that the model is not ready.
    """
    said = dict(_ANYWHERE)
    said |= _WITH_KEY if key else {}
    said |= _WITH_BODY if body else {}
    said |= _WITH_NAME if name else {}
    said |= _UNREADY if ready else {}
    return {status: _declared(status, said[status]) for status in sorted(said)}


def _declared(status: int, detail: str) -> dict[str, Any]:
    headers = {
        name: {"description": text, "schema": {"type": "string"}}
        for name, text in _HEADERS.get(status, {}).items()
    }
    return {
        "description": HTTPStatus(status).phrase,
        **({"headers": headers} if headers else {}),
        "content": {
            MEDIA_TYPE: {
                "schema": ProblemOut.model_json_schema(),
                "example": Problem(status, detail).as_dict(),
            }
        },
    }


def complete(app: FastAPI, *, keys: bool) -> None:
    """Have the description of an application say what FastAPI leaves out of it.

    Parameters
    ----------
    app
        An application with all its endpoints.
    keys
        Whether a key is wanted, and how it is brought is to be said.
    """
    plain = app.openapi

    def whole() -> dict[str, Any]:
        schema = plain()
        for (method, path), example in EXAMPLES.items():
            good = schema["paths"][path][method]["responses"]["200"]
            good["content"]["application/json"]["example"] = example
        if keys:
            _describe_keys(schema)
        return schema

    app.openapi = whole  # type: ignore[method-assign]  # the way FastAPI documents


def _describe_keys(schema: dict[str, Any]) -> None:
    schemes = {kind: {"type": "http", "scheme": kind} for kind in ("bearer", "basic")}
    schema["components"]["securitySchemes"] = schemes
    schema["security"] = [{kind: []} for kind in schemes]
    for path in OPEN:
        schema["paths"][path]["get"]["security"] = []
