"""``krynica serve``: the service and the page, on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from krynica.service.options import ModelOption


def serve(
    *,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 for a free one.")] = None,
    workers: Annotated[int | None, typer.Option(help="Number of processes.")] = None,
    model: ModelOption = None,
    settings: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Settings file, in TOML.")
    ] = None,
) -> None:
    """Serve the page and the API, on this machine only unless told otherwise."""
    import os

    from krynica.service.model_choice import choose
    from krynica.service.registry import Registry
    from krynica.service.server.run import run
    from krynica.service.web.settings import FILE, PREFIX, read_settings

    given = {"HOST": host, "PORT": port, "WORKERS": workers, "MODEL": model}
    # Workers read the environment: keys in it are seen by nobody else, words of a command are.
    os.environ.update(
        {PREFIX + name: str(value) for name, value in given.items() if value is not None}
    )
    if settings is not None:
        os.environ[FILE] = str(settings)
    read = read_settings()
    chosen = choose(read.model, Registry(read.models))
    chosen.load()  # a changed byte is told here, and not by a worker
    # Which model is in use may change; a worker that follows another is to have the same.
    os.environ[f"{PREFIX}MODEL"] = str(chosen.path.resolve())
    run(read)
