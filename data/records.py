"""Rows of a table with separators, also where its quotation marks are broken.

A quotation mark that is never closed makes one cell of all that follows. Where the marks of a row
do not match, or it grows beyond the limit, it ends with the line on which it began, and reading
goes on with the next: of a table with one such row all others are read. Lines are read again for
it, which could go on for ever in a table that was made for that; so all that is read again may be
no more than `_AGAIN` times the file and `_SPARE` limits. From there on, the lines of a broken row
are rows of their own. So time grows with the file and not faster, and every reading of a file
gives the same rows.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TextIO

from data.lines import LIMIT, Damaged, checked
from data.seam import shown

# An article may be longer than the 131,072 characters at which Python's reader stops by itself
# (the limit is one for the whole process).
csv.field_size_limit(LIMIT)

_AGAIN = 4
_SPARE = 10
_LINE = 64
"""Characters for which a line counts beside its own: what Python holds for it in memory."""

_HEADER = 1 << 20
"""Most characters of a header whose names have line breaks."""

_QUOTED = re.compile(r'"[^"]*"')

Record = tuple[list[str], str | None]
"""The cells of a row, and what is wrong with it, if anything is."""


class Records:
    """All rows of an open table that are not blank; to be gone through once.

    Parameters
    ----------
    path, lines
        The file, and the same opened with ``newline=""``.

    Attributes
    ----------
    line
        Number of the line at which the last row ends.
    """

    def __init__(self, path: Path, lines: TextIO) -> None:
        self.line = 0
        self._name = shown(path)
        self._fresh = checked(path, lines)
        self._again: deque[str] = deque()
        self._held: list[str] = []
        self._budget = _AGAIN * path.stat().st_size + _SPARE * LIMIT
        self._separator = self._told(path)

    def __iter__(self) -> Iterator[Record]:
        """Give each row with what is wrong with it."""
        while True:
            reader = csv.reader(self._feed(), delimiter=self._separator, strict=True)
            try:
                for cells in reader:
                    self.line += len(self._held)
                    if cells:
                        yield cells, self._fault()
                    self._held.clear()
            except csv.Error as error:
                yield from self._broken(str(error))
            else:
                return

    def _feed(self) -> Iterator[str]:
        """Give the lines, and hold those of the row that is being read."""
        size = 0
        for line in chain(_drained(self._again), self._fresh):
            size = (size if self._held else 0) + len(line) + _LINE
            self._held.append(line)
            if size > LIMIT or (isinstance(line, Damaged) and line.cut):
                raise csv.Error(f"a row has more than {LIMIT:,} characters")
            yield line

    def _fault(self) -> str | None:
        return next((line.fault for line in self._held if isinstance(line, Damaged)), None)

    def _broken(self, reason: str) -> Iterator[Record]:
        """Give the beginning of a row that has no end, and see to it that the rest is read."""
        end = self.line + len(self._held)
        fault = f"The table {self._name} is malformed at line {end}: {reason}."
        first, *rest = self._held
        self._held.clear()
        self._budget -= sum(map(len, rest))
        alone = [first] if self._budget >= 0 else [first, *rest]
        if self._budget >= 0:
            self._again.extendleft(reversed(rest))
        for line in alone:
            self.line += 1
            if line.strip("\r\n"):
                yield self._alone(line), line.fault if isinstance(line, Damaged) else fault

    def _alone(self, line: str) -> list[str]:
        """Return what can be read of a line whose quotation marks do not match."""
        cells = next(csv.reader([line.rstrip("\r\n")], delimiter=self._separator), [])
        return cells[:-1] if isinstance(line, Damaged) and line.cut else cells

    def _told(self, path: Path) -> str:
        """Tell the separator by the header, which may have line breaks in its names."""
        if path.suffix.lower() == ".tsv":
            return "\t"
        size, marks = 0, 0
        for line in self._fresh:
            self._again.append(line)
            size, marks = size + len(line), marks + line.count('"')
            if (marks % 2 == 0 and line.strip()) or size > _HEADER:
                break
        begun = "".join(self._again)
        header = begun if marks % 2 == 0 else begun.strip().partition("\n")[0]
        # Spreadsheets save .csv with semicolons wherever the comma is the decimal sign.
        bare = _QUOTED.sub("", header)
        return ";" if ";" in bare and "," not in bare else ","


def _drained(lines: deque[str]) -> Iterator[str]:
    while lines:
        yield lines.popleft()
