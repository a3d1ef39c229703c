"""Every outlet as views see it that had not seen it: what combining is learned from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed

from training.articles import ArticleRows, fit_views, known_share, view_logits
from training.blocks import crossings
from training.metrics import auc

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
TELLING = 0.65
"""Least AUC of the outlet view on held-out outlets for their labels to be learned from: English
has .9 and Russian .5, so any value between .6 and .85 makes the same model."""


@dataclass(frozen=True)
class HeldOut:
    """What views that saw none of some outlets say of their rows.

    Parameters
    ----------
    groups
        Numbers of the group of propaganda outlets and of the group of newsrooms; None and None
        where a collection was held out.
    test
        Row numbers.
    logits, known
        Log-odds of the views, shape (n_test, 3), and the share of words that they know, (n_test,).
    """

    groups: tuple[int | None, int | None]
    test: IntArray
    logits: FloatArray
    known: FloatArray

    def take(self, rows: npt.NDArray[np.bool_]) -> HeldOut:
        """Return some of the rows."""
        return HeldOut(self.groups, self.test[rows], self.logits[rows], self.known[rows])


@dataclass(frozen=True)
class CrossFit:
    """Every outlet as views see it that had not seen it: all that combining is learned from.

    Parameters
    ----------
    by_outlet
        Whether outlets labelled propaganda are learned from; else marked documents alone.
    parts
        One entry a crossing; a row stands in as many as there are groups of the other class.
    collections
        The same for whole collections of newsrooms, all their outlets held out at once; see
        `_collections`.
    """

    by_outlet: bool
    parts: Sequence[HeldOut]
    collections: Sequence[HeldOut]

    def without(self, part: HeldOut, outlet: npt.NDArray[np.object_]) -> CrossFit:
        """Return what a crossing may be judged by: what was said of other outlets alone.

        Parameters
        ----------
        part
            The crossing.
        outlet
            Outlet of each of the language's rows.
        """
        (propaganda, newsrooms), held = part.groups, np.unique(outlet[part.test].astype(str))

        def unmet(others: Sequence[HeldOut]) -> list[HeldOut]:
            rows = [~np.isin(outlet[other.test].astype(str), held) for other in others]
            return [other.take(one) for other, one in zip(others, rows, strict=True) if one.any()]

        parts = [
            other
            for other in self.parts
            if other.groups[0] != propaganda and other.groups[1] != newsrooms
        ]
        return CrossFit(self.by_outlet, unmet(parts), unmet(self.collections))


def cross_fit(rows: ArticleRows, *, by_outlet: bool | None = None, jobs: int = 1) -> CrossFit:
    """Fit the views without each crossing of outlets, and score it.

    Parameters
    ----------
    rows
        Articles of one language.
    by_outlet
        Whether to learn from outlets labelled propaganda; if None, where `outlets_tell` says so.
    jobs
        Processes; -1 for one a core.

    Raises
    ------
    CorpusError
        If a class has a single outlet.
    """
    if by_outlet is None:
        everything = cross_fit(rows, by_outlet=True, jobs=jobs)
        marked = ((rows.label == 1) & (rows.document != "")).any()
        if not marked or outlets_tell(rows, everything):
            return everything
        return cross_fit(rows, by_outlet=False, jobs=jobs)
    learned = learned_from(rows, by_outlet=by_outlet)
    outlets = list(crossings(rows.label, _apart(rows, learned), learned))
    collections = [(None, None, *split) for split in _collections(rows, learned)]
    fits = (delayed(_held_out)(rows, *split) for split in (*outlets, *collections))
    done: list[HeldOut] = Parallel(n_jobs=jobs)(fits)
    return CrossFit(by_outlet, done[: len(outlets)], done[len(outlets) :])


def _held_out(
    rows: ArticleRows,
    propaganda: int | None,
    newsrooms: int | None,
    train: IntArray,
    test: IntArray,
) -> HeldOut:
    views, held = fit_views(rows.take(train)), rows.take(test)
    groups = (propaganda, newsrooms)
    return HeldOut(groups, test, view_logits(views, held), known_share(views[0], held))


def _collections(
    rows: ArticleRows, learned: npt.NDArray[np.bool_]
) -> Iterator[tuple[IntArray, IntArray]]:
    """Hold each collection's newsrooms out at once, with its propaganda.

    A collection has its subject, its years and its scraper. Newsrooms that are held out one by one
    leave others behind with the same ones, so that an operating point chosen on them alone breaks
    in the next collection. One that holds most of the newsrooms cannot be missed.
    """
    news = rows.label == 0
    outlet = rows.outlet.astype(str)
    rooms = len(np.unique(outlet[news]))
    for name in np.unique(rows.collection[news & (rows.collection != "")]).tolist():
        inside = rows.collection == name
        held = np.isin(outlet, np.unique(outlet[inside]))
        train = ~held & learned
        if 2 * len(np.unique(outlet[held & news])) <= rooms and rows.label[train].any():
            yield np.flatnonzero(train), np.flatnonzero(held & news)


def outlets_tell(rows: ArticleRows, fitted: CrossFit) -> bool:
    """Say whether outlets labelled propaganda can be told from newsrooms once they are held out.

    Where they cannot (wire copy reads the same whoever prints it), their labels teach house style
    and nothing else. A single outlet cannot be held out from another: its label is believed.
    """
    labelled = rows.document == ""
    if len(np.unique(rows.outlet[labelled & (rows.label == 1)].astype(str))) == 1:
        return True
    told = []
    for part in fitted.parts:
        mine = labelled[part.test]
        value = auc(rows.label[part.test][mine], part.logits[mine, 0])
        told += [] if value is None else [value]
    return bool(told) and float(np.mean(told)) >= TELLING


def learned_from(rows: ArticleRows, *, by_outlet: bool) -> npt.NDArray[np.bool_]:
    """Return the rows that views are fitted on: all newsrooms, and the propaganda that counts."""
    learned = (rows.label == 0) | (rows.document != "") | by_outlet
    return learned if rows.label[learned].any() else np.ones(len(learned), dtype=bool)


def _apart(rows: ArticleRows, learned: npt.NDArray[np.bool_]) -> npt.NDArray[np.object_]:
    """Return what is held out together: an outlet; of a lone collection, each document.

    A collection's documents come from many outlets, so holding them out one by one is second
    best, and better than no calibration.
    """
    marked = rows.document != ""
    lone = len(np.unique(rows.outlet[learned & (rows.label == 1)].astype(str))) == 1
    if lone and marked.any():
        return np.where(marked, rows.document.astype(object), rows.outlet)
    return rows.outlet
