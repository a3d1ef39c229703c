"""The persuasion view: fitted on passages that people marked, measured on unseen documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from joblib import Parallel, delayed
from scipy.sparse import csr_array
from sklearn.linear_model import LogisticRegression

from classifier.parameters import (
    LanguageParameters,
    LinearStyle,
    LinearTerms,
    Persuasion,
    StyleScale,
)
from classifier.terms import TermIndex
from classifier.views import contributions
from training.fits import Spare, fit_persuasion, style_logits, term_logits
from training.readings import Row
from training.rows import Counts, count_terms
from training.teacher import Lessons, teach
from training.terms import aligned

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Parts = tuple[LinearTerms, StyleScale, LinearStyle]
FOLDS = 5
NEIGHBOURS = {"ru": ("ru", "uk"), "uk": ("uk", "ru")}
"""Languages whose passages are learned from together: they share stems, and posts of both were
marked by the same people. For Ukrainian posts that adds .00, for Russian ones .01 of AUC."""


@dataclass(frozen=True)
class Passages:
    """Marked passages that one language learns from.

    Parameters
    ----------
    own
        Whether a passage is in the language itself, not in a neighbour.
    label, fold
        1 marked, 0 plain; and the fold in which its document is held out.
    unit
        ``"passage"`` or ``"post"``, for figures apart.
    techniques
        Keys of the techniques a passage is marked for.
    spare
        Passages that the teacher marked, once for every fold by a teacher that did not see it,
        and last by one that saw all; empty without any.
    prior
        A view that fits start from, and stay near.
    """

    rows: Sequence[Row]
    counts: Counts
    style: FloatArray
    own: npt.NDArray[np.bool_]
    label: IntArray
    fold: IntArray
    unit: npt.NDArray[np.str_]
    techniques: Sequence[frozenset[str]]
    spare: Sequence[Spare] = ()
    prior: Parts | None = None

    def take(self, rows: IntArray) -> Passages:
        """Return some of the passages, without the spare ones."""
        return Passages(
            [self.rows[at] for at in rows.tolist()],
            replace(self.counts, matrix=self.counts.matrix[rows]),
            self.style[rows],
            self.own[rows],
            self.label[rows],
            self.fold[rows],
            self.unit[rows],
            [self.techniques[at] for at in rows.tolist()],
        )


def fold_of(document: object) -> int:
    """Return the fold in which a document is held out, the same wherever it is met."""
    hashed = pd.util.hash_array(np.array([str(document)], dtype=object), categorize=False)
    return int(hashed[0] % np.uint64(FOLDS))


def gather(
    language: str,
    table: pd.DataFrame,
    rows: Sequence[Row | None],
    lessons: Lessons | None = None,
    begun: LanguageParameters | None = None,
) -> Passages:
    """Pick the passages a language learns from.

    Parameters
    ----------
    language
        ISO 639-1 code.
    table
        Passages of a corpus, with a column ``document`` that names what must stay together.
    rows
        Their readings.
    lessons
        What the teacher learns from and marks for this language; without it there is no teacher.
    begun
        Numbers that the fit starts from.
    """
    languages = NEIGHBOURS.get(language, (language,))
    near = table["lang"].isin(languages).to_numpy()
    wanted = near & np.array([row is not None for row in rows])
    picked = table[wanted]
    kept = [row for row, want in zip(rows, wanted.tolist(), strict=True) if want and row]
    spare = [] if lessons is None else list(lessons.rows)
    view = begun.persuasion if begun else None
    counts = count_terms([*kept, *spare], 2, begun.terms if begun and view else ())
    own, rest = counts.matrix[: len(kept)], counts.matrix[len(kept) :]
    fold = np.array([fold_of(document) for document in table["document"]], dtype=np.int64)
    return Passages(
        kept,
        Counts(counts.terms, own),
        np.array([row.style for row in kept]),
        (picked["lang"] == language).to_numpy(),
        picked["label"].to_numpy().astype(np.int64),
        fold[wanted],
        np.where(picked["kind"] == "post", "post", "passage"),
        picked["techniques"].tolist(),
        [] if lessons is None else _taught(lessons, rest, table["label"].to_numpy(), near, fold),
        (aligned(view.terms, begun.terms, counts.terms), view.scale, view.style)
        if begun and view
        else None,
    )


def _taught(
    lessons: Lessons,
    matrix: csr_array,
    label: IntArray,
    near: npt.NDArray[np.bool_],
    fold: IntArray,
) -> list[Spare]:
    style = np.array([row.style for row in lessons.rows])
    seen = [*(fold != number for number in range(FOLDS)), np.ones(len(fold), dtype=bool)]
    label = label.astype(np.int64)
    return [
        Spare(matrix, style, teach(lessons.marked[met], label[met], near[met], lessons.spare))
        for met in seen
    ]


@dataclass(frozen=True)
class PersuasionFit:
    """The fitted view, the same without each fold, and what it says of held-out passages.

    Parameters
    ----------
    terms
        Terms in the order of the numbers.
    view
        Fitted on all passages.
    folds
        Fitted without the documents of a fold.
    held_out
        Log-odds of each passage by the fit that never saw its document.
    """

    terms: npt.NDArray[np.object_]
    view: Persuasion
    folds: Sequence[Persuasion]
    held_out: FloatArray


def fit(passages: Passages, jobs: int = 1) -> PersuasionFit:
    """Fit the persuasion view and calibrate it on documents that were held out.

    Parameters
    ----------
    passages
        Marked passages.
    jobs
        Processes; -1 for one a core.
    """
    fits = (delayed(_fit)(passages, fold) for fold in range(FOLDS + 1))
    parts: list[Parts] = Parallel(n_jobs=jobs)(fits)
    folds, held_out = [], np.zeros(len(passages.label))
    for fold in range(FOLDS):
        test = passages.fold == fold
        folds.append(Persuasion(*parts[fold], 1.0, 0.0))
        held_out[test] = _logits(passages, test, parts[fold])
    platt = LogisticRegression(C=1e6).fit(
        held_out[passages.own, None], passages.label[passages.own]
    )
    calibration = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    view = Persuasion(*parts[FOLDS], *calibration)
    return PersuasionFit(passages.counts.terms, view, folds, held_out)


def _fit(passages: Passages, fold: int) -> Parts:
    """Fit the view without a fold's documents; without none of them if there is no such fold."""
    train = passages.fold != fold
    spare = passages.spare[fold] if passages.spare else None
    matrix = passages.counts.matrix[np.flatnonzero(train)]
    label = passages.label[train]
    return fit_persuasion(matrix, passages.style[train], label, spare, passages.prior)


