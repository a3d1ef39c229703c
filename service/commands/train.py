"""``krynica train``: a model from labelled tables; the unseen-outlet result comes first."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.options import some_processes


def train(  # the words of the command, one each
    corpora: Annotated[
        list[Path], typer.Argument(metavar="CORPUS...", show_default=False, help="Labelled tables.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="DIR", show_default=False, help="Model folder to write."
        ),
    ] = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Check the tables, and train nothing.")
    ] = False,
    with_default_sources: Annotated[
        bool,
        typer.Option("--with-default-sources", help="Start from the model that ships."),
    ] = False,
    run: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", show_default=False, help="Run folder; else DIR.run beside the model."
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on from the steps of a run that stopped.")
    ] = False,
    name: Annotated[str, typer.Option("--name", help="Name of the model.")] = "krynica",
    version: Annotated[str, typer.Option("--version", help="Version of the model.")] = "1",
    seed: Annotated[int, typer.Option("--seed", help="Of the random split.")] = 0,
    workers: Annotated[
        int,
        typer.Option(
            "--workers", callback=some_processes, help="Processes that read texts; -1: one a core."
        ),
    ] = -1,
) -> None:
    """Train a model. The same tables make the same bytes."""
    from classifier.folder import open_folder
    from classifier.model import DEFAULT
    from service.errors import CallError
    from service.progress import progress
    from service.terminal import one_line, say
    from training.check.finding import Finding
    from training.run import Options, look_over
    from training.run import train as fit
    from training.work import Work

    def told(finding: Finding) -> None:
        for line in finding.lines():
            shown = one_line(line)
            (print if check else say)(f"  {shown}" if line.startswith(" ") else shown)

    start = open_folder(DEFAULT) if with_default_sources else None
    if check:
        checked = look_over(corpora, start, Work(workers, say=say))
        for finding in checked.findings:
            told(finding)
        if checked.refusal:
            raise typer.Exit(1)
        return
    if output is None:
        raise CallError("Say where the model goes: -o DIR. With --check nothing is written.")
    with progress() as shown:
        metrics = fit(
            corpora,
            output,
            Options(name, version, seed, start),
            work=Work(workers, say=say, progress=shown),
            run_folder=run or output.with_name(f"{output.name}.run"),
            resume=resume,
            found=told,
            result=lambda sentence: print(one_line(sentence), flush=True),
        )
    languages = ", ".join(metrics)
    print(f"Written to {one_line(str(output))}: {languages}. See MODEL_CARD.md there.")
