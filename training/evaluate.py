"""What the verdicts are worth on outlets that no fit has seen: scores first, then figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from classifier.errors import CorpusError
from classifier.parameters import Articles
from classifier.verdict import judge
from training import curves
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
    Statistic,
    alike,
    auc,
    bootstrap,
    calibration_error,
    recall_at,
    wilson,
    within,
)
from training.operating import LARGE

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Names = npt.NDArray[np.str_]
Figures = dict[str, Any]
Fits = dict[bytes, Articles]
"""Fits by the numbers of their training rows: two splits that train on the same rows share one."""
DIGITS = 3


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
        raise CorpusError("Three outlets of each class are needed to hold one out; see the corpus.")
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


def figures(scored: Scored) -> Figures:
    """Compute all figures of scored rows; shares are rounded to `DIGITS`."""
    label, p, verdict = scored.label, scored.p, scored.verdict
    news = label == 0
    accused = verdict[news] == "propaganda"
    once = 1.0 / scored.times
    clear = verdict != "unclear"
    right = (verdict == "propaganda") == (label == 1)
    return {
        "articles": {
            "propaganda": round(once[~news].sum()),
            "journalism": round(once[news].sum()),
        },
        "outlets": {
            "propaganda": len(np.unique(scored.outlet[~news])),
            "journalism": len(np.unique(scored.outlet[news])),
        },
        "auc": rounded(within(auc, label, p, scored.block)),
        "recall_at_2_percent": rounded(within(recall_at, label, p, scored.block)),
        "calibration_error": rounded(calibration_error(label, p, scored.weight)),
        **_intervals(scored),
        "falsely_accused": share(accused),
        "falsely_accused_interval": _pair(wilson(once[news] @ accused, once[news].sum())),
        "falsely_accused_by_outlet": (newsrooms := _newsrooms(scored)),
        "worst_outlet": max(newsrooms, key=lambda room: room["falsely_accused"], default=None),
        "propaganda_found": share(verdict[~news] == "propaganda"),
        "propaganda_called_journalism": share(verdict[~news] == "journalism"),
        "clear_verdicts": share(clear),
        "right_where_clear": share(right[clear]),
        "by_outlet": _by_outlet(scored),
        "reliability": curves.reliability(label, p, scored.weight),
        "risk_coverage": curves.risk_coverage(label, p, scored.weight),
        "trade_off": curves.trade_off(label, p, verdict, scored.block),
    }


def _intervals(scored: Scored) -> Figures:
    """Return the bootstrap intervals by outlet, all of the same draws."""
    label, p, block = scored.label, scored.p, scored.block

    def ranked(measure: Callable[[IntArray, FloatArray], float | None], rows: IntArray) -> Any:
        return within(measure, label[rows], p[rows], block[rows])

    def gap(rows: IntArray) -> float | None:
        if len(np.unique(label[rows])) < 2:
            return None
        weight = alike(label[rows], scored.weight[rows])
        return calibration_error(label[rows], p[rows], weight)

    statistics: dict[str, Statistic] = {
        "auc_interval": partial(ranked, auc),
        "recall_at_2_percent_interval": partial(ranked, recall_at),
        "calibration_error_interval": gap,
    }
    found = bootstrap(statistics, label, block, scored.outlet)
    return {name: _pair(ends) for name, ends in found.items()}


def _newsrooms(scored: Scored) -> list[Figures]:
    """Return how often each newsroom is accused, of those large enough, by name."""
    news = scored.label == 0
    names, number = np.unique(scored.outlet[news], return_inverse=True)
    once = 1.0 / scored.times[news]
    size = np.bincount(number, once, len(names))
    accused = np.bincount(number, once * (scored.verdict[news] == "propaganda"), len(names))
    return [
        {
            "outlet": str(names[at]),
            "articles": round(size[at]),
            "falsely_accused": rounded(accused[at] / size[at]),
            "interval": _pair(wilson(accused[at], size[at])),
        }
        for at in np.flatnonzero(size > LARGE - 0.5).tolist()
    ]


def _by_outlet(scored: Scored) -> Figures:
    """Return the AUC of each propaganda outlet against all newsrooms, none of them seen."""
    news = scored.label == 0
    result = {}
    for name in np.unique(scored.outlet[~news]).tolist():
        rows = news | ((scored.outlet == name) & ~news)
        if int((rows & ~news).sum()) >= LARGE:
            value = within(auc, scored.label[rows], scored.p[rows], scored.block[rows])
            result[name] = rounded(value)
    return result


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


def share(hits: npt.NDArray[np.bool_]) -> float | None:
    """Return the share of hits, rounded; None of nothing."""
    return rounded(float(hits.mean())) if len(hits) else None


def rounded(value: float | None) -> float | None:
    """Return a figure rounded to `DIGITS`; None stays None."""
    return None if value is None else round(float(value), DIGITS)


def _pair(interval: tuple[float, float] | None) -> list[float] | None:
    return None if interval is None else [round(end, DIGITS) for end in interval]
