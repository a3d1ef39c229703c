"""Rows of a table with separators, also where its quotation marks are broken.

A quotation mark that is never closed makes one cell of all that follows. Where the marks of a row
do not match, or it grows beyond the limit, it ends with the line on which it began, and reading
goes on with the next: of a table with one such row all others are read. Lines are read again for
it, which could go on for ever in a table that was made for that; so all that is read again may be
no more than `_AGAIN` times the file and once the limit. From there on, the lines of a broken row
are rows of their own. So time grows with the file and not faster, and every reading of a file
gives the same rows.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, islice
from pathlib import Path

from krynica.data.messages import shown
from krynica.data.tables.lines import LIMIT, Batches, Damaged

# An article may be longer than the 131,072 characters at which Python's reader stops by itself
# (the limit is one for the whole process).
csv.field_size_limit(LIMIT)

_AGAIN = 4
_LINE = 64
"""Characters for which a line counts beside its own: what Python holds for it in memory."""

_FEW = 256
"""Lines that are read again at a time."""

_ROWS = 50
"""Rows that are looked at to tell the separator."""

_NAMED = re.compile(r"sep=([,;\t|])[\r\n]*", re.IGNORECASE)
"""A line before the header that tells Excel the separator."""

_QUOTED = re.compile(r'"[^"]*"')

Record = tuple[list[str], str | None]
"""The cells of a row, and what is wrong with it, if anything is."""


class Records:
    """All rows of an open table that are not blank; to be gone through once.

    Parameters
    ----------
    path, lines
        The file, and its lines with their ends as they are.

    Attributes
    ----------
    line
        Number of the line at which the last row ends.
    """

    def __init__(self, path: Path, lines: Batches) -> None:
        self.line = 0
        self._name = shown(path)
        self._fresh = lines
        self._again: deque[str] = deque()
        self._budget = _AGAIN * path.stat().st_size + LIMIT
        # Lines given to the reader in batches, from the one in which the row at hand begins; the
        # number of the first of them; and of those given, the damaged ones by their numbers.
        self._held: deque[list[str]] = deque()
        self._first = 1
        self._damaged: deque[tuple[int, Damaged]] = deque()
        self._separator = self._told(path)

    def __iter__(self) -> Iterator[Record]:
        """Give each row with what is wrong with it."""
        while True:
            begin = self.line
            lines = chain.from_iterable(self._given())
            reader = csv.reader(lines, delimiter=self._separator, strict=True)
            try:
                for cells in reader:
                    self.line = begin + reader.line_num
                    if cells:
                        yield cells, self._fault() if self._damaged else None
            except csv.Error as error:
                yield from self._broken(begin + reader.line_num, str(error))
            else:
                return

    def _given(self) -> Iterator[list[str]]:
        """Give lines to the reader, and hold those of the row that it is at."""
        sizes: deque[int] = deque()
        while batch := self._batch():
            while self._held and self._first + len(self._held[0]) <= self.line + 1:
                self._first += len(self._held.popleft())
                sizes.popleft()
            self._held.append(batch)
            sizes.append(sum(map(len, batch)) + _LINE * len(batch))
            if sum(sizes) > LIMIT or _is_cut(batch[0]):
                raise csv.Error(f"a row has more than {LIMIT:,} characters")
            yield batch

    def _batch(self) -> list[str]:
        """Return the next lines, none at the end; one that is cut comes alone."""
        if not self._again:
            lines, damaged = next(self._fresh, ([], False))
            if not damaged:
                return lines
            self._again.extend(lines)
        batch = [self._again.popleft()]
        while self._again and len(batch) < _FEW and not _is_cut(batch[0], self._again[0]):
            batch.append(self._again.popleft())
        number = self._first + sum(map(len, self._held))
        for line in batch:
            if isinstance(line, Damaged):
                self._damaged.append((number, line))
            number += 1
        return batch

    def _fault(self) -> str | None:
        """Return what is wrong with the lines of the row that was read."""
        fault = None
        while self._damaged and self._damaged[0][0] <= self.line:
            _, line = self._damaged.popleft()
            fault = fault or line.fault
        return fault

    def _broken(self, end: int, reason: str) -> Iterator[Record]:
        """Give the beginning of a row that has no end, and see to it that the rest is read."""
        held = list(chain.from_iterable(self._held))[self.line + 1 - self._first :]
        given = max(end - self.line, 1)
        first, rest = held[0], held[1:given]
        self._again.extendleft(reversed(held[given:]))
        self._budget -= sum(map(len, rest))
        if self._budget >= 0:
            self._again.extendleft(reversed(rest))
            rest = []
        self._held.clear()
        self._damaged.clear()
        self._first = self.line + 2 + len(rest)
        fault = f"The table {self._name} is malformed at line {end}: {reason}."
        for line in (first, *rest):
            self.line += 1
            if line.strip("\r\n"):
                yield self._alone(line), line.fault if isinstance(line, Damaged) else fault

    def _alone(self, line: str) -> list[str]:
        """Return what can be read of a line whose quotation marks do not match."""
        cells = next(csv.reader([line.rstrip("\r\n")], delimiter=self._separator), [])
        return cells[:-1] if _is_cut(line) else cells

    def _told(self, path: Path) -> str:
        """Tell the separator by the header, which may have line breaks in its names."""
        if path.suffix.lower() == ".tsv":
            return "\t"
        lines, _ = next(self._fresh, ([], False))
        told = _NAMED.fullmatch(lines[0]) if lines else None
        if told:
            self.line, self._first, lines = 1, 2, lines[1:]
        self._again.extend(lines)
        if told:
            return told[1]
        marks = accumulate(line.count('"') for line in lines)
        ends = (
            n
            for n, (line, mark) in enumerate(zip(lines, marks, strict=True), 1)
            if line.strip() and mark % 2 == 0
        )
        return _separator("".join(lines[: next(ends, 1)]), lines)


def _separator(header: str, lines: Sequence[str]) -> str:
    """Tell the separator by the signs in a header; where it has several, by the rows under it.

    Spreadsheets save .csv with semicolons wherever the comma is the decimal sign, and what Excel
    calls “Unicode Text” with tabs; a name of a column may hold the other sign. What databases
    export with bars counts only where none of these signs is there.
    """
    bare = _QUOTED.sub("", header)
    there = [one for one in ",;\t" if one in bare] or [one for one in "|" if one in bare]
    if len(there) < 2:
        return there[0] if there else ","
    return max(there, key=lambda one: (_fitting(one, lines), bare.count(one)))


def _fitting(separator: str, lines: Sequence[str]) -> float:
    """Return the share of the first rows that are as wide as the header under a separator."""
    # The last may be cut where the lines end.
    rows = [row for row in islice(csv.reader(lines, delimiter=separator), _ROWS) if row]
    below = rows[1:-1] or rows[1:]
    return sum(len(row) == len(rows[0]) for row in below) / max(len(below), 1)


def _is_cut(*lines: str) -> bool:
    return any(isinstance(line, Damaged) and line.cut for line in lines)
