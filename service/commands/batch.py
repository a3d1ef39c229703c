"""``krynica batch``: a verdict on every row of a table."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from krynica.service.options import (
    BomOption,
    DateColumnOption,
    EncodingOption,
    LanguageColumnOption,
    ModelOption,
    OutletColumnOption,
    ReportOption,
    SemicolonsOption,
    TextColumnOption,
    TitleColumnOption,
    UrlColumnOption,
)

_KINDS = ".csv .tsv .jsonl .ndjson .parquet .xlsx"


class EngineName(StrEnum):
    """Who works: this machine's processes, or a Dask cluster."""

    joblib = "joblib"
    dask = "dask"


def batch(  # the words of the command, one each
    table: Annotated[
        Path, typer.Argument(metavar="INPUT", help=f"Table: {_KINDS}; Telegram's result.json.")
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="OUTPUT", help=f"Table to write: {_KINDS} .html."),
    ],
    *,
    text_column: TextColumnOption = "text",
    title_column: TitleColumnOption = None,
    language_column: LanguageColumnOption = None,
    encoding: EncodingOption = None,
    fast: Annotated[
        bool, typer.Option("--fast", help="Read the words alone: ranks and clears, never accuses.")
    ] = False,
    workers: Annotated[int, typer.Option(metavar="N", min=1, help="Number of processes.")] = 1,
    engine: Annotated[
        EngineName, typer.Option(help="joblib: this machine; dask: a cluster.")
    ] = EngineName.joblib,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Dask scheduler, such as tcp://host:8786.")
    ] = None,
    report: ReportOption = None,
    outlet_column: OutletColumnOption = None,
    date_column: DateColumnOption = None,
    url_column: UrlColumnOption = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace an output that holds other rows.")
    ] = False,
    bom: BomOption = False,
    semicolons: SemicolonsOption = False,
    model: ModelOption = None,
) -> None:
    """Judge every row of a table. After a stop the same command resumes."""
    from krynica.service.batch.words import check_words

    check_words(table, output, report or (), fast=fast)
    from krynica.data.tables.delimited import Dialect
    from krynica.service.batch.job import BatchJob
    from krynica.service.batch.origins import Origins
    from krynica.service.batch.run import run
    from krynica.service.batch.workers import Workers
    from krynica.service.progress import progress
    from krynica.service.rows import Columns
    from krynica.service.scoring import load
    from krynica.service.terminal import say

    columns = Columns(text_column, title_column, language_column)
    origins = Origins(outlet_column, date_column, title_column, url_column)
    job = BatchJob(
        table,
        output,
        columns,
        Workers(workers, engine.value, scheduler),
        Dialect(bom, semicolons),
        tuple(report or ()),
        origins,
        encoding,
        fast,
        overwrite,
    )
    loaded = load(model)
    with progress() as shown:
        summary = run(job, loaded, shown)
    for line in summary.lines():
        say(line)
    if summary.errors:
        raise typer.Exit(1)
