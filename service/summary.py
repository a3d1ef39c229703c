"""What came of a table, in counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from service.rows import Cells

_REASONS = 10
"""Kinds of error told of; the output has them all."""


@dataclass
class Summary:
    """Number of rows, of verdicts, of languages, of errors by reason, and of repeats.

    Parameters
    ----------
    rows
        All of them.
    verdicts, languages, errors
        Rows by each.
    repeats
        Rows that repeat an earlier one.
    faults
        Rows that were damaged in the table, by what was wrong; scored where a text was left.
    defused
        Cells and names that a spreadsheet program would have run as formulas.
    """

    rows: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    repeats: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    defused: int = 0

    def add(self, cells: Cells) -> None:
        """Count one row of the output."""
        self.rows += 1
        self.repeats += cells["duplicate_of"] is not None
        if cells["error"] is None:
            self.verdicts[cells["verdict"]] += 1
            self.languages[cells["language"]] += 1
        else:
            self.errors[cells["error"]] += 1

    def lines(self) -> Iterator[str]:
        """Yield it in sentences."""
        parts = [f"{self.verdicts[v]:,} {v}" for v in ("propaganda", "journalism", "unclear")]
        if failed := self.errors.total():
            parts.append(f"{failed:,} could not be scored")
        yield f"{_rows(self.rows)}: {', '.join(parts)}"
        if self.languages:
            named = (f"{code} {count:,}" for code, count in _ordered(self.languages))
            yield f"languages: {', '.join(named)}"
        if self.repeats:
            yield f"{_rows(self.repeats)}: repeats of an earlier row, named in duplicate_of"
        if self.defused:
            yield f"{self.defused:,} cells that a spreadsheet would run: an apostrophe disarms them"
        for reason, count in _ordered(self.faults)[:_REASONS]:
            yield f"{_rows(count)} damaged in the table: {reason}"
        for reason, count in _ordered(self.errors)[:_REASONS]:
            yield f"{_rows(count)}: {reason}"


def _ordered(counted: Counter[str]) -> list[tuple[str, int]]:
    """Return what was counted, most first, then by name: the same whatever came first."""
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def _rows(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"
