"""``krynica score``: a verdict on each text, for people or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from krynica.service.options import LanguageOption, ModelOption, PrivateOption

if TYPE_CHECKING:
    from krynica.classifier.answer import Answer
    from krynica.classifier.model import Model


def score(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE",
            help=(
                "File (.txt .md .html .mhtml .docx .odt .rtf .pdf .eml), http(s) address, or - for "
                "standard input."
            ),
        ),
    ],
    *,
    json: Annotated[
        bool, typer.Option("--json", help="One JSON object a line, for programs.")
    ] = False,
    lang: LanguageOption = None,
    model: ModelOption = None,
    allow_private: PrivateOption = False,
) -> None:
    """Judge texts. Each gets a verdict, what it rests on, and the reasons where it is unclear."""
    from krynica.service.render import BLANK, LEGEND, lines, show, show_json
    from krynica.service.scoring import load
    from krynica.service.terminal import say

    loaded, failed, shown, evidence = load(model), False, False, False
    for source in sources:
        answer = _answer(loaded, source, lang, allow_private=allow_private)
        if answer.error is not None:
            failed = True
            say(_failure(source, answer.error))
        if json:
            show_json(source, answer)
        elif answer.error is None:
            show([*([BLANK] if shown else []), *lines(source, answer)])
            shown, evidence = True, evidence or bool(answer.evidence)
    if evidence and not json:
        show([BLANK, LEGEND])
    if failed:
        raise typer.Exit(1)


def _failure(source: str, error: str) -> str:
    """Say what failed, naming the source once."""
    name = "Standard input" if source == "-" else str(Path(source))
    known = name in error or (source != "-" and source in error)
    return error if known else f"{name if source == '-' else source}: {error}"


def _answer(model: Model, source: str, lang: str | None, *, allow_private: bool) -> Answer:
    from krynica.classifier.answer import Answer
    from krynica.classifier.article import Article
    from krynica.service.errors import explain
    from krynica.service.scoring import score as score_text
    from krynica.service.sources import read_source

    try:
        text = read_source(source, allow_private=allow_private)
    except Exception as error:  # noqa: BLE001  # the next source must have its turn
        return Answer(error=explain(error))
    return score_text(model, Article(text, language=lang))
