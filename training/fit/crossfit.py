"""Every text as views see it that had not met its outlet: what levels are learned from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from threadpoolctl import threadpool_limits

from krynica.classifier.arrays import BoolArray, FloatArray, IntArray
from krynica.training.fit.material import Material
from krynica.training.fit.views import Views, fit_views
from krynica.training.texts.met import HELD, MET, NEW, met_by

FOLDS = 5


@dataclass(frozen=True)
class CrossFit:
    """What views that met none of an outlet's texts say of them.

    Parameters
    ----------
    views
        Fitted on all texts but those of `HELD`.
    fold
        Of each text.
    scores
        Shape (n_rows, 3); of texts in `MET` they say nothing of outlets never seen.
    genre
        Log-odds of genres, shape (n_rows, 6); None where none are told.
    known
        Share of each text's words that the view of words knows.
    """

    views: Views
    fold: IntArray
    scores: FloatArray
    genre: FloatArray | None
    known: FloatArray

    @property
    def unmet(self) -> BoolArray:
        """Which texts are of outlets that neither views nor encoder had met."""
        told: BoolArray = self.fold != MET
        return told


def folds_of(
    material: Material, encoder: Mapping[str, Any], tuned: npt.NDArray[np.uint64]
) -> IntArray:
    """Give each text a fold, all of an outlet the same.

    Parameters
    ----------
    material
        Texts.
    encoder
        The encoder's manifest: ``outlets`` that it was tuned on, ``held_out_outlets`` it was not.
    tuned
        Hashes of the texts that it was tuned on.
    """
    own = met_by(encoder, tuned, material.outlet, material.text)
    free = np.flatnonzero(own == NEW)
    own[free] = dealt(material.outlet[free], material.propaganda[free])
    return own


def dealt(outlet: npt.NDArray[np.str_], propaganda: BoolArray) -> IntArray:
    """Deal outlets to `FOLDS` folds, so that both kinds of texts are spread over them.

    Parameters
    ----------
    outlet, propaganda
        Of each text.

    Returns
    -------
    ndarray of int64
        The fold of each text. The outlets with most propaganda come first, each to the fold with
        least of it, then the others, the largest first, each to the smallest fold: two outlets of
        propaganda are never in one fold while another has none.
    """
    names, number, size = np.unique(outlet, return_inverse=True, return_counts=True)
    loud = np.bincount(number.ravel(), propaganda, len(names))
    load, fold = np.zeros((FOLDS, 2)), np.zeros(len(names), dtype=np.int64)
    for at in np.lexsort((names, -size, -loud)).tolist():
        order = (load[:, 1], load[:, 0]) if loud[at] else (load[:, 0],)
        fold[at] = int(np.lexsort(order[::-1])[0])
        load[fold[at]] += size[at], loud[at]
    told: IntArray = fold[number.ravel()]
    return told


def cross_fit(
    material: Material, fold: IntArray, begun: Views | None = None, jobs: int = -1
) -> CrossFit:
    """Score each text by views that had not met its outlet.

    Parameters
    ----------
    material
        Texts; those that nobody read guard, and are never learned from where others were read.
    fold
        Of each text, as `folds_of` gives it.
    begun
        Views that are fitted around.
    jobs
        Processes; -1 for one a core.
    """
    learned, fold = material.tells, parted(material, fold)
    final = fit_views(material.take(np.flatnonzero((fold != HELD) & learned)), begun)
    scores, known = final.scores(material), known_share(final, material)
    genre = final.genre.of(material.vectors) if final.genre else None
    numbers = [at for at in range(FOLDS) if (fold == at).any()]
    fitted = Parallel(n_jobs=min(len(numbers), 2) if jobs != 1 and numbers else 1)(
        delayed(_without)(material, np.flatnonzero(others(material, fold, at)), begun)
        for at in numbers
    )
    for at, views in zip(numbers, fitted, strict=True):
        rows = np.flatnonzero(fold == at)
        part = material.take(rows)
        scores[rows], known[rows] = views.scores(part), known_share(views, part)
        if genre is not None and views.genre:
            genre[rows] = views.genre.of(part.vectors)
    return CrossFit(final, fold, scores, genre, known)


def others(material: Material, fold: IntArray, at: int) -> BoolArray:
    """Tell which texts views learn from that must not meet a fold."""
    told: BoolArray = (fold != HELD) & (fold != at) & material.tells
    return told


def parted(material: Material, fold: IntArray) -> IntArray:
    """Return the folds, `MET` where all other texts are of one kind: what is left has met these."""
    one_kind = [
        at
        for at in range(FOLDS)
        if len(np.unique(material.propaganda[others(material, fold, at)])) < 2
    ]
    told: IntArray = np.where(np.isin(fold, one_kind), MET, fold)
    return told


def _without(material: Material, rows: IntArray, begun: Views | None) -> Views:
    part = material.take(rows)
    with threadpool_limits(1):  # a process of its own may have more, which add in another order
        return fit_views(part, begun)


def known_share(views: Views, of: Material) -> FloatArray:
    """Return the share of each text's words that the view of words knows."""
    from krynica.classifier.terms import is_word

    word = np.array([is_word(str(term)) for term in of.counts.terms]) & (views.words.idf > 0)
    found = np.asarray(of.counts.matrix @ word.astype(np.float64))
    share: FloatArray = found / np.maximum(of.plain, 1)
    return share
