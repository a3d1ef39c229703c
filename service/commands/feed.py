"""``krynica feed``: what is new in feeds, scored, and a summary of each outlet."""

from __future__ import annotations

import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from krynica.service.options import (
    BomOption,
    DelayOption,
    ModelOption,
    PrivateOption,
    ReportOption,
    SemicolonsOption,
    check_time,
)

_KINDS = ".csv .tsv .jsonl .ndjson .parquet .xlsx"
_MINUTE = 60.0


class TextFrom(StrEnum):
    """Where texts come from."""

    auto = "auto"
    feed = "feed"
    page = "page"


def feed(  # the words of the command, one each
    feeds: Annotated[
        list[str],
        typer.Argument(metavar="FEED", help="Feed or OPML (file or address), site, or t.me/NAME."),
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="OUTPUT", help=f"Table to write: {_KINDS} .html."),
    ],
    *,
    state: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What is kept between runs; default: OUTPUT.state."),
    ] = None,
    text: Annotated[
        TextFrom,
        typer.Option(help="Whose text to read; auto: the feed's if it is whole, else the page's."),
    ] = TextFrom.auto,
    watch: Annotated[
        float | None,
        typer.Option(metavar="MINUTES", help="Minutes between rounds, at least 1; Ctrl-C stops."),
    ] = None,
    delay: DelayOption = 1.0,
    report: ReportOption = None,
    bom: BomOption = False,
    semicolons: SemicolonsOption = False,
    model: ModelOption = None,
    allow_private: PrivateOption = False,
) -> None:
    """Judge what is new in feeds. The table keeps the rows of all runs."""
    check_time("--delay", delay, 0)
    if watch is not None:
        check_time("--watch", watch, 1)
    from krynica.data.tables.delimited import Dialect
    from krynica.service.feeds.follow import FeedJob, Follower
    from krynica.service.feeds.report import give
    from krynica.service.scoring import load
    from krynica.service.terminal import say

    place = state or output.with_name(f"{output.name}.state")
    dialect = Dialect(bom, semicolons)
    reports = tuple(report or ())
    job = FeedJob(tuple(feeds), output, place, reports, text.value, delay, allow_private, dialect)
    loaded = load(model)
    with Follower(job, loaded, say) as follower:
        while True:
            done = follower.round()
            done.drift = give(follower.state, loaded, job.reports)
            for line in done.lines():
                say(line)
            if watch is None:
                break
            say(f"looking again in {watch:g} minutes")
            time.sleep(watch * _MINUTE)
    if done.failures or done.errors:
        raise typer.Exit(1)
