"""``krynica train``: a model from labelled tables; the unseen-outlet result comes first."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from krynica.classifier.errors import KrynicaError
from krynica.service.options import (
    DateColumnOption,
    EncodingOption,
    LabelColumnOption,
    LabelsOption,
    LanguageColumnOption,
    OutletColumnOption,
    ScoreColumnOption,
    TextColumnOption,
    TitleColumnOption,
    UrlColumnOption,
    WorkersOption,
)

if TYPE_CHECKING:
    from krynica.data.corpus.labelled import Basis
    from krynica.data.corpus.layout import Layout
    from krynica.training.check.finding import Finding
    from krynica.training.run import Options
    from krynica.training.work import Work


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
        bool, typer.Option("--check", help="Check the tables, train nothing.")
    ] = False,
    with_default_sources: Annotated[
        bool,
        typer.Option("--with-default-sources", help="Start from the model that ships."),
    ] = False,
    labels: LabelsOption = None,
    text_column: TextColumnOption = "text",
    label_column: LabelColumnOption = None,
    score_column: ScoreColumnOption = None,
    outlet_column: OutletColumnOption = None,
    title_column: TitleColumnOption = None,
    language_column: LanguageColumnOption = None,
    date_column: DateColumnOption = None,
    url_column: UrlColumnOption = None,
    encoding: EncodingOption = None,
    run: Annotated[
        Path | None,
        typer.Option(metavar="DIR", show_default=False, help="Run folder; default: DIR.run."),
    ] = None,
    name: Annotated[str, typer.Option("--name", help="Name of the model.")] = "krynica",
    version: Annotated[str, typer.Option("--version", help="Version of the model.")] = "1",
    workers: WorkersOption = -1,
) -> None:
    """Train a model. The same tables give the same bytes; a stopped run resumes."""
    from krynica.classifier.folder import open_folder
    from krynica.classifier.languages import LANGUAGES
    from krynica.classifier.model import DEFAULT
    from krynica.service.errors import CallError
    from krynica.service.labelled import said_of_labels
    from krynica.service.progress import progress
    from krynica.service.terminal import one_line, say
    from krynica.training.run import Options
    from krynica.training.run import train as fit
    from krynica.training.work import Work

    if output is None and not check:
        raise CallError("Name the model folder to write: -o DIR. With --check nothing is written.")
    labels_of, layout = said_of_labels(
        labels,
        encoding,
        text=text_column,
        label=label_column,
        score=score_column,
        outlet=outlet_column,
        title=title_column,
        lang=language_column,
        date=date_column,
        url=url_column,
    )
    labels_of = labels_of or _asked(corpora, layout)
    start = open_folder(DEFAULT) if with_default_sources else None
    options = Options(name, version, start, labels_of, layout)
    run = run or (output and output.resolve().with_name(f"{output.resolve().name}.run"))
    if output is None or check:
        _check(corpora, output, run, options, Work(workers, say=say))
        return
    with progress() as shown:
        metrics = fit(
            corpora,
            output,
            options,
            work=Work(workers, say=say, progress=shown),
            run_folder=run,
            found=lambda finding: _tell([finding], say),
            result=lambda sentence: print(one_line(sentence), flush=True),
        )
    languages = ", ".join(code for code in metrics if code in LANGUAGES)
    print(f"Written to {one_line(str(output))}: {languages}. See MODEL_CARD.md there.")


def _tell(findings: Iterable[Finding], to: Callable[[str], object]) -> None:
    from krynica.service.terminal import indented

    for finding in findings:
        for line in finding.lines():
            to(indented(line))


def _check(
    corpora: list[Path], output: Path | None, run: Path | None, options: Options, work: Work
) -> None:
    """Say all that is found, and whatever would stop the training; leave as that would."""
    from krynica.service.errors import FAILED, status
    from krynica.service.terminal import one_line
    from krynica.training.run import look_over, places

    faults: list[KrynicaError] = []
    if output is not None:
        try:
            places(output, run)
        except KrynicaError as fault:
            faults.append(fault)
    checked = look_over(corpora, options, work=work)
    faults += checked.faults
    for one in faults:
        print(one_line(str(one)))
    _tell(checked.findings, print)
    if faults or checked.refusal:
        raise typer.Exit(status(faults[0]) if faults else FAILED)
    print("Nothing here would stop the training.")


_QUESTION = """Some articles have a label and no score. What do these labels describe?
  text    how each text itself reads, as judged by somebody who read it
  outlet  the outlet that printed it: then they guard newsrooms, and are weak evidence of the rest
They describe the (text, outlet):"""


def _asked(corpora: list[Path], layout: Layout) -> Basis | None:
    """Ask what labels tell of, on a terminal. None: as the tables look."""
    from krynica.data.corpus.labelled import Basis, labels_alone

    known = {one.value: one for one in (Basis.TEXT, Basis.OUTLET)}
    labels = None
    if sys.stdin.isatty() and sys.stderr.isatty() and labels_alone(corpora, layout):
        said = " "
        while said and labels is None:
            print(_QUESTION, end=" ", file=sys.stderr, flush=True)
            said = sys.stdin.readline()
            labels = known.get(said.strip().casefold())
    return labels
