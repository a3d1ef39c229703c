"""Fit the recipe anew on some rows and score others: every split of the protocol ends here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from classifier.errors import CorpusError
from classifier.parameters import Articles
from classifier.verdict import judge
from training.articles import (
    ArticleRows,
    fit_articles,
    known_share,
    view_logits,
    weights,
)
from training.blocks import blocks
from training.fits import fit_outlet, term_logits
from training.metrics import (
    auc,
    rounded,
)

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Names = npt.NDArray[np.str_]
Fits = dict[bytes, Articles]
"""Fits by the numbers of their training rows: two splits that train on the same rows share one."""


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
    rows: ArticleRows, train: IntArray, test: IntArray, *, by_outlet: bool, fits: Fits
) -> tuple[FloatArray, Names]:
    """Fit the recipe anew on some rows, and score others.

    Vocabulary, views, combiner, calibration and operating points come from the training rows
    alone. Every split of the protocol is scored here.

    Parameters
    ----------
    rows
        Articles of one language.
    train, test
        Row numbers.
    by_outlet
        Whether outlets' labels are learned from; see `fit_articles`.
    fits
        Fits made so far; the one made here is added.

    Returns
    -------
    p : ndarray of float64, shape (n_test,)
    verdict : ndarray of str, shape (n_test,)

    Raises
    ------
    CorpusError
        If the training rows have too few outlets to hold one out again.
    """
    key = train.tobytes()
    if key not in fits:
        fits[key] = fit_articles(rows.take(train), by_outlet=by_outlet)
    fitted, held = fits[key], rows.take(test)
    logits = view_logits((fitted.outlet, fitted.scale, fitted.style), held)
    known = known_share(fitted.outlet, held)
    judged = [judge(logits[i], fitted.combiner, 1, 0, float(known[i])) for i in range(len(test))]
    p = np.array([j.p_propaganda for j in judged], dtype=np.float64)
    return p, np.array([j.verdict for j in judged])


def unseen_outlets(
    rows: ArticleRows, *, by_outlet: bool = True, fits: Fits | None = None
) -> Scored:
    """Fit everything anew without each block of outlets, and score that block.

    Raises
    ------
    CorpusError
        If so few outlets are there that no block leaves enough to hold one out again.
    """
    fits = {} if fits is None else fits
    parts = []
    for train, test in blocks(rows.label, rows.outlet):
        try:
            parts.append((test, *score_split(rows, train, test, by_outlet=by_outlet, fits=fits)))
        except CorpusError:  # too few outlets are left to hold one out again
            continue
    if not parts:
        raise CorpusError(
            "articles of three outlets of each class are needed to hold one out and calibrate on "
            "the others; articles are not judged."
        )
    place = np.concatenate([test for test, _, _ in parts])
    times = np.bincount(place, minlength=len(rows.label))
    once = np.flatnonzero(times)
    weight = np.zeros(len(rows.label))
    # Of each row once: of rows that stand twice, outlets held out twice would weigh more.
    weight[once] = weights(rows.label[once], rows.outlet[once])
    return Scored(
        rows.label[place],
        rows.outlet[place].astype(str),
        np.concatenate([p for _, p, _ in parts]),
        np.concatenate([verdict for _, _, verdict in parts]),
        np.repeat(np.arange(len(parts)), [len(test) for test, _, _ in parts]),
        times[place],
        (weight / np.maximum(times, 1))[place],
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
