"""``krynica evaluate``: what a model is worth on labelled tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from krynica.service.options import (
    DateColumnOption,
    EncodingOption,
    LabelColumnOption,
    LabelsOption,
    LanguageColumnOption,
    ModelOption,
    OutletColumnOption,
    ScoreColumnOption,
    TextColumnOption,
    TitleColumnOption,
    UrlColumnOption,
    WorkersOption,
)

if TYPE_CHECKING:
    from krynica.training.comparison.evaluation import Evaluation, Rows


def evaluate(
    corpora: Annotated[
        list[Path], typer.Argument(metavar="CORPUS...", show_default=False, help="Labelled tables.")
    ],
    model: ModelOption = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="All figures as one JSON object.")
    ] = False,
    plots: Annotated[
        Path | None,
        typer.Option("--plots", metavar="DIR", help="Folder for three pictures, in SVG."),
    ] = None,
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
    workers: WorkersOption = -1,
) -> None:
    """Evaluate a model on rows that it did not learn from, outlets never seen first."""
    from krynica.service.labelled import said_of_labels
    from krynica.service.scoring import load
    from krynica.service.terminal import one_line, say
    from krynica.training.comparison.evaluation import evaluate as run
    from krynica.training.report import plots as pictures
    from krynica.training.results.records import as_json as plain

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
    result = run(
        corpora, load(model), labels_of=labels_of, layout=layout, jobs=workers, progress=say
    )
    if plots is not None:
        for path in pictures.write(result.unseen_outlets or {}, plots):
            say(f"Drawn: {one_line(str(path))}.")
    if as_json:
        print(json.dumps(plain(result), ensure_ascii=False))
        return
    for line in _lines(result):
        print(one_line(line))


def _lines(result: Evaluation) -> Iterator[str]:
    from krynica.training.report.summary import marked, summary

    for part, name in (
        (result.unseen_outlets, "outlets never seen"),
        (result.known_outlets, "outlets the model knows, which flatters"),
    ):
        if part is None:
            yield f"Too few texts of both kinds, {name.partition(',')[0]}."
        for language, found in (part or {}).items():
            yield summary(language, found, name)
    for language, of_marked in result.passages.items():
        yield marked(language, of_marked)
    yield from _rows(result.rows)


def _rows(rows: Rows) -> Iterator[str]:
    from krynica.training.check.finding import counted

    yield (
        f"{counted(rows.evaluated, 'row')} evaluated; {rows.learned_from} learned from, "
        f"{rows.not_read} known by their outlet's label alone, {rows.not_judged} not judged."
    )
    for why, count in rows.left_out.items():
        yield f"{count} left out: {why}."
