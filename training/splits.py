"""Splits by where articles come from and by when they were printed; none looks at a result."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from classifier.errors import CorpusError
from training.blocks import blocks

IntArray = npt.NDArray[np.int64]
Names = npt.NDArray[np.str_]
LEAST = 40
"""Least articles of a collection that is held out, and of each class on each side of a date: an
AUC of fewer is within .1 of nothing."""


@dataclass(frozen=True)
class Split:
    """Rows to fit on, and rows to test on.

    Parameters
    ----------
    train, test
        Row numbers.
    paired
        Label of the outlets that were held out beside a collection of the other class; None for a
        collection of both.
    """

    train: IntArray
    test: IntArray
    paired: int | None = None


def hold_collection_out(name: str, label: IntArray, outlet: Names, source: Names) -> Split:
    """Hold a collection out, with every outlet in it, wherever else that outlet stands.

    A collection of one class is tested beside outlets of the other: those that `blocks` holds out
    together with the most of the collection's articles.

    Parameters
    ----------
    name
        The collection.
    label, outlet, source
        1 propaganda, 0 journalism; outlet; and collection of each row, shape (n_rows,).

    Returns
    -------
    Split
        Its test rows are those of the collection, and of the outlets it is paired with.

    Raises
    ------
    CorpusError
        If the collection has fewer than `LEAST` articles, or what is left has fewer than two
        outlets of a class.
    """
    own = source == name
    if own.sum() < LEAST:
        raise CorpusError(f"it has fewer than {LEAST} articles.")
    classes = np.unique(label[own]).tolist()
    paired = None if len(classes) == 2 else 1 - int(classes[0])
    test = own if paired is None else own | _partners(own, paired, label, outlet)
    train = ~np.isin(outlet, np.unique(outlet[test])) & ~own
    for value, kind in ((1, "propaganda"), (0, "journalism")):
        if len(np.unique(outlet[train & (label == value)])) < 2:
            raise CorpusError(f"without it fewer than two outlets of {kind} are left to fit on.")
    return Split(np.flatnonzero(train), np.flatnonzero(test), paired)


def _partners(
    own: npt.NDArray[np.bool_], paired: int, label: IntArray, outlet: Names
) -> npt.NDArray[np.bool_]:
    held = [test for _, test in blocks(label, outlet.astype(object))]
    most = max(held, key=lambda test: int(own[test].sum()))  # the first of several alike
    partners = np.zeros(len(own), dtype=bool)
    partners[most[label[most] == paired]] = True
    return partners


def cut_by_date(label: IntArray, date: Names) -> tuple[str, Split]:
    """Split at the date that makes the smallest class on either side largest.

    Parameters
    ----------
    label, date
        1 propaganda, 0 journalism; and ISO date of each row, empty where there is none.

    Returns
    -------
    cut : str
        First day of the test rows; of several that do as well, the earliest.
    split : Split
        Rows without a date are on neither side.

    Raises
    ------
    CorpusError
        If some class has fewer than `LEAST` dated articles on a side, wherever the cut is made.
    """
    days = np.unique(date[date != ""])
    sizes = [_smallest(label[date != ""], date[date != ""] < day) for day in days]
    if not sizes or max(sizes) < LEAST:
        raise CorpusError(
            f"no date leaves {LEAST} dated articles of both classes before it and after it."
        )
    cut = str(days[int(np.argmax(sizes))])
    before = (date != "") & (date < cut)
    return cut, Split(np.flatnonzero(before), np.flatnonzero(date >= cut))


def _smallest(label: IntArray, before: npt.NDArray[np.bool_]) -> int:
    cells = [np.sum((label == value) & (before == side)) for value in (0, 1) for side in (0, 1)]
    return int(min(cells))
