"""Figures of what a model says of readings. Pure functions of numbers; nothing is drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from krynica.training.gate.said import Said
from krynica.training.statistics.metrics import auc, rounded, share

PROPAGANDA = 2
"""Least score that reads as propaganda: 2 is one-sided. Below it is journalism, 1 with a voice."""
STRONG = 3
"""Least score of what reads as propaganda through and through: 3, and 4 for blatant propaganda."""
POOLED = "pooled"
"""Name under which the figures of all languages together stand."""


@dataclass(frozen=True)
class Figures:
    """What a model is worth on readings.

    Shares are of all rows, those included that are too short for a probability: a model gains
    nothing by refusing them. Each is None where there is nothing to share.

    Parameters
    ----------
    rows
        Number of rows.
    judged
        Number of those with a probability.
    propaganda
        Number of those that read as propaganda.
    newsroom_journalism
        Number of those that are of a newsroom and read as journalism.
    auc
        Of the probability, propaganda against what reads as journalism.
    auc_strong
        The same, scores of `STRONG` and more against what reads as journalism.
    newsrooms_accused
        Share of `newsroom_journalism` with the verdict ``propaganda``.
    accusations
        Number of verdicts ``propaganda``.
    accusations_right
        Share of those that read as propaganda.
    clear_verdicts
        Share of rows with a verdict other than ``unclear``.
    journalism_right
        Share of verdicts ``journalism`` that read as journalism.
    """

    rows: int
    judged: int
    propaganda: int
    newsroom_journalism: int
    auc: float | None
    auc_strong: float | None
    newsrooms_accused: float | None
    accusations: int
    accusations_right: float | None
    clear_verdicts: float | None
    journalism_right: float | None


def figures_of(said: Said) -> Figures:
    """Compute the figures of rows."""
    propaganda, judged = said.score >= PROPAGANDA, ~np.isnan(said.p)
    newsroom = said.newsroom & ~propaganda
    accused, cleared = said.verdict == "propaganda", said.verdict == "journalism"
    return Figures(
        rows=len(said.score),
        judged=int(judged.sum()),
        propaganda=int(propaganda.sum()),
        newsroom_journalism=int(newsroom.sum()),
        auc=_ranked(said.where(judged)),
        auc_strong=_ranked(said.where(judged & (~propaganda | (said.score >= STRONG)))),
        newsrooms_accused=share(accused[newsroom]),
        accusations=int(accused.sum()),
        accusations_right=share(propaganda[accused]),
        clear_verdicts=share(accused | cleared),
        journalism_right=share(~propaganda[cleared]),
    )


def by_language(said: Said) -> dict[str, Figures]:
    """Compute the figures of each language that a model judges, and of them together.

    Parameters
    ----------
    said
        Rows of any languages.

    Returns
    -------
    dict
        By language, and under `POOLED`; languages without any probability are absent, and count
        nowhere.
    """
    judged = np.unique(said.language[~np.isnan(said.p)]).tolist()
    figures = {code: figures_of(said.where(said.language == code)) for code in judged}
    if judged:
        figures[POOLED] = figures_of(said.where(np.isin(said.language, judged)))
    return figures


def _ranked(said: Said) -> float | None:
    return rounded(auc((said.score >= PROPAGANDA).astype(np.int64), said.p))
