"""The application: put together here, and nowhere else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from krynica.service.page.faults import with_page
from krynica.service.page.routes import page_router
from krynica.service.registry import Registry
from krynica.service.version import version
from krynica.service.web.api import api_router
from krynica.service.web.faults import handle_faults
from krynica.service.web.guards import stack
from krynica.service.web.metrics import Metrics
from krynica.service.web.openapi import complete
from krynica.service.web.scorer import Scorer
from krynica.service.web.settings import Settings, read_settings
from krynica.service.web.status import status_router

_SILENT: Any = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""FastAPI reports to whatever telemetry it finds installed unless it is told not to."""


def create_app(
    settings: Settings | None = None,
    *,
    scorer: Scorer | None = None,
    on_failure: Callable[[Exception], None] | None = None,
) -> FastAPI:
    """Put the service together.

    Parameters
    ----------
    settings
        What the operator set; else what environment and file say.
    scorer
        What answers; by default one that the settings describe.
    on_failure
        Called with the error where the model cannot be opened; by default the service is there,
        but never ready.
    """
    settings = settings or read_settings()
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.scorer = scorer or Scorer(
            settings.model,
            registry=Registry(settings.models),
            threads=settings.threads,
            seconds=settings.seconds,
            metrics=metrics,
        )
        # Not awaited, so that /health is answered meanwhile.
        preparing = asyncio.create_task(_prepare(app.state.scorer, on_failure))
        yield
        preparing.cancel()
        app.state.scorer.close()

    app = FastAPI(
        title="Krynica",
        version=version(),
        summary="Tells whether an article reads like propaganda or like journalism, and why.",
        lifespan=lifespan,
        docs_url=None,  # it would load its script from another host
        redoc_url=None,
        redirect_slashes=False,  # a redirect would repeat the request's Host
        telemetry=_SILENT,
        middleware=with_page(stack(settings, metrics), settings),
    )
    app.state.settings = settings
    handle_faults(app)
    app.include_router(api_router(settings))
    app.include_router(status_router(metrics))
    app.include_router(page_router(settings))
    complete(app, keys=bool(settings.keys))
    return app


async def _prepare(scorer: Scorer, on_failure: Callable[[Exception], None] | None) -> None:
    try:
        await scorer.prepare()
    except Exception as error:
        if on_failure is None:
            raise
        on_failure(error)
