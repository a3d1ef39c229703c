"""The endpoints that monitor the service."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from krynica.service.web.metrics import Metrics
from krynica.service.web.openapi import problems
from krynica.service.web.problems import Problem
from krynica.service.web.shapes import StateOut

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def status_router(metrics: Metrics) -> APIRouter:
    """Make the endpoints.

    Parameters
    ----------
    metrics
        What is shown at ``/metrics``.
    """
    router = APIRouter()

    @router.get("/health", responses=problems(key=False))
    async def health() -> StateOut:
        """Tell that the process is alive; asks nothing of the model."""
        return StateOut(status="ok")

    @router.get("/ready", responses=problems(key=False, ready=True))
    async def ready(request: Request) -> StateOut:
        """Tell whether the model answers: it has been given a text, and has answered it."""
        if not request.app.state.scorer.is_ready:
            raise Problem(503, "The model is not ready yet.", ("Retry-After", "1"))
        return StateOut(status="ok")

    # FastAPI would declare the text as JSON, too.
    @router.get("/metrics", response_class=Response, responses=problems() | _METRICS)
    async def counts() -> Response:
        """Give what was counted, of all workers, as Prometheus reads it."""
        return Response(metrics.text(), headers={"Content-Type": METRICS_TYPE})

    return router


_METRICS: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            "text/plain": {
                "schema": {"type": "string"},
                "example": 'krynica_answers_total{verdict="unclear",language="en"} 3.0\n',
            }
        }
    }
}
