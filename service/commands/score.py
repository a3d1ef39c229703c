"""``krynica score``: a verdict on each text, for people or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from krynica.service.options import (
    EncodingOption,
    LanguageOption,
    ModelOption,
    PrivateOption,
)

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
        bool, typer.Option("--json", help="One JSON object per line, for programs.")
    ] = False,
    show_text: Annotated[
        bool, typer.Option("--show-text", help="Show the text that was read, before the answer.")
    ] = False,
    lang: LanguageOption = None,
    encoding: EncodingOption = None,
    model: ModelOption = None,
    allow_private: PrivateOption = False,
) -> None:
    """Judge texts: a verdict for each, its evidence, and the reasons if it is unclear."""
    from krynica.service.render import BLANK, LEGEND, lines, show, show_json, text_lines
    from krynica.service.scoring import load
    from krynica.service.terminal import say

    loaded, failed, shown, evidence = load(model), False, False, False
    for source in sources:
        text, answer = _answer(loaded, source, lang, encoding, allow_private=allow_private)
        if answer.error is not None:
            failed = True
            say(_failure(source, answer.error))
        read = text if show_text else None
        if json:
            show_json(source, answer, read)
        elif answer.error is None:
            before = [] if read is None else text_lines(source, read)
            show([*([BLANK] if shown else []), *before, *lines(source, answer)])
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


def _answer(
    model: Model, source: str, lang: str | None, encoding: str | None, *, allow_private: bool
) -> tuple[str | None, Answer]:
    """Return the text that was read, with its title above it, and the answer."""
    from krynica.classifier.answer import Answer
    from krynica.classifier.article import Article
    from krynica.classifier.titles import joined
    from krynica.service.errors import explain
    from krynica.service.scoring import score as score_text
    from krynica.service.sources import read_source

    try:
        page = read_source(source, allow_private=allow_private, encoding=encoding)
    except Exception as error:  # noqa: BLE001  # the next source must have its turn
        return None, Answer(error=explain(error))
    answer = score_text(model, Article(page.text, page.title, lang, page.doubts))
    return joined(page.title, page.text), answer
