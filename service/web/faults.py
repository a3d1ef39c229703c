"""What FastAPI and our own code raise, as problem details."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from krynica.classifier.errors import KrynicaError
from krynica.service.web.articles import wrong_shape
from krynica.service.web.problems import UNREADABLE, Problem, busy
from krynica.service.web.queues import BusyError

_SENTENCES = {
    400: UNREADABLE,
    404: "There is nothing at this address.",
    405: "This address does not accept this method; see the Allow header.",
}


def handle_faults(app: FastAPI) -> None:
    """Have an application answer every error as a problem."""
    for kind, handler in (
        (Problem, _problem),
        (HTTPException, _http),
        (RequestValidationError, _validation),
        (BusyError, _busy),
        (KrynicaError, _unreadable),
    ):
        app.add_exception_handler(kind, handler)


async def _problem(_request: Request, error: Any) -> Response:
    response: Response = error.response()
    return response


async def _http(_request: Request, error: Any) -> Response:
    # What libraries say may show what was given.
    sentence = _SENTENCES.get(error.status_code, "The request cannot be answered.")
    return Problem(error.status_code, sentence, *(error.headers or {}).items()).response()


async def _validation(_request: Request, error: Any) -> Response:
    errors = error.errors()
    if any(one["type"] == "json_invalid" for one in errors):
        return Problem(400, UNREADABLE).response()
    return Problem(422, wrong_shape(errors)).response()


async def _busy(_request: Request, error: Any) -> Response:
    return busy(str(error), 2).response()


async def _unreadable(_request: Request, error: Any) -> Response:
    return Problem(422, str(error)).response()
