"""One outlet under several names: outlets that print the same articles are held together.

A copy that stands in training while its original is held out would make a model look as if it knew
an outlet that it has not met.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

SHARED, LEAST = 0.5, 5
"""Least share of the smaller outlet's articles, and least articles, that stand in the other, too.
Wire copy alone is far below: of the outlets in the default corpus no two share as much."""


def held_together(articles: pd.DataFrame, group: npt.NDArray[np.int64]) -> dict[str, str]:
    """Say which outlets are copies of another of the same label.

    Parameters
    ----------
    articles
        Rows with the columns ``outlet`` and ``label``.
    group
        Near-duplicates have the same number, shape (n_rows,).

    Returns
    -------
    dict
        Outlet to the one it is held together with: of those alike the one with most articles, the
        first by name among equals.
    """
    told = articles[["label", "outlet"]].assign(group=group).drop_duplicates()
    size = told.groupby(["label", "outlet"]).size()
    printed = told.groupby(["label", "group"])["outlet"].agg(sorted)
    labels = printed.index.get_level_values("label").tolist()
    shared = Counter(
        (label, *pair)
        for label, outlets in zip(labels, printed.tolist(), strict=True)
        for pair in combinations(outlets, 2)
    )
    alike = [
        (one, other)
        for (label, one, other), count in shared.items()
        if count >= max(LEAST, SHARED * min(size[label, one], size[label, other]))
    ]
    names = sorted({name for pair in alike for name in pair})
    part = _connected(names, alike)
    rows = articles["outlet"].value_counts()
    first: dict[int, str] = {}
    for name in sorted(names, key=lambda name: (-rows[name], name)):
        first.setdefault(part[name], name)
    return {name: first[part[name]] for name in names if first[part[name]] != name}


def _connected(names: list[str], pairs: list[tuple[str, str]]) -> dict[str, int]:
    number = {name: at for at, name in enumerate(names)}
    ends = np.array([[number[one], number[other]] for one, other in pairs], dtype=np.int64)
    ends = ends.reshape(-1, 2)
    links = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(names),) * 2)
    return dict(zip(names, connected_components(links, directed=False)[1].tolist(), strict=True))
