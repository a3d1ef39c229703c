"""Options that several commands share."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from krynica.service.errors import CallError

_LONGEST = 1_000_000
"""Minutes or seconds that can be asked for."""


def two_letters(code: str | None) -> str | None:
    """Check a language code.

    Raises
    ------
    typer.BadParameter
        Unless it is of two Latin letters.
    """
    if code is None:
        return None
    if not re.fullmatch(r"[a-zA-Z]{2}", code):
        raise typer.BadParameter("a language is given by two letters (ISO 639-1), such as pl.")
    return code.lower()


def some_processes(count: int) -> int:
    """Check a number of processes, -1 for one a core.

    Raises
    ------
    typer.BadParameter
        If it is 0.
    """
    if count == 0:
        raise typer.BadParameter("give 1 process or more, or -1 for one a core.")
    return count


def check_time(option: str, value: float, least: int) -> None:
    """Refuse a time that cannot be waited for. NaN is within no bounds.

    Raises
    ------
    service.errors.CallError
        If it is none.
    """
    if not least <= value <= _LONGEST:
        raise CallError(f"{option} takes a number from {least} to {_LONGEST:,}, not {value:g}.")


ModelOption = Annotated[
    str | None,
    typer.Option("--model", metavar="MODEL", help="Model: folder or name; else the one in use."),
]
LanguageOption = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="xx",
        callback=two_letters,
        help="Language of the texts in two letters; else it is detected.",
    ),
]
DelayOption = Annotated[
    float,
    typer.Option(metavar="SECONDS", help="Between two requests to a host, at least."),
]
PrivateOption = Annotated[
    bool,
    typer.Option("--allow-private", help="Fetch from this machine and private networks too."),
]
ReportOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--report",
        metavar="FILE",
        help="Report on the outlets: .html, or a table of them; may be given again.",
    ),
]
BomOption = Annotated[
    bool, typer.Option("--bom", help="Begin .csv and .tsv with a byte order mark, for Excel.")
]
SemicolonsOption = Annotated[
    bool,
    typer.Option("--semicolons", help="Semicolons and decimal commas in .csv, as in Europe."),
]


WorkersOption = Annotated[
    int,
    typer.Option(
        "--workers",
        metavar="N",
        callback=some_processes,
        help="Processes that read texts; -1: one a core.",
    ),
]


class LabelsOf(StrEnum):
    """What labels of articles without a score tell of."""

    TEXT = "text"
    OUTLET = "outlet"


LabelsOption = Annotated[
    LabelsOf | None,
    typer.Option(
        "--labels",
        show_default=False,
        help="What labels without a score are: the text's own, or its outlet's.",
    ),
]
TextColumnOption = Annotated[str, typer.Option(metavar="COLUMN", help="Column of the texts.")]
TitleColumnOption = Annotated[
    str | None, typer.Option(metavar="COLUMN", help="Column of titles to put above the texts.")
]
LanguageColumnOption = Annotated[
    str | None,
    typer.Option(metavar="COLUMN", help="Column of languages; else each is detected."),
]
