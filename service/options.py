"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from krynica.service.errors import CallError
from krynica.service.terminal import one_line

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
"""Settings of the command, which its verbs inherit."""
_LONGEST = 1_000_000
"""Minutes or seconds that can be asked for."""


def known_language(code: str | None) -> str | None:
    """Check the code of a language.

    Raises
    ------
    typer.BadParameter
        If it is not the code of a language that can be detected.
    """
    if code is None:
        return None
    from krynica.classifier.language import codes, meant
    from krynica.classifier.languages import LANGUAGES

    given = code.strip().lower()
    if given in codes():
        return given
    if (better := meant(given)) is not None:
        raise typer.BadParameter(
            f"“{given}” is not a language code known here; did you mean {better} "
            f"({LANGUAGES[better].name})?"
        )
    raise typer.BadParameter(
        f"“{one_line(given)[:40]}” is not a known language code. Judged are "
        f"{', '.join(LANGUAGES)}; also known are {', '.join(sorted(codes() - set(LANGUAGES)))}."
    )


def known_encoding(name: str | None) -> str | None:
    """Check the name of an encoding, and return its codec.

    Raises
    ------
    typer.BadParameter
        If it is not a known text encoding.
    """
    if name is None:
        return None
    from krynica.data.decoding import known_encoding as codec_of

    codec = codec_of(name)
    if codec is None:
        raise typer.BadParameter(
            f"“{one_line(name)[:40]}” is not a known encoding; try utf-8, windows-1251, "
            "koi8-u, cp866, iso-8859-5, windows-1250 or utf-16."
        )
    return codec


def some_processes(count: int) -> int:
    """Check a number of processes, -1 for one per core.

    Raises
    ------
    typer.BadParameter
        If it is 0.
    """
    if count == 0:
        raise typer.BadParameter("give at least 1 process, or -1 for one per core.")
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
    typer.Option("--model", metavar="MODEL", help="Model folder or name; default: the one in use."),
]
LanguageOption = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="xx",
        callback=known_language,
        help="Language of the texts (be, en, pl, ru, uk); detected by default.",
    ),
]
EncodingOption = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        callback=known_encoding,
        help="Encoding of the texts, such as windows-1251; detected by default.",
    ),
]
DelayOption = Annotated[
    float,
    typer.Option(metavar="SECONDS", help="Fewest seconds between two requests to a host."),
]
PrivateOption = Annotated[
    bool,
    typer.Option("--allow-private", help="Also fetch from this machine and private networks."),
]
ReportOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--report",
        metavar="FILE",
        help="Report on the outlets to write: .html, or a table; may be given again.",
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
        help="Processes that read texts; -1: one per core.",
    ),
]


LabelsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--labels",
        metavar="text|outlet|A=B,…",
        show_default=False,
        help="Whose labels without a score are: the text's own, or its outlet's; also what they "
        "mean, such as fake=propaganda,real=journalism. May be given again.",
    ),
]
TextColumnOption = Annotated[str, typer.Option(metavar="COLUMN", help="Column of the texts.")]
TitleColumnOption = Annotated[
    str | None, typer.Option(metavar="COLUMN", help="Column of titles to put above the texts.")
]
LanguageColumnOption = Annotated[
    str | None,
    typer.Option(metavar="COLUMN", help="Column of languages; detected by default."),
]
OutletColumnOption = Annotated[
    str | None,
    typer.Option(
        metavar="COLUMN", help="Column of outlets; default: “outlet”, or the address' domain."
    ),
]
DateColumnOption = Annotated[
    str | None, typer.Option(metavar="COLUMN", help="Column of dates; default: “date”.")
]
UrlColumnOption = Annotated[
    str | None, typer.Option(metavar="COLUMN", help="Column of addresses; default: “url”.")
]
LabelColumnOption = Annotated[
    str | None, typer.Option(metavar="COLUMN", help="Column of labels; default: “label”.")
]
ScoreColumnOption = Annotated[
    str | None,
    typer.Option(metavar="COLUMN", help="Column of scores from 0 to 4; default: “score”."),
]
