"""Articles of one language, and the views of them: every function sees the rows it is given."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from classifier.parameters import LinearStyle, LinearTerms, StyleScale
from classifier.terms import is_word
from training.fits import fit_outlet, fit_style, style_logits, term_logits
from training.rows import Counts

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Views = tuple[LinearTerms, StyleScale, LinearStyle]
"""The outlet view and the style view."""


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
    prior
        Views that fits start from, and stay near; fitted on none of the articles.
    """

    counts: Counts
    style: FloatArray
    persuasion: FloatArray
    plain: IntArray
    label: IntArray
    outlet: npt.NDArray[np.object_]
    collection: npt.NDArray[np.str_]
    document: npt.NDArray[np.str_]
    prior: Views | None = None

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
            self.prior,
        )


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


def fit_views(rows: ArticleRows) -> Views:
    """Fit the outlet view and the style view."""
    weight = weights(rows.label, rows.outlet)
    words, scale, style = rows.prior or (None, None, None)
    return (
        fit_outlet(rows.counts.matrix, rows.label, words),
        *fit_style(rows.style, rows.label, weight, scale, style),
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
