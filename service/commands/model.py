"""``krynica model``: which model answers, its card, and whether its bytes are as they were."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def model(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", show_default=False, help="Else the one that ships."),
    ] = None,
) -> None:
    """Show a model. Its folder, its card, and the check of its checksums."""
    from classifier.folder import SUMS
    from service.scoring import load
    from service.terminal import one_line, visible

    source = load(folder).source
    files = sum(1 for _ in source.path.iterdir()) - 1
    print(one_line(str(source.path.resolve())))
    print(f"\n{visible(source.card).strip()}\n")
    print(f"checksums: {files} files, all as listed in {SUMS}")
