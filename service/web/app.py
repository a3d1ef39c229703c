"""The application: put together here, and nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from service.page.routes import page_router
from service.scoring import load
from service.web.scorer import Scorer
from service.web.settings import Settings


def create_app(settings: Settings | None = None) -> FastAPI:
    """Put the service together.

    Parameters
    ----------
    settings
        What the operator set; else what environment and file say.
    """
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.scorer = Scorer(load(settings.model))
        yield
        app.state.scorer.close()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.settings = settings
    app.include_router(page_router(settings))
    return app
