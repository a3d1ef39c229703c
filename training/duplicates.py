"""Texts of a corpus that are nearly the same, in groups.

A wire story printed by ten newsrooms must not be learned from in one fold and judged in another,
and one printed under both labels teaches nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from data.duplicates import SKETCH, sketch

SHARED = 16
"""Least number of shared hashes of two near-duplicates: a resemblance of about one half."""
_COMMON = 200
"""Texts that share one hash beyond which it is a set phrase and tells nothing."""


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
    sketches = [sketch(text) for text in texts]
    table = pd.DataFrame(
        {
            "text": np.repeat(np.arange(len(texts)), [len(one) for one in sketches]),
            "hash": np.concatenate([*sketches, np.zeros(0, dtype=np.uint64)]),
        }
    )
    table = table[table.groupby("hash")["text"].transform("size").between(2, _COMMON)]
    pairs = table.merge(table, on="hash")
    pairs = pairs[pairs["text_x"] < pairs["text_y"]]
    shared = pairs.groupby(["text_x", "text_y"], as_index=False).size()
    sizes = np.array([len(one) for one in sketches], dtype=np.int64)
    smaller = np.minimum(sizes[shared["text_x"]], sizes[shared["text_y"]])
    near = shared[shared["size"].to_numpy() * SKETCH >= SHARED * smaller]
    links = (np.ones(len(near)), (near["text_x"].to_numpy(), near["text_y"].to_numpy()))
    graph = coo_array(links, shape=(len(texts), len(texts)))
    groups: npt.NDArray[np.int64] = connected_components(graph, directed=False)[1].astype(np.int64)
    return groups
