"""The addresses of the page."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from service.web.settings import Settings


def page_router(settings: Settings) -> APIRouter:
    """Make the page's routes; they ask ``request.app.state.scorer`` (`service.web.scorer.Scorer`).

    Parameters
    ----------
    settings
        What the operator set.
    """
    del settings
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def form() -> HTMLResponse:
        return HTMLResponse("<!doctype html><title>Krynica</title>")

    return router
