"""``krynica train``: a model from labelled tables; the unseen-outlet result comes first."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from krynica.service.options import LabelsOf, LabelsOption, WorkersOption

if TYPE_CHECKING:
    from krynica.data.labelled import Basis


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
    labels: LabelsOption = None,
    run: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", show_default=False, help="Run folder; else DIR.run beside the model."
        ),
    ] = None,
    name: Annotated[str, typer.Option("--name", help="Name of the model.")] = "krynica",
    version: Annotated[str, typer.Option("--version", help="Version of the model.")] = "1",
    workers: WorkersOption = -1,
) -> None:
    """Train a model. The same tables make the same bytes; run again, a stopped one goes on."""
    from krynica.classifier.folder import open_folder
    from krynica.classifier.languages import LANGUAGES
    from krynica.classifier.model import DEFAULT
    from krynica.service.errors import CallError
    from krynica.service.progress import progress
    from krynica.service.terminal import one_line, say
    from krynica.training.check.finding import Finding
    from krynica.training.run import Options, look_over
    from krynica.training.run import train as fit
    from krynica.training.work import Work

    def told(finding: Finding) -> None:
        for line in finding.lines():
            shown = one_line(line)
            (print if check else say)(f"  {shown}" if line.startswith(" ") else shown)

    if output is None and not check:
        raise CallError("Say where the model goes: -o DIR. With --check nothing is written.")
    labels_of = _labels_of(corpora, labels)
    start = open_folder(DEFAULT) if with_default_sources else None
    if output is None or check:
        checked = look_over(corpora, start, Work(workers, say=say), labels_of)
        for finding in checked.findings:
            told(finding)
        if checked.refusal:
            raise typer.Exit(1)
        return
    with progress() as shown:
        metrics = fit(
            corpora,
            output,
            Options(name, version, start, labels_of),
            work=Work(workers, say=say, progress=shown),
            run_folder=run or output.resolve().with_name(f"{output.resolve().name}.run"),
            found=told,
            result=lambda sentence: print(one_line(sentence), flush=True),
        )
    languages = ", ".join(code for code in metrics if code in LANGUAGES)
    print(f"Written to {one_line(str(output))}: {languages}. See MODEL_CARD.md there.")


_QUESTION = """Some articles have a label and no score. What do these labels tell of?
  text    how each text itself reads, as somebody read it
  outlet  the outlet that printed it: then they guard newsrooms, and are weak evidence of the rest
Labels are of the (text, outlet):"""


def _labels_of(corpora: list[Path], labels: LabelsOf | None) -> Basis | None:
    """Return what labels tell of, as was said; on a terminal, ask. None: as the tables look."""
    from krynica.data.labelled import Basis, labels_alone

    known = {one.value: one for one in LabelsOf}
    if labels is None and sys.stdin.isatty() and sys.stderr.isatty() and labels_alone(corpora):
        said = " "
        while said and labels is None:
            print(_QUESTION, end=" ", file=sys.stderr, flush=True)
            said = sys.stdin.readline()
            labels = known.get(said.strip().casefold())
    return Basis(labels.value) if labels else None
