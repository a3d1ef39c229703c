"""``krynica collect``: a labelled corpus from outlets' feeds, sitemaps and archives."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from krynica.service.errors import CallError
from krynica.service.options import DelayOption, PrivateOption, check_time


def collect(  # the words of the command, one each
    outlets: Annotated[
        Path, typer.Argument(metavar="OUTLETS.toml", help="List of outlets, with their labels.")
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="CORPUS", help="Table to write: .parquet .csv .tsv .jsonl."
        ),
    ],
    *,
    state: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What is kept between runs; default: CORPUS.state."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Most articles of an outlet.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Nothing from before that day.")
    ] = None,
    contested: Annotated[
        bool, typer.Option("--contested", help="Also take outlets whose label is contested.")
    ] = False,
    review: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Sheet for checking rows by hand; default: CORPUS.review.csv."
        ),
    ] = None,
    checked: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Filled-in sheet; may be given again."),
    ] = None,
    delay: DelayOption = 1.0,
    allow_private: PrivateOption = False,
) -> None:
    """Build a labelled corpus from outlets, or continue one. Labels are the outlets'."""
    check_time("--delay", delay, 0)
    from krynica.service.collect.articles import Articles
    from krynica.service.collect.job import CollectJob
    from krynica.service.collect.run import collect as run
    from krynica.service.progress import progress
    from krynica.service.terminal import one_line, say

    job = CollectJob(
        outlets,
        output,
        state or output.with_name(f"{output.name}.state"),
        review or output.with_name(f"{output.stem}.review.csv"),
        tuple(checked or ()),
        limit,
        _day(since),
        contested,
        delay,
        allow_private,
    )
    with progress() as shown, Articles() as articles:
        done = run(job, articles, say, shown)
    for line in done.lines:
        print(one_line(line))
    for line in done.failures:
        say(line)
    if not done.is_whole:
        raise typer.Exit(1)


def _day(text: str | None) -> dt.date | None:
    try:
        return None if text is None else dt.date.fromisoformat(text)
    except ValueError as error:
        raise CallError(f"--since takes a day such as 2026-11-23, not {text}.") from error
