"""Texts that are the same, or nearly: found by sketches of their word shingles.

A wire story printed by ten newsrooms must not be learned from in one fold and judged in another,
and one printed under both labels teaches nothing. The sketch is the bottom-k of Broder 1997, "On
the resemblance and containment of documents": two texts of resemblance *r* share about the part
*r* of the smallest hashes of their shingles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

SHINGLE = 5
"""Words a shingle."""
SKETCH = 32
"""Hashes kept of each text."""
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
    sketches = [_sketch(text) for text in texts]
    table = pd.DataFrame(
        {
            "text": np.repeat(np.arange(len(texts)), [len(sketch) for sketch in sketches]),
            "hash": np.concatenate([*sketches, np.zeros(0, dtype=np.uint64)]),
        }
    )
    table = table[table.groupby("hash")["text"].transform("size").between(2, _COMMON)]
    pairs = table.merge(table, on="hash")
    pairs = pairs[pairs["text_x"] < pairs["text_y"]]
    shared = pairs.groupby(["text_x", "text_y"], as_index=False).size()
    sizes = np.array([len(sketch) for sketch in sketches], dtype=np.int64)
    smaller = np.minimum(sizes[shared["text_x"]], sizes[shared["text_y"]])
    near = shared[shared["size"].to_numpy() * SKETCH >= SHARED * smaller]
    links = (np.ones(len(near)), (near["text_x"].to_numpy(), near["text_y"].to_numpy()))
    graph = coo_array(links, shape=(len(texts), len(texts)))
    groups: npt.NDArray[np.int64] = connected_components(graph, directed=False)[1].astype(np.int64)
    return groups


def _sketch(text: str) -> npt.NDArray[np.uint64]:
    words = np.array(re.findall(r"\w+", text.casefold()) or [text], dtype=object)
    hashes = pd.util.hash_array(words, categorize=False)
    size = min(SHINGLE, len(hashes))
    windows = np.lib.stride_tricks.sliding_window_view(hashes, size)
    odd = np.array([2 * i + 3 for i in range(size)], dtype=np.uint64)
    with np.errstate(over="ignore"):
        mixed = (windows * odd * np.uint64(0x9E3779B97F4A7C15)).sum(axis=1, dtype=np.uint64)
    sketch: npt.NDArray[np.uint64] = np.unique(mixed ^ (mixed >> np.uint64(29)))[:SKETCH]
    return sketch


def text_hash(text: str) -> int:
    """Return a number that stands for a text whatever its case, spacing and punctuation."""
    words = np.array(re.findall(r"\w+", text.casefold()) or [text], dtype=object)
    hashes = pd.util.hash_array(words, categorize=False)
    weights = np.arange(1, 2 * len(hashes), 2, dtype=np.uint64)
    with np.errstate(over="ignore"):
        return int((hashes * weights).sum(dtype=np.uint64))