def _logits(passages: Passages, test: npt.NDArray[np.bool_], parts: Parts) -> FloatArray:
    terms, scale, style = parts
    words = term_logits(terms, passages.counts.matrix[np.flatnonzero(test)])
    return words + style_logits(scale, style, passages.style[test])


def article_logits(
    fitted: PersuasionFit | None, rows: Sequence[Row], folds: IntArray
) -> FloatArray:
    """Return the persuasion view's log-odds of whole articles, as scoring computes them.

    Parameters
    ----------
    fitted
        The fitted view; without one the log-odds are 0.
    rows
        Readings of articles.
    folds
        For an article whose passages are among the marked ones, its fold: the fit without that
        fold is used. -1 for all others.
    """
    if fitted is None:
        return np.zeros(len(rows))
    index = TermIndex(list(fitted.terms))
    # A view that was fitted elsewhere, on none of these documents, has no folds.
    views = [*fitted.folds, fitted.view] if fitted.folds else [fitted.view] * (FOLDS + 1)
    return np.array(
        [_article(views[fold], index, row) for row, fold in zip(rows, folds.tolist(), strict=True)]
    )


def _article(view: Persuasion, index: TermIndex, row: Row) -> float:
    feature, first, _ = index.find(row.masked)
    passage = row.passage[first].astype(np.int64)
    words = contributions(view.terms, feature, passage) @ row.weights[passage]
    style = style_logits(view.scale, view.style, row.style[None, :])[0]
    return float(view.terms.bias + words + style)
