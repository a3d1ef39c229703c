"""``krynica compare``: two models on the same rows, and whether one may replace the other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

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


def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="Model in use: folder or name.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Model that may replace it.")],
    corpora: Annotated[
        list[Path], typer.Argument(metavar="CORPUS...", show_default=False, help="Labelled tables.")
    ],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="All figures as one JSON object.")
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
    workers: WorkersOption = -1,
) -> None:
    """Compare two models on rows that neither learned from, to see whether B may replace A."""
    from krynica.service.labelled import said_of_labels
    from krynica.service.scoring import load
    from krynica.service.terminal import indented, say
    from krynica.training.comparison.compare import compare as run
    from krynica.training.comparison.lines import lines
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
        corpora, load(a), load(b), labels_of=labels_of, layout=layout, jobs=workers, progress=say
    )
    if as_json:
        print(json.dumps(plain(result), ensure_ascii=False))
        return
    for line in lines(result):
        print(indented(line))
