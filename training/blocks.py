"""Hold outlets out: every block leaves outlets of both classes aside."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from classifier.errors import CorpusError

IntArray = npt.NDArray[np.int64]
BLOCKS = 4
"""Blocks of a cross-fit: a quarter of the newsrooms is held out at a time."""


def blocks(
    label: IntArray, outlet: npt.NDArray[np.object_], n_blocks: int = BLOCKS
) -> Iterator[tuple[IntArray, IntArray]]:
    """Split rows so that no outlet is on both sides, in either class.

    Newsrooms are dealt to `n_blocks` groups of like size. Propaganda outlets are dealt to as many
    groups, or to as many as there are outlets; block *b* holds newsroom group *b* and propaganda
    group *b* modulo their number, so with few propaganda outlets each is held out more than once.

    Parameters
    ----------
    label
        1 propaganda, 0 journalism, shape (n_rows,).
    outlet
        Name of each row's outlet.
    n_blocks
        Number of blocks.

    Yields
    ------
    train, test : ndarray of int64
        Row numbers; disjoint in outlets.

    Raises
    ------
    CorpusError
        If a class has a single outlet: then none can be held out.
    """
    groups = np.full(len(label), -1, dtype=np.int64)
    counts = []
    for value in (0, 1):
        rows = np.flatnonzero(label == value)
        names = np.unique(outlet[rows].astype(str))
        if len(names) < 2:
            raise CorpusError("A class has fewer than two outlets, so none can be held out.")
        counts.append(min(n_blocks, len(names)))
        groups[rows] = _deal(outlet[rows].astype(str), counts[value])
    for block in range(n_blocks):
        held = groups == np.where(label == 1, block % counts[1], block % counts[0])
        yield np.flatnonzero(~held), np.flatnonzero(held)


def _deal(names: npt.NDArray[np.str_], n_groups: int) -> IntArray:
    """Deal outlets to groups, the largest first, each to the group that is smallest so far."""
    unique, inverse, size = np.unique(names, return_inverse=True, return_counts=True)
    load = np.zeros(n_groups, dtype=np.int64)
    group = np.zeros(len(unique), dtype=np.int64)
    for at in np.lexsort((unique, -size)).tolist():
        group[at] = load.argmin()
        load[group[at]] += size[at]
    result: IntArray = group[inverse]
    return result
