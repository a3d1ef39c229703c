"""What the verdicts are worth on outlets, and passages on documents, that no fit has seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from classifier.errors import CorpusError
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
from training.metrics import auc, calibration_error, outlet_interval, recall_at, wilson, within
from training.operating import LARGE

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Figures = dict[str, Any]
DIGITS = 3


@dataclass(frozen=True)
class Scored:
    """Rows with what a model that never saw their outlet said of them.

    Parameters
    ----------
    label, outlet, p, verdict, block
        One entry a row, with the block it was held out in; a row held out twice stands twice,
        with half the weight.
    weight
        Weight in calibration, the classes weighing the same.
    """

    label: IntArray
    outlet: npt.NDArray[np.str_]
    p: FloatArray
    verdict: npt.NDArray[np.str_]
    block: IntArray
    weight: FloatArray


def unseen_outlets(rows: ArticleRows, *, by_outlet: bool = True) -> Scored:
    """Fit everything anew without each block of outlets, and score that block.

    Vocabulary, views, combiner, calibration and operating points of a block's model come from
    the other outlets alone.
    """
    parts = []
    for train, test in blocks(rows.label, rows.outlet):
        try:
            fitted = fit_articles(rows.take(train), by_outlet=by_outlet)
        except CorpusError:  # too few outlets are left to hold one out again
            continue
        held = rows.take(test)
        logits = view_logits((fitted.outlet, fitted.scale, fitted.style), held)
        known = known_share(fitted.outlet, held)
        judged = [
            judge(logits[i], fitted.combiner, 1, 0, float(known[i])) for i in range(len(test))
        ]
        p = np.array([j.p_propaganda for j in judged], dtype=np.float64)
        parts.append((test, p, np.array([j.verdict for j in judged])))
    place = np.concatenate([part[0] for part in parts])
    times = np.bincount(place, minlength=len(rows.label))[place]
    label, outlet = rows.label[place], rows.outlet[place].astype(str)
    weight = weights(label, outlet) / times
    return Scored(
        label,
        outlet,
        np.concatenate([part[1] for part in parts]),
        np.concatenate([part[2] for part in parts]),
        np.repeat(np.arange(len(parts)), [len(part[0]) for part in parts]),
        weight,
    )


def figures(scored: Scored) -> Figures:
    """Compute all figures of scored rows; shares are rounded to `DIGITS`."""
    label, p, verdict = scored.label, scored.p, scored.verdict
    news = label == 0
    accused = int((verdict[news] == "propaganda").sum())
    clear = verdict != "unclear"
    right = (verdict == "propaganda") == (label == 1)
    return {
        "articles": {"propaganda": int((~news).sum()), "journalism": int(news.sum())},
        "outlets": {
            "propaganda": len(np.unique(scored.outlet[~news])),
            "journalism": len(np.unique(scored.outlet[news])),
        },
        "auc": _round(within(auc, label, p, scored.block)),
        "auc_interval": _pair(outlet_interval(label, p, scored.block, scored.outlet)),
        "recall_at_2_percent": _round(within(recall_at, label, p, scored.block)),
        "calibration_error": _round(calibration_error(label, p, scored.weight)),
        "falsely_accused": _share(verdict[news] == "propaganda"),
        "falsely_accused_interval": _pair(wilson(accused, int(news.sum()))),
        "worst_outlet": _worst(scored),
        "propaganda_found": _share(verdict[~news] == "propaganda"),
        "propaganda_called_journalism": _share(verdict[~news] == "journalism"),
        "clear_verdicts": _share(clear),
        "right_where_clear": _share(right[clear]),
        "by_outlet": _by_outlet(scored),
    }


def _worst(scored: Scored) -> Figures | None:
    """Return the newsroom with the highest share of accused articles, of those large enough."""
    news = scored.label == 0
    names, number, size = np.unique(scored.outlet[news], return_inverse=True, return_counts=True)
    accused = np.bincount(number, scored.verdict[news] == "propaganda", minlength=len(names))
    large = np.flatnonzero(size >= LARGE)
    if not len(large):
        return None
    at = large[np.argmax(accused[large] / size[large])]
    share = _round(accused[at] / size[at])
    return {"outlet": str(names[at]), "articles": int(size[at]), "falsely_accused": share}


def _by_outlet(scored: Scored) -> Figures:
    """Return the AUC of each propaganda outlet against all newsrooms, none of them seen."""
    news = scored.label == 0
    result = {}
    for name in np.unique(scored.outlet[~news]).tolist():
        rows = news | ((scored.outlet == name) & ~news)
        if int((rows & ~news).sum()) >= LARGE:
            value = within(auc, scored.label[rows], scored.p[rows], scored.block[rows])
            result[name] = _round(value)
    return result


def random_split(rows: ArticleRows, seed: int) -> float | None:
    """Return the AUC that others report: words alone, a random quarter of the rows held out.

    Every outlet is on both sides, so this tells how well outlets are known again, and nothing of
    outlets never seen.
    """
    order = np.random.default_rng(seed).permutation(len(rows.label))
    quarter = len(order) // 4
    test, train = np.sort(order[:quarter]), np.sort(order[quarter:])
    view = fit_outlet(rows.counts.matrix[train], rows.label[train])
    return _round(auc(rows.label[test], term_logits(view, rows.counts.matrix[test])))


def _share(hits: npt.NDArray[np.bool_]) -> float | None:
    return _round(float(hits.mean())) if len(hits) else None


def _round(value: float | None) -> float | None:
    return None if value is None else round(float(value), DIGITS)


def _pair(interval: tuple[float, float] | None) -> list[float] | None:
    return None if interval is None else [round(end, DIGITS) for end in interval]
