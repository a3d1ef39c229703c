"""Score rows by a recipe that has not seen their outlets, their collection or their day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from classifier.parameters import Combiner
from classifier.verdict import judge
from training.articles import ArticleRows, known_share, repeated, view_logits
from training.combiner import fit_articles, fit_combiner
from training.crossfit import CrossFit, cross_fit
from training.fits import fit_outlet, term_logits
from training.metrics import (
    auc,
    rounded,
)

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Names = npt.NDArray[np.str_]


@dataclass(frozen=True)
class Scored:
    """Rows with what a model that never saw their outlet said of them.

    Parameters
    ----------
    label, outlet, p, verdict, block
        One entry a row, with the block it was held out in; a row held out twice stands twice,
        with half the weight.
    times
        How often the row stands here.
    weight
        Weight in calibration, the classes weighing the same.
    """

    label: IntArray
    outlet: Names
    p: FloatArray
    verdict: Names
    block: IntArray
    times: IntArray
    weight: FloatArray


def score_split(
    rows: ArticleRows, train: IntArray, test: IntArray, *, by_outlet: bool | None
) -> tuple[FloatArray, Names]:
    """Fit the recipe anew on some rows, and score others.

    Vocabulary, views, combiner, calibration and operating points come from the training rows
    alone. Collections, documents and days are scored here, outlets by `unseen_outlets`.

    Parameters
    ----------
    rows
        Articles of one language.
    train, test
        Row numbers.
    by_outlet
        Whether outlets' labels are learned from; see `cross_fit`.

    Returns
    -------
    p : ndarray of float64, shape (n_test,)
    verdict : ndarray of str, shape (n_test,)

    Raises
    ------
    CorpusError
        If the training rows have too few outlets to hold one out again.
    """
    known, held = rows.take(train), rows.take(test)
    fitted = fit_articles(known, cross_fit(known, by_outlet=by_outlet))
    views = fitted.outlet, fitted.scale, fitted.style
    return _judged(view_logits(views, held), known_share(fitted.outlet, held), fitted.combiner)


def _judged(logits: FloatArray, known: FloatArray, combiner: Combiner) -> tuple[FloatArray, Names]:
    judged = [
        judge(one, combiner, 1, 0, share) for one, share in zip(logits, known.tolist(), strict=True)
    ]
    p = np.array([j.p_propaganda for j in judged], dtype=np.float64)
    return p, np.array([j.verdict for j in judged])


def unseen_outlets(rows: ArticleRows, fitted: CrossFit) -> Scored:
    """Judge each crossing of outlets by views and by a combiner that had not seen them.

    The views were fitted without the crossing's outlets. The combiner, its calibration and its
    operating points come from other crossings that share no outlet with this one, in either
    class. (The views that scored *those* may have seen this crossing's outlets, as in any stacking
    by cross-fitting, Wolpert 1992; `score_split` holds out even that.)
    """
    parts = []
    for part in fitted.parts:
        combiner = fit_combiner(rows, fitted.without(part, rows.outlet))
        parts.append((part.test, *_judged(part.logits, part.known, combiner)))
    place = np.concatenate([test for test, _, _ in parts])
    weight, times = repeated(rows, place)
    return Scored(
        rows.label[place],
        rows.outlet[place].astype(str),
        np.concatenate([p for _, p, _ in parts]),
        np.concatenate([verdict for _, _, verdict in parts]),
        np.repeat(np.arange(len(parts)), [len(test) for test, _, _ in parts]),
        times,
        weight,
    )


def random_split(rows: ArticleRows, seed: int) -> float | None:
    """Return the AUC that others report: words alone, a random quarter of the rows held out.

    Every outlet is on both sides, so this tells how well outlets are known again, and nothing of
    outlets never seen.
    """
    train, test = random_quarter(len(rows.label), seed)
    view = fit_outlet(rows.counts.matrix[train], rows.label[train])
    return rounded(auc(rows.label[test], term_logits(view, rows.counts.matrix[test])))


def random_quarter(count: int, seed: int) -> tuple[IntArray, IntArray]:
    """Return three quarters of the row numbers, and the quarter that is held out."""
    order = np.random.default_rng(seed).permutation(count)
    quarter = count // 4
    return np.sort(order[quarter:]), np.sort(order[:quarter])
