"""Tables of text with a separator: comma or semicolon in ``.csv``, tab in ``.tsv``.

Every cell is text as it stands: "007" stays "007". An empty cell is missing. What is written can
be opened in a spreadsheet program: no cell is run there as a formula, as long as the program takes
the separator that the table was written with. One that splits rows elsewhere may see a formula
where a sign of one follows a semicolon, a tab or a line's end inside a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd

from krynica.classifier.errors import TableError
from krynica.data.messages import shown
from krynica.data.tables.cells import as_text, distinct_names, plain_values, text_column
from krynica.data.tables.chunks import chunked
from krynica.data.tables.faults import HEADER, OnFault, pass_over
from krynica.data.tables.lines import open_lines
from krynica.data.tables.records import Records

_FORMULA = re.compile(r"[\t\r\n]|[\s\ufeff]*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][+-]?[0-9]+)?")


@dataclass(frozen=True)
class Dialect:
    """How a table with separators is written.

    Parameters
    ----------
    bom
        Begin with a byte order mark: without it, some spreadsheet programs do not see that the
        letters are UTF-8.
    semicolons
        Put semicolons between the cells of ``.csv``, and a comma into its decimal fractions, as
        spreadsheet programs have it in Belarusian, Polish, Russian and Ukrainian.
    """

    bom: bool = False
    semicolons: bool = False


PLAIN = Dialect()
"""What programs read: commas, and no mark."""


def columns(path: Path, on_fault: OnFault, *, encoding: str | None = None) -> list[str]:
    """Return the names of the columns.

    Raises
    ------
    classifier.errors.TableError
        If there is no header, or what is wrong with it is refused.
    """
    with open_lines(path, newline="", encoding=encoding) as lines:
        for header, fault in Records(path, lines):
            if fault:
                on_fault(HEADER, fault)
            return distinct_names([name.strip() for name in header], shown(path), on_fault)
    raise TableError(f"The table {shown(path)} is empty: it has no header.")


def frames(
    path: Path,
    names: Sequence[str],
    rows: int | None,
    on_fault: OnFault,
    *,
    encoding: str | None = None,
) -> Iterator[pd.DataFrame]:
    """Give the rows in order, in frames as of `chunked`; one empty frame if there are none.

    Rows that are too short are filled with missing cells.

    Parameters
    ----------
    path, names, rows
        The file, its columns, and most rows of a frame.
    on_fault
        Told of a row that is too long, whose quotation marks do not match, or that holds what is
        no text.
    encoding
        Codec of the file where it is known; detected by default.
    """
    with open_lines(path, newline="", encoding=encoding) as lines:
        for chunk in chunked(_filled(path, Records(path, lines), len(names), on_fault), rows):
            cells = zip(*chunk, strict=True) if chunk else [()] * len(names)
            yield pd.DataFrame(dict(zip(names, map(text_column, cells), strict=True)))


class Sink:
    """Writes rows to a file, UTF-8 with line feeds.

    A cell or a name that a spreadsheet program would run as a formula gets an apostrophe in front,
    unless it is a plain number: OWASP, "CSV Injection",
    https://owasp.org/www-community/attacks/CSV_Injection. Blanks before the sign do not hold a
    program back. Cells with any separator in them are quoted; a program that does not heed that,
    and splits at another sign, may still see a formula.

    Attributes
    ----------
    defused
        How many got one.
    """

    cut = 0

    def __init__(self, path: Path, dialect: Dialect) -> None:
        self.defused = 0
        plain = path.suffix.lower() == ".tsv"
        self._separator = "\t" if plain else ";" if dialect.semicolons else ","
        # Also what another reader may take for a separator, and a blank at either end.
        self._special = re.compile(r'[,;\t"\r\n]|^\s|\s$')
        codec = "utf-8-sig" if dialect.bom else "utf-8"
        self._file = path.open("x", encoding=codec, errors="replace", newline="")
        self._names: list[str] | None = None

    def write(self, frame: pd.DataFrame) -> None:
        """Write the rows of a frame, before the first of all the names of its columns."""
        if self._names is None:
            self._names = list(frame.columns)
            safe = [self._safe(name) for name in self._names]
            self._line(distinct_names(safe, "", pass_over))
        for row in zip(*(plain_values(frame[name]) for name in frame), strict=True):
            self._line([self._safe(self._text(value)) for value in row])

    def close(self) -> None:
        """Write what is still held back and close the file."""
        self._file.close()

    def _line(self, cells: Sequence[str]) -> None:
        # A lone empty cell would be a blank line, which readers pass over.
        line = self._separator.join(map(self._quoted, cells)) if any(cells) or cells[1:] else '""'
        self._file.write(line + "\n")

    def _text(self, value: Any) -> str:
        text = as_text(value) or ""
        if isinstance(value, float) and self._separator == ";":
            return text.replace(".", ",")
        return text

    def _safe(self, text: str) -> str:
        if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
            self.defused += 1
            text = "'" + text
        # A NUL has no place in a table of text: it is marked as lost, and the row is kept.
        return text.replace("\0", "\ufffd")

    def _quoted(self, text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if self._special.search(text) else text


def _filled(
    path: Path, records: Records, width: int, on_fault: OnFault
) -> Iterator[tuple[list[str | None], int]]:
    """Give the rows after the header, each as wide as that, with their sizes."""
    for number, (cells, fault) in enumerate(islice(records, 1, None)):
        if fault:
            on_fault(number, fault)
        elif len(cells) > width:
            size = f"{len(cells)} cells, and its header {width}"
            where = f"The row that ends at line {records.line} of {shown(path)}"
            on_fault(number, f"{where} has {size}.")
        row = [cell or None for cell in cells[:width]] + [None] * (width - len(cells))
        yield row, width + sum(map(len, cells))
