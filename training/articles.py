"""The article views and their combiner: fitted on outlets, calibrated on outlets held out."""

from __future__ import annotations

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
from training.blocks import blocks
from training.fits import (
    fit_monotone,
    fit_outlet,
    fit_style,
    style_logits,
    term_logits,
)
from training.metrics import auc
from training.operating import operating_points
from training.rows import Counts

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
TELLING = 0.65
"""Least AUC of the outlet view on held-out outlets for their labels to be learned from: English
has .9, Russian .5 and Polish .5, so any value between .6 and .85 makes the same model."""
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
    document
        Name of a marked document, empty for an article that has its label from its outlet.
    """

    counts: Counts
    style: FloatArray
    persuasion: FloatArray
    plain: IntArray
    label: IntArray
    outlet: npt.NDArray[np.object_]
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


def outlets_tell(rows: ArticleRows) -> bool:
    """Say whether outlets labelled propaganda can be told from newsrooms once they are held out.

    Where they cannot (wire copy reads the same whoever prints it), their labels teach house style
    and nothing else.
    """
    logits, _ = _held_out(rows)
    labelled = rows.document == ""
    told = auc(rows.label[labelled], logits[labelled, 0])
    return told is not None and told >= TELLING


def fit_articles(rows: ArticleRows, *, by_outlet: bool = True) -> Articles:
    """Fit the views on all rows, and the combiner on what blocks of held-out outlets say.

    Parameters
    ----------
    rows
        Articles of one language.
    by_outlet
        Whether to learn from outlets labelled propaganda; else from marked documents alone, where
        there are any.

    Raises
    ------
    CorpusError
        If a class has a single outlet.
    """
    everything = rows
    learned = (rows.label == 0) | (rows.document != "") | by_outlet
    if not rows.label[learned].any():
        learned[:] = True
    rows = rows.take(np.flatnonzero(learned))
    logits, known = _held_out(rows)
    weight = weights(rows.label, rows.outlet)
    coef, bias = fit_monotone(logits, rows.label, weight)
    p = sigmoid(logits @ coef + bias)
    slopes, intercepts = np.array([_platt(signal, rows.label, weight) for signal in logits.T]).T
    views = fit_views(rows)
    # What is not learned from was never seen: it tells how much propaganda passes for journalism.
    unseen = everything.take(np.flatnonzero(~learned))
    p_all = np.append(p, sigmoid(view_logits(views, unseen) @ coef + bias))
    label = np.append(rows.label, unseen.label)
    outlet = np.append(rows.outlet, unseen.outlet)
    points = operating_points(
        p_all, label, outlet.astype(str), weights(label, outlet), np.arange(len(label)) < len(p)
    )
    combiner = Combiner(
        coef,
        bias,
        slopes,
        intercepts,
        *points,
        float(np.quantile(known, UNLIKE)),
    )
    return Articles(*views, combiner)


def _platt(signal: FloatArray, label: IntArray, weight: FloatArray) -> tuple[float, float]:
    coef, intercept = fit_monotone(signal[:, None], label, weight)
    return float(coef[0]), intercept


def _held_out(rows: ArticleRows) -> tuple[FloatArray, FloatArray]:
    """Return the views' log-odds and the known share of each article, from fits without its outlet.

    An outlet that is held out in several blocks gets the mean over them.
    """
    logits = np.zeros((len(rows.label), 3))
    known = np.zeros(len(rows.label))
    times = np.zeros(len(rows.label))
    for train, test in blocks(rows.label, _apart(rows)):
        views, held = fit_views(rows.take(train)), rows.take(test)
        logits[test] += view_logits(views, held)
        known[test] += known_share(views[0], held)
        times[test] += 1
    return logits / times[:, None], known / times


def _apart(rows: ArticleRows) -> npt.NDArray[np.object_]:
    """Return what is held out together: an outlet; of a lone collection, each document.

    A collection's documents come from many outlets, so holding them out one by one is second
    best, and better than no calibration.
    """
    marked = rows.document != ""
    if len(np.unique(rows.outlet[rows.label == 1].astype(str))) == 1 and marked.any():
        return np.where(marked, rows.document.astype(object), rows.outlet)
    return rows.outlet


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
