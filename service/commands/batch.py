"""``krynica batch``: a verdict on every row of a table."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.options import ModelOption

if TYPE_CHECKING:
    from service.batch import Summary

_KINDS = ".csv .tsv .jsonl .parquet"
_REASONS = 10
"""Kinds of error told of in the summary; the output has them all."""


class EngineName(StrEnum):
    """Who works: this machine's processes, or a Dask cluster."""

    joblib = "joblib"
    dask = "dask"


def batch(  # the words of the command, one each
    table: Annotated[
        Path, typer.Argument(metavar="INPUT", help=f"Table to read: {_KINDS}, by its ending.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUTPUT", help=f"Table to write: {_KINDS}.")
    ],
    *,
    text_column: Annotated[
        str, typer.Option(metavar="COLUMN", help="Column of the texts.")
    ] = "text",
    title_column: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Column of titles to put above the texts.")
    ] = None,
    language_column: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="Column of languages; else each is detected."),
    ] = None,
    workers: Annotated[int, typer.Option(metavar="N", min=1, help="Processes at work.")] = 1,
    engine: Annotated[
        EngineName, typer.Option(help="joblib: this machine; dask: a cluster.")
    ] = EngineName.joblib,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Dask scheduler, such as tcp://host:8786.")
    ] = None,
    model: ModelOption = None,
) -> None:
    """Judge every row of a table. Stopped, the same command goes on where it was."""
    from service.batch import Job, run
    from service.rows import Columns
    from service.scoring import load
    from service.workers import Workers

    columns = Columns(text_column, title_column, language_column)
    job = Job(table, output, columns, Workers(workers, engine.value, scheduler))
    loaded = load(model)
    with _progress() as progress:
        summary = run(job, loaded, progress)
    tell(summary)
    if summary.errors:
        raise typer.Exit(1)


def tell(summary: Summary) -> None:
    """Say on standard error what came of a table."""
    from service.terminal import say

    parts = [f"{summary.verdicts[v]:,} {v}" for v in ("propaganda", "journalism", "unclear")]
    failed = summary.errors.total()
    if failed:
        parts.append(f"{failed:,} could not be scored")
    say(f"{_rows(summary.rows)}: {', '.join(parts)}")
    for reason, count in summary.errors.most_common(_REASONS):
        say(f"{_rows(count)}: {reason}")


def _rows(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"


@contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    """Show rows done on standard error, if that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    look = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("rows"),
        TimeElapsedColumn(),
    )
    with Progress(*look, console=Console(stderr=True), transient=True) as display:
        task = display.add_task("scoring", total=None)
        yield lambda rows: display.advance(task, rows)
