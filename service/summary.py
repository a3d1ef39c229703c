"""What came of a table, in counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from krynica.service.rows import Cells

_REASONS = 10
"""Kinds of error told of; the output has them all."""
_NAME = re.compile(r"https?://\S+|\d+(?:,\d+)*")


class Reasons:
    """Sentences counted by kind: those that differ in numbers and addresses alone are of one."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._examples: dict[str, str] = {}

    def add(self, sentence: str) -> None:
        """Count one."""
        kind = _NAME.sub("0", sentence)
        self._counts[kind] += 1
        self._examples.setdefault(kind, sentence)

    def __len__(self) -> int:
        """Return how many were counted."""
        return self._counts.total()

    def lines(self, what: str = "") -> Iterator[str]:
        """Yield the commonest kinds, each with its number of rows and its first sentence."""
        kinds = _ordered(self._counts)
        for kind, count in kinds[:_REASONS]:
            example = self._examples[kind]
            such = "" if count == 1 or example == kind else "such as "
            yield f"{_rows(count)}{what}: {such}{example}"
        if more := kinds[_REASONS:]:
            reasons = "reason" if len(more) == 1 else "reasons"
            rows = _rows(sum(count for _, count in more))
            yield f"{rows}{what}: {len(more):,} other {reasons}"


@dataclass
class Summary:
    """Number of rows, of verdicts, of languages, of errors by reason, and of repeats.

    Parameters
    ----------
    rows
        All of them.
    verdicts, languages
        Rows by each.
    errors
        Why rows could not be scored.
    repeats
        Rows that repeat an earlier one.
    faults
        What was wrong with rows that were damaged in the table and scored all the same.
    header
        What was wrong with the names of the columns.
    defused
        Cells and names that a spreadsheet program would have run as formulas.
    cut
        Cells that are longer than a workbook can hold.
    drift
        What the report says of how the articles fit the model.
    """

    rows: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    errors: Reasons = field(default_factory=Reasons)
    repeats: int = 0
    faults: Reasons = field(default_factory=Reasons)
    header: list[str] = field(default_factory=list)
    defused: int = 0
    cut: int = 0
    drift: tuple[str, ...] = ()

    def add(self, cells: Cells, fault: str | None = None) -> None:
        """Count one row of the output, and what was wrong with it in the table."""
        self.rows += 1
        self.repeats += cells["duplicate_of"] is not None
        if cells["error"] is None:
            self.verdicts[cells["verdict"]] += 1
            self.languages[cells["language"]] += 1
            if fault is not None:
                self.faults.add(fault)
        else:
            self.errors.add(cells["error"])

    def lines(self) -> Iterator[str]:
        """Yield it in sentences."""
        parts = [f"{self.verdicts[v]:,} {v}" for v in ("propaganda", "journalism", "unclear")]
        if failed := len(self.errors):
            parts.append(f"{failed:,} could not be scored")
        yield f"{_rows(self.rows)}: {', '.join(parts)}"
        if self.languages:
            named = (f"{code} {count:,}" for code, count in _ordered(self.languages))
            yield f"languages: {', '.join(named)}"
        if self.repeats:
            yield f"{_rows(self.repeats)}: repeats of an earlier row, named in duplicate_of"
        if self.defused:
            cells = "cell" if self.defused == 1 else "cells"
            yield f"{self.defused:,} {cells} a spreadsheet would run: disarmed by an apostrophe"
        if self.cut:
            cells = "cell" if self.cut == 1 else "cells"
            yield f"{self.cut:,} {cells} cut at 32,767 characters, the most a workbook holds in one"
        yield from self.drift
        yield from self.header[:_REASONS]
        yield from self.faults.lines(" damaged in the table and scored all the same")
        yield from self.errors.lines()


def _ordered(counted: Counter[str]) -> list[tuple[str, int]]:
    """Return what was counted, most first, then by name: the same whatever came first."""
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def _rows(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"
