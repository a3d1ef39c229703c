"""``krynica train``: a model from labelled tables; the unseen-outlet result comes first."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def train(
    corpora: Annotated[
        list[Path], typer.Argument(metavar="CORPUS...", show_default=False, help="Labelled tables.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Model folder to write.")
    ],
    name: Annotated[str, typer.Option("--name", help="Name of the model.")] = "krynica",
    version: Annotated[str, typer.Option("--version", help="Version of the model.")] = "1",
    seed: Annotated[int, typer.Option("--seed", help="Of the random split.")] = 0,
    workers: Annotated[
        int, typer.Option("--workers", help="Processes that read texts; -1: one a core.")
    ] = -1,
) -> None:
    """Train a model. The same tables make the same bytes."""
    from service.terminal import one_line, say
    from training.run import train as run

    metrics = run(
        corpora,
        output,
        name=name,
        version=version,
        seed=seed,
        jobs=workers,
        progress=say,
        result=lambda sentence: print(one_line(sentence), flush=True),
    )
    languages = ", ".join(metrics)
    print(f"Written to {one_line(str(output))}: {languages}. See MODEL_CARD.md there.")
