"""Hold outlets out: every block and every crossing leaves outlets of both classes aside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

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
        If a class has a single outlet, or outlets stand under both labels: then none can be held
        out.
    """
    groups, counts = _groups(label, outlet, n_blocks)
    for block in range(n_blocks):
        held = groups == np.where(label == 1, block % counts[1], block % counts[0])
        yield _unmet(label, outlet, held), np.flatnonzero(held)


class Crossing(NamedTuple):
    """One group of propaganda outlets and one of newsrooms, held out together.

    Parameters
    ----------
    propaganda, newsrooms
        Numbers of the groups.
    train, test
        Row numbers; disjoint in outlets.
    """

    propaganda: int
    newsrooms: int
    train: IntArray
    test: IntArray


def crossings(
    label: IntArray,
    outlet: npt.NDArray[np.object_],
    learned: npt.NDArray[np.bool_],
    n_groups: int = BLOCKS,
) -> Iterator[Crossing]:
    """Cross every group of propaganda outlets with every group of newsrooms.

    Where there are few propaganda outlets, `blocks` meets each with a part of the newsrooms; here
    each meets all of them.

    Parameters
    ----------
    label, outlet
        As for `blocks`.
    learned
        Rows that may be trained on, shape (n_rows,). The other outlets are dealt among the groups
        apart from these, so that every crossing has some of what can be learned from.
    n_groups
        Most groups of a class.

    Yields
    ------
    Crossing
        By propaganda group, then by newsroom group.

    Raises
    ------
    CorpusError
        If a class has a single outlet to learn from.
    """
    groups, counts = _groups(label, outlet, n_groups, learned)
    for propaganda in range(counts[1]):
        for newsrooms in range(counts[0]):
            held = groups == np.where(label == 1, propaganda, newsrooms)
            train = _unmet(label, outlet, held | ~learned)
            yield Crossing(propaganda, newsrooms, train, np.flatnonzero(held))


def _unmet(
    label: IntArray, outlet: npt.NDArray[np.object_], out: npt.NDArray[np.bool_]
) -> IntArray:
    """Return the rows of outlets of which no row is left out, under whichever label it stands."""
    rows = np.flatnonzero(~np.isin(outlet.astype(str), np.unique(outlet[out].astype(str))))
    if len(np.unique(label[rows])) < 2:
        raise CorpusError("So many outlets stand under both labels that none can be held out.")
    return rows


def _groups(
    label: IntArray,
    outlet: npt.NDArray[np.object_],
    most: int,
    learned: npt.NDArray[np.bool_] | None = None,
) -> tuple[IntArray, list[int]]:
    """Return each row's group within its class, and the number of groups of each class."""
    groups = np.full(len(label), -1, dtype=np.int64)
    counts = []
    own = np.ones(len(label), dtype=bool) if learned is None else learned
    for value in (0, 1):
        rows = np.flatnonzero((label == value) & own)
        names = np.unique(outlet[rows].astype(str))
        if len(names) < 2:
            raise CorpusError("A class has fewer than two outlets, so none can be held out.")
        counts.append(min(most, len(names)))
        groups[rows] = _deal(outlet[rows].astype(str), counts[value])
        rest = np.flatnonzero((label == value) & ~own)
        if len(rest):
            groups[rest] = _deal(outlet[rest].astype(str), counts[value])
    return groups, counts


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
