"""Pages of several columns whose lines are drawn from edge to edge, not column after column."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import Any

_SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})
_APART = 100.0
"""Points between the left edges of two columns, at least; a paragraph's indent has 10 to 40."""
_NEAR = 4.0
"""Points within which edges are the same."""
LINES = 6
"""Lines that make a column."""
_MOST = 100_000
"""Pieces of text of a page that are looked at."""

_GAPS = (3, 6, 9)
"""Blanks that divide columns, the narrowest tried first: words that were drawn one by one stand
some blanks apart, too."""
_SLACK = 4
"""Characters by which a line of a column may begin further in: the first of a paragraph."""
_WIDTH = 15
"""Characters that lines of a column have on average, at least: those of a table have fewer."""
_SHARE = 0.25
"""Share of a page's lines in which a column has one."""


class Drawn:
    """Where the pieces of a page's text begin, in the order in which they are drawn."""

    def __init__(self) -> None:
        self._edges: list[float] = []

    def note(self, operator: Any, _operands: Any, cm: Any, tm: Any) -> None:
        """Note where a piece of text begins, as a visitor of `pypdf`."""
        if operator in _SHOWS and len(self._edges) < _MOST:
            self._edges.append(tm[4] * cm[0] + tm[5] * cm[2] + cm[4])

    @property
    def may_alternate(self) -> bool:
        """Whether the text goes from one edge to another far off and back, line by line."""
        edges = [round(edge / _NEAR) for edge in self._edges]
        counts = Counter(edges)
        # Words that are drawn one by one begin anywhere; lines begin where many do.
        least = max(LINES, _SHARE * max(counts.values(), default=0))
        often = {edge for edge in edges if counts[edge] >= least}
        first = min(often, default=0)
        far = {edge for edge in often if (edge - first) * _NEAR >= _APART}
        return sum(edge in far and edge > before for before, edge in pairwise(edges)) >= LINES


def by_column(layout: str) -> str | None:
    """Read a page's columns one after the other.

    Parameters
    ----------
    layout
        The page's text, its pieces kept at their places by blanks.

    Returns
    -------
    str or None
        Its lines; what goes over several columns divides what stands above it from what stands
        below. None where the page has no columns of running text.
    """
    for gap in _GAPS:
        segment = re.compile(rf"\S+(?: {{1,{gap - 1}}}\S+)*")
        lines = [
            [(found.start(), found[0]) for found in segment.finditer(line)]
            for line in layout.splitlines()
            if line.strip()
        ]
        edges = _edges(lines)
        if len(edges) >= 2:
            return _read(lines, edges)
    return None


def _read(lines: list[list[tuple[int, str]]], edges: list[int]) -> str:
    """Return the lines of columns, one column after the other."""
    found: list[str] = []
    columns: list[list[str]] = [[] for _ in edges]
    for line in lines:
        if _goes_over(line, edges):
            found += [text for column in columns for text in column]
            found.append(" ".join(text for _, text in line))
            columns = [[] for _ in edges]
            continue
        for start, text in line:
            columns[_column(start, edges)].append(" ".join(text.split()))
    return "\n".join([*found, *(text for column in columns for text in column)])


def _edges(lines: list[list[tuple[int, str]]]) -> list[int]:
    """Return where columns of running text begin."""
    starts = Counter(start for line in lines for start, _ in line)
    least = max(LINES, _SHARE * len(lines))
    edges: list[int] = []
    for edge in sorted(starts):
        near = [start for start in starts if edge <= start <= edge + _SLACK]
        count = sum(starts[start] for start in near)
        if count >= least and (not edges or edge - edges[-1] >= _WIDTH):
            edges.append(edge)
    for number, edge in enumerate(edges):
        after = edges[number + 1] if number + 1 < len(edges) else None
        lengths = [
            len(text)
            for line in lines
            for start, text in line
            if start >= edge and (after is None or start < after)
        ]
        if sum(lengths) < _WIDTH * len(lengths):
            return []
    return edges


def _column(start: int, edges: list[int]) -> int:
    """Return the last column that begins at or before a place."""
    return max((number for number, edge in enumerate(edges) if edge <= start), default=0)


def _goes_over(line: list[tuple[int, str]], edges: list[int]) -> bool:
    """Tell whether a piece of a line begins in one column and ends in another."""
    return any(
        start < edge - 1 and start + len(text) > edge + 1 for start, text in line for edge in edges
    )
