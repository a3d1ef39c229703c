"""``krynica serve``: the service and the page, on this machine."""

from __future__ import annotations

from typing import Annotated

import typer


def serve(
    *,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Serve the page and the API. Listens on this machine alone unless told otherwise."""
    import uvicorn

    from service.web.app import create_app
    from service.web.settings import Settings

    given = {"host": host, "port": port}
    settings = Settings(
        **{name: value for name, value in given.items() if value is not None}  # type: ignore[arg-type]
    )
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, access_log=False)
