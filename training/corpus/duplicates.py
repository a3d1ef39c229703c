"""Texts of a corpus that are nearly the same, in groups.

A wire story printed by ten newsrooms must not be learned from in one fold and judged in another,
and one printed under both labels teaches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from krynica.classifier.arrays import Hashes
from krynica.data.corpus.duplicates import SKETCH, sketch

SHARED = 16
"""Least number of shared hashes of two near-duplicates: a resemblance of about one half."""
_COMMON, _FIRST = 200, 8
"""Texts that share one hash beyond which it is a common one, and a text is compared by it with so
many of the first that have it: copies that were edited are all tied to the same few."""
_SHARED_COMMON = 24
"""Least number of shared hashes where common ones count: an outlet's standing note makes up to
two thirds of its short articles."""
_ONE_COMMON = 64
"""What a shared common hash counts for, so that one sum holds two numbers: more than `SKETCH`."""
_BLOCK = 512
"""Texts compared at once: with all that share a hash with them, at most 40 MB."""


def near_duplicates(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    """Group texts that are nearly the same.

    Parameters
    ----------
    texts
        Any texts.

    Returns
    -------
    ndarray of int64, shape (n_texts,)
        A group's number for each text; a text unlike all others is a group of its own.
    """
    if not texts:
        return np.zeros(0, dtype=np.int64)
    distinct: dict[bytes, int] = {}
    number = [distinct.setdefault(sketch(text).tobytes(), len(distinct)) for text in texts]
    sketches = [np.frombuffer(one, dtype=np.uint64) for one in distinct]
    links = np.concatenate([np.zeros((0, 2), dtype=np.int64), *_links(sketches)])
    size = len(sketches), len(sketches)
    graph = coo_array((np.ones(len(links)), (links[:, 0], links[:, 1])), shape=size)
    groups = connected_components(graph, directed=False)[1].astype(np.int64)
    of_texts: npt.NDArray[np.int64] = groups[number]
    return of_texts


def _links(sketches: Sequence[Hashes]) -> Iterator[npt.NDArray[np.int64]]:
    """Find pairs of sketches that share enough, shape (n_pairs, 2), block by block."""
    sizes = np.array([len(one) for one in sketches])
    table = pd.DataFrame(
        {"text": np.repeat(np.arange(len(sketches)), sizes), "hash": np.concatenate(sketches)}
    )
    holders = table.groupby("hash")["text"]
    size = holders.transform("size").to_numpy()
    several, common = size > 1, size > _COMMON
    met = several & (~common | (holders.cumcount() < _FIRST).to_numpy())
    column, hashes = pd.factorize(table["hash"])
    where = np.stack([table["text"].to_numpy(), column])
    shape = len(sketches), len(hashes)
    weight = np.where(common, _ONE_COMMON, 1)
    every = csr_array((weight[several], where[:, several]), shape=shape)
    others = csr_array((np.ones(met.sum(), dtype=np.int64), where[:, met]), shape=shape).T.tocsr()
    for start in range(0, len(sketches), _BLOCK):
        shared = (every[start : start + _BLOCK] @ others).tocoo()
        one, other = shared.coords[0] + start, shared.coords[1]
        told, rest = shared.data // _ONE_COMMON, shared.data % _ONE_COMMON
        smaller, larger = np.sort([sizes[one], sizes[other]], axis=0)
        near = rest * SKETCH >= SHARED * smaller
        near |= (told + rest) * SKETCH >= _SHARED_COMMON * larger
        yield np.column_stack([one, other])[near & (one != other)].astype(np.int64)
