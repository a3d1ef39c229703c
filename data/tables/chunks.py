"""Rows in chunks bounded twice: a thousand short rows fit into memory, as many books do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

_Row = TypeVar("_Row")

_ENOUGH = 16_000_000
"""Characters at which a chunk ends, a few dozen novels."""


def chunked(rows: Iterable[tuple[_Row, int]], most: int | None) -> Iterator[list[_Row]]:
    """Give rows in order in chunks that are the same every time; one empty chunk if none are there.

    Parameters
    ----------
    rows
        Each with its size: characters, and one for each cell. No row is asked for before the chunk
        that it is in.
    most
        Rows at which a chunk ends, if it has not grown to 16,000,000 characters before. With None,
        all rows are one chunk.
    """
    chunk: list[_Row] = []
    size, begun = 0, False
    for row, length in rows:
        chunk.append(row)
        size += length
        if most is not None and (len(chunk) >= most or size >= _ENOUGH):
            yield chunk
            chunk, size, begun = [], 0, True
    if chunk or not begun:
        yield chunk
