"""``krynica annotate``: rows for people to label, and their labels taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from krynica.service.annotations.forms import Form
from krynica.service.options import (
    DateColumnOption,
    EncodingOption,
    LanguageColumnOption,
    ModelOption,
    OutletColumnOption,
    SemicolonsOption,
    TextColumnOption,
    TitleColumnOption,
    UrlColumnOption,
)

annotate = typer.Typer(
    name="annotate",
    help="Have people label the rows that a model learns most from.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@annotate.command()
def export(  # the words of the command, one each
    tables: Annotated[
        list[Path],
        typer.Argument(metavar="TABLE...", show_default=False, help="Tables to pick from."),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="File for the annotators.")
    ],
    *,
    rows: Annotated[int, typer.Option(metavar="N", min=1, help="Rows to pick.")] = 100,
    form: Annotated[
        Form,
        typer.Option(
            "--format", help="A sheet (.csv .xlsx), Doccano's .jsonl, Label Studio's .json."
        ),
    ] = Form.sheet,
    text_column: TextColumnOption = "text",
    title_column: TitleColumnOption = None,
    language_column: LanguageColumnOption = None,
    encoding: EncodingOption = None,
    outlet_column: OutletColumnOption = None,
    date_column: DateColumnOption = None,
    url_column: UrlColumnOption = None,
    corpus: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="CORPUS", help="Labelled table that is known already; may be given again."
        ),
    ] = None,
    show_outlet: Annotated[
        bool, typer.Option("--show-outlet", help="Show annotators the outlet.")
    ] = False,
    show_verdict: Annotated[
        bool, typer.Option("--show-verdict", help="Show annotators the model's answer.")
    ] = False,
    semicolons: SemicolonsOption = False,
    workers: Annotated[int, typer.Option(metavar="N", min=1, help="Number of processes.")] = 1,
    model: ModelOption = None,
) -> None:
    """Pick the rows most worth labelling, and write them for annotators, with a key."""
    from krynica.service.annotations.export import export as run
    from krynica.service.annotations.job import ExportJob
    from krynica.service.batch.origins import Origins
    from krynica.service.progress import progress
    from krynica.service.rows import Columns
    from krynica.service.scoring import load
    from krynica.service.terminal import say

    job = ExportJob(
        tuple(tables),
        output,
        rows,
        form,
        Columns(text_column, title_column, language_column),
        Origins(outlet_column, date_column, title_column, url_column),
        tuple(corpus or ()),
        show_outlet,
        show_verdict,
        semicolons,
        workers,
        encoding,
    )
    loaded = load(model)
    with progress() as shown:
        done = run(job, loaded, shown)
    for line in done.lines(rows):
        say(line)
    say(f"written: {', '.join(map(str, job.outputs))}; keep the key from the annotators")
    if done.found.errors:
        raise typer.Exit(1)


@annotate.command(name="import")
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", show_default=False, help="Files that came back."),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="CORPUS", help="Corpus to write.")
    ],
    into: Annotated[
        Path | None,
        typer.Option(metavar="CORPUS", help="Corpus to continue; it stays as it is."),
    ] = None,
    key: Annotated[
        list[Path] | None,
        typer.Option(metavar="KEY", help="Key of the export; default: FILE.key.jsonl."),
    ] = None,
    disputed: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Table of disputed rows to write.")
    ] = None,
    least: Annotated[int, typer.Option(metavar="N", min=1, help="Fewest answers a row needs.")] = 1,
) -> None:
    """Take labels back into a corpus, and say how far the annotators agree."""
    from krynica.service.annotations.returning import ImportJob, take
    from krynica.service.terminal import one_line, say

    taken = take(ImportJob(tuple(files), output, into, tuple(key or ()), disputed, least))
    for fault in taken.faults:
        say(fault)
    for line in taken.lines():
        print(one_line(line))
    if taken.faults:
        raise typer.Exit(1)
