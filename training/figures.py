"""Figures of scored rows: how well they are ranked, who is accused, what a probability is worth."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from training import curves
from training.evaluate import Scored
from training.metrics import (
    DIGITS,
    Statistic,
    alike,
    auc,
    bootstrap,
    calibration_error,
    recall_at,
    rounded,
    wilson,
    within,
)
from training.operating import LARGE

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
Figures = dict[str, Any]


def figures(scored: Scored) -> Figures:
    """Compute all figures of scored rows; shares are rounded to `DIGITS`."""
    label, p, verdict = scored.label, scored.p, scored.verdict
    news = label == 0
    accused = verdict[news] == "propaganda"
    once = 1.0 / scored.times
    clear = verdict != "unclear"
    right = (verdict == "propaganda") == (label == 1)

    def part(hits: BoolArray, of: BoolArray) -> float | None:
        """Return a share of articles, each counted once however often it was judged."""
        return rounded(float(once[hits & of].sum() / once[of].sum())) if of.any() else None

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
        "falsely_accused": part(verdict == "propaganda", news),
        "falsely_accused_interval": _pair(wilson(once[news] @ accused, once[news].sum())),
        "falsely_accused_by_outlet": (newsrooms := _newsrooms(scored)),
        "worst_outlet": max(newsrooms, key=lambda room: room["falsely_accused"], default=None),
        "propaganda_found": part(verdict == "propaganda", ~news),
        "propaganda_called_journalism": part(verdict == "journalism", ~news),
        "clear_verdicts": part(clear, np.ones_like(clear)),
        "right_where_clear": part(right, clear),
        "by_outlet": _by_outlet(scored),
        "reliability": curves.reliability(label, p, scored.weight),
        "risk_coverage": curves.risk_coverage(label, p, scored.weight),
        "trade_off": curves.trade_off(label, p, verdict, scored.block, once),
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
    found = bootstrap(statistics, label, scored.outlet)
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
        mine = (scored.outlet == name) & ~news
        rows = news | mine
        if (1.0 / scored.times[mine]).sum() > LARGE - 0.5:
            value = within(auc, scored.label[rows], scored.p[rows], scored.block[rows])
            result[name] = rounded(value)
    return result


def _pair(interval: tuple[float, float] | None) -> list[float] | None:
    return None if interval is None else [round(end, DIGITS) for end in interval]
