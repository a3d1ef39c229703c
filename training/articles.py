"""The article views and their combiner: fitted on outlets, calibrated on outlets held out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from classifier.parameters import (
    Articles,
    Combiner,
    LinearStyle,
    LinearTerms,
    StyleScale,
)
from classifier.terms import is_word
from classifier.views import sigmoid
from training.blocks import crossings
from training.fits import (
    fit_monotone,
    fit_outlet,
    fit_style,
    style_logits,
    term_logits,
)
from training.metrics import auc
from training.operating import LARGE, Trial, operating_points
from training.rows import Counts

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
TELLING = 0.65
"""Least AUC of the outlet view on held-out outlets for their labels to be learned from: English
has .9 and Russian .5, so any value between .6 and .85 makes the same model."""
LEAST_SLOPE = 0.05
"""Least slope of a calibration: where held-out outlets show no order at all, probabilities all but
stand still, and texts keep their order."""
TOLD = 0.6
"""Least AUC of every large propaganda outlet, held out, for probabilities to leave the middle. The
next outlet may be of the kind that can be told least: Russian agencies and Sputnik Polska have .47
to .56, where .5 knows nothing, and the English outlets .71 or more."""
UNLIKE = 0.005
"""Share of articles of held-out outlets that the model calls unlike its training."""


@dataclass(frozen=True)
class ArticleRows:
    """Articles of one language: everything a fit may pick rows of. First axis: articles.

    Parameters
    ----------
    counts
        Occurrences of terms.
    style
        Measures.
    persuasion
        Log-odds of the persuasion view, from a fit that saw none of the article.
    plain
        Words that are not masked.
    label, outlet
        1 propaganda, 0 journalism; and whose article it is.
    collection
        Name of the collection it comes from; empty where a corpus does not say.
    document
        Name of a marked document, empty for an article that has its label from its outlet.
    """

    counts: Counts
    style: FloatArray
    persuasion: FloatArray
    plain: IntArray
    label: IntArray
    outlet: npt.NDArray[np.object_]
    collection: npt.NDArray[np.str_]
    document: npt.NDArray[np.str_]

    def take(self, rows: IntArray) -> ArticleRows:
        """Return some of the rows."""
        return ArticleRows(
            replace(self.counts, matrix=self.counts.matrix[rows]),
            self.style[rows],
            self.persuasion[rows],
            self.plain[rows],
            self.label[rows],
            self.outlet[rows],
            self.collection[rows],
            self.document[rows],
        )


Views = tuple[LinearTerms, StyleScale, LinearStyle]


def weights(label: IntArray, outlet: npt.NDArray[np.object_]) -> FloatArray:
    """Weigh rows so that the classes weigh the same, and an outlet by the root of its articles.

    A newsroom with 900 articles would else drown ten with 90: verdicts must hold for the next
    newsroom, not for the largest.
    """
    _, number, size = np.unique(outlet.astype(str), return_inverse=True, return_counts=True)
    weight = 1.0 / np.sqrt(size[number])
    for value in (0, 1):
        weight[label == value] /= weight[label == value].sum()
    result: FloatArray = weight * len(label) / 2.0
    return result


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


def cross_fit(rows: ArticleRows, *, by_outlet: bool | None = None) -> CrossFit:
    """Fit the views without each crossing of outlets, and score it.

    Parameters
    ----------
    rows
        Articles of one language.
    by_outlet
        Whether to learn from outlets labelled propaganda; if None, where `outlets_tell` says so.

    Raises
    ------
    CorpusError
        If a class has a single outlet.
    """
    if by_outlet is None:
        everything = cross_fit(rows, by_outlet=True)
        marked = ((rows.label == 1) & (rows.document != "")).any()
        if not marked or outlets_tell(rows, everything):
            return everything
        return cross_fit(rows, by_outlet=False)
    learned = _learned(rows, by_outlet=by_outlet)
    parts = [
        _held_out(rows, *crossing)
        for crossing in crossings(rows.label, _apart(rows, learned), learned)
    ]
    apart = [_held_out(rows, None, None, *split) for split in _collections(rows, learned)]
    return CrossFit(by_outlet, parts, apart)


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


def _learned(rows: ArticleRows, *, by_outlet: bool) -> npt.NDArray[np.bool_]:
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


def fit_articles(rows: ArticleRows, fitted: CrossFit) -> Articles:
    """Fit the views on all rows, and the combiner on what was said of outlets held out.

    Parameters
    ----------
    rows
        Articles of one language.
    fitted
        Their cross-fit.
    """
    learned = np.flatnonzero(_learned(rows, by_outlet=fitted.by_outlet))
    return Articles(*fit_views(rows.take(learned)), fit_combiner(rows, fitted))


def fit_combiner(rows: ArticleRows, fitted: CrossFit) -> Combiner:
    """Fit the combiner, its calibration and its operating points.

    How the views weigh is learned from outlets that are learned from. What the sum is worth is
    then calibrated (Platt 1999) on all outlets: a probability must hold for wire copy, too. Where
    some outlet cannot be told (`TOLD`), the slope is the least there is.

    Parameters
    ----------
    rows
        Articles of one language.
    fitted
        What was said of them by views that had not seen their outlets.
    """
    place, logits = _joined(fitted.parts)
    label, outlet = rows.label[place], rows.outlet[place].astype(str)
    learned = _learned(rows, by_outlet=fitted.by_outlet)[place]
    own_weight, _ = repeated(rows, place[learned])
    coef, bias = fit_monotone(logits[learned], label[learned], own_weight)
    weight, times = repeated(rows, place)
    score = logits @ coef + bias
    most = None if _all_told(score, label, outlet, times) else LEAST_SLOPE
    slope, shift = _platt(score, label, weight, most)
    coef, bias = slope * coef, slope * bias + shift
    p = sigmoid(logits @ coef + bias)
    slopes, intercepts = np.array([_platt(signal, label, weight) for signal in logits.T]).T
    trials = [Trial(p, label, outlet, times)]
    if fitted.collections:
        again, more = _joined(fitted.collections)
        _, times = repeated(rows, again)
        worth = sigmoid(more @ coef + bias)
        trials.append(Trial(worth, rows.label[again], rows.outlet[again].astype(str), times))
    points = operating_points(trials, weight)
    known = np.concatenate([part.known for part in fitted.parts])
    return Combiner(coef, bias, slopes, intercepts, *points, float(np.quantile(known, UNLIKE)))


def _joined(parts: Sequence[HeldOut]) -> tuple[IntArray, FloatArray]:
    """Return the row numbers and the log-odds of all parts."""
    place = np.concatenate([part.test for part in parts])
    return place, np.concatenate([part.logits for part in parts])


def repeated(rows: ArticleRows, place: IntArray) -> tuple[FloatArray, IntArray]:
    """Return the weights of rows that stand several times, and how often each does.

    Parameters
    ----------
    rows
        Articles of one language.
    place
        Row numbers, with repeats.

    Returns
    -------
    weight : ndarray, shape (n_places,)
        As `weights` of each row once, shared out among its places.
    times : ndarray of int64, shape (n_places,)
    """
    times = np.bincount(place, minlength=len(rows.label))
    once = np.flatnonzero(times)
    weight = np.zeros(len(rows.label))
    weight[once] = weights(rows.label[once], rows.outlet[once]) / times[once]
    return weight[place], times[place].astype(np.int64)


def _all_told(
    score: FloatArray, label: IntArray, outlet: npt.NDArray[np.str_], times: IntArray
) -> bool:
    """Say whether each large propaganda outlet is told from newsrooms."""
    names, number = np.unique(outlet, return_inverse=True)
    size = np.bincount(number, (label == 1) / times, len(names))
    large = np.flatnonzero(size > LARGE - 0.5).tolist()
    told = (
        auc(label[rows], score[rows]) for at in large for rows in [(label == 0) | (number == at)]
    )
    return all(value is None or value >= TOLD for value in told)


def _platt(
    signal: FloatArray, label: IntArray, weight: FloatArray, most: float | None = None
) -> tuple[float, float]:
    coef, intercept = fit_monotone(signal[:, None], label, weight, (LEAST_SLOPE, most))
    return float(coef[0]), intercept


def fit_views(rows: ArticleRows) -> Views:
    """Fit the outlet view and the style view."""
    weight = weights(rows.label, rows.outlet)
    return (
        fit_outlet(rows.counts.matrix, rows.label),
        *fit_style(rows.style, rows.label, weight),
    )


def view_logits(views: Views, rows: ArticleRows) -> FloatArray:
    """Return the log-odds of the three views, shape (n_rows, 3)."""
    outlet, scale, style = views
    return np.column_stack(
        [
            term_logits(outlet, rows.counts.matrix),
            style_logits(scale, style, rows.style),
            rows.persuasion,
        ]
    )


def known_share(outlet: LinearTerms, rows: ArticleRows) -> FloatArray:
    """Return the share of each article's unmasked words that the outlet view knows."""
    words = np.array([is_word(term) for term in rows.counts.terms]) & (outlet.idf > 0)
    result: FloatArray = rows.counts.matrix @ words.astype(np.float64) / np.maximum(rows.plain, 1)
    return result
