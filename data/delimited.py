"""Tables of text with a separator: comma or semicolon in ``.csv``, tab in ``.tsv``.

Every cell is text as it stands: "007" stays "007". An empty cell is missing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

import pandas as pd

from classifier.errors import TableError
from data.cells import as_text, check_names, plain_values, text_column
from data.lines import open_lines, without_nul
from data.seam import shown

# An article may be longer than the 131,072 characters at which Python's reader stops by itself
# (the limit is one for the whole process). A quotation mark that is never closed makes one cell
# of the rest of the file, which must not fill the memory.
csv.field_size_limit(1 << 28)

_QUOTED = re.compile(r'"[^"]*"')


def columns(path: Path) -> list[str]:
    """Return the names of the columns.

    Raises
    ------
    classifier.errors.TableError
        If there is no header, or a name stands in it twice.
    """
    with open_lines(path, newline="") as lines:
        for _, header in _rows(path, lines):
            check_names(header, shown(path))
            return header
    raise TableError(f"The table {shown(path)} is empty: it has no header.")


def frames(path: Path, names: Sequence[str], rows: int | None) -> Iterator[pd.DataFrame]:
    """Give the rows in order, at most so many a frame; one empty frame if there are none.

    Rows that are too short are filled with missing cells.

    Raises
    ------
    classifier.errors.TableError
        If a row is too long, its quotation marks do not match, or it cannot be decoded.
    """
    with open_lines(path, newline="") as lines:
        after_header = islice(_rows(path, lines), 1, None)
        full = (_fill(path, row, number, len(names)) for number, row in after_header)
        chunk = list(islice(full, rows))
        while True:
            cells = zip(*chunk, strict=True) if chunk else [()] * len(names)
            yield pd.DataFrame(dict(zip(names, map(text_column, cells), strict=True)))
            if not (chunk := list(islice(full, rows))):
                return


class Sink:
    """Writes rows to a file, UTF-8 with line feeds."""

    def __init__(self, path: Path) -> None:
        self._separator = "\t" if path.suffix.lower() == ".tsv" else ","
        # Also what another reader may take for a separator, and a blank at either end.
        self._special = re.compile(r'[,;\t"\r\n\0]|^\s|\s$')
        self._file = path.open("x", encoding="utf-8", errors="replace", newline="")
        self._names: list[str] | None = None

    def write(self, frame: pd.DataFrame) -> None:
        """Write the rows of a frame, before the first of all the names of its columns."""
        if self._names is None:
            self._names = list(frame.columns)
            self._line(self._names)
        for row in zip(*(map(as_text, plain_values(frame[c])) for c in frame), strict=True):
            self._line(row)

    def close(self) -> None:
        """Write what is still held back and close the file."""
        self._file.close()

    def _line(self, cells: Sequence[str | None]) -> None:
        # A lone empty cell would be a blank line, which readers pass over.
        line = self._separator.join(map(self._cell, cells)) if any(cells) or cells[1:] else '""'
        self._file.write(line + "\n")

    def _cell(self, text: str | None) -> str:
        if text is None or not self._special.search(text):
            return text or ""
        # A NUL has no place in a table of text: it is marked as lost, and the row is kept.
        text = text.replace("\0", "\ufffd")
        return '"' + text.replace('"', '""') + '"'


def _rows(path: Path, lines: TextIO) -> Iterator[tuple[int, list[str]]]:
    """Give all rows that are not blank, each with the number of the line where it ends."""
    checked = without_nul(path, lines)
    first = next(checked, "")
    reader = csv.reader(chain([first], checked), delimiter=_separator(path, first), strict=True)
    try:
        for row in reader:
            if row:
                yield reader.line_num, row
    except csv.Error as error:
        where = f"at line {reader.line_num}"
        raise TableError(f"The table {shown(path)} is malformed {where}: {error}.") from error


def _separator(path: Path, header: str) -> str:
    if path.suffix.lower() == ".tsv":
        return "\t"
    # Spreadsheets save .csv with semicolons wherever the comma is the decimal sign.
    bare = _QUOTED.sub("", header)
    return ";" if ";" in bare and "," not in bare else ","


def _fill(path: Path, row: list[str], line: int, width: int) -> list[str | None]:
    if len(row) > width:
        size = f"{len(row)} cells, and its header {width}"
        raise TableError(f"The row that ends at line {line} of {shown(path)} has {size}.")
    return [cell or None for cell in row] + [None] * (width - len(row))
