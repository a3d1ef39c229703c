"""What a model's answers are worth, on texts of outlets it had not met. Nothing is drawn here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from krynica.classifier.arrays import BoolArray, FloatArray, IntArray, Names
from krynica.classifier.statistics import wilson
from krynica.training.results.worth import Bin, Newsroom, ReadingFigures, RiskCoverage
from krynica.training.statistics.curves import reliability, risk_coverage
from krynica.training.statistics.metrics import (
    alike,
    auc,
    bootstrap,
    calibration_error,
    chance_calibration_error,
    recall_at,
    rounded,
)

STRONG = 3
"""Least score of what reads as propaganda through and through."""
LARGE = 20
"""Fewest texts of a newsroom whose accusations are told one by one."""


@dataclass(frozen=True)
class Judged:
    """Texts, and what a model that had not met their outlets said of them; one entry a text.

    Parameters
    ----------
    score
        0 to 4, or of a text that nobody read -1.
    propaganda
        Whether it reads as propaganda.
    p, verdict
        Probability and verdict.
    outlet, language, kind, genre
        Of each.
    newsroom, checker
        Whether it is of a newsroom, and of a fact-checker.
    """

    score: IntArray
    propaganda: BoolArray
    p: FloatArray
    verdict: Names
    outlet: Names
    language: Names
    kind: Names
    genre: Names
    newsroom: BoolArray
    checker: BoolArray

    def take(self, rows: npt.NDArray[np.generic]) -> Judged:
        """Return some of the texts."""
        return Judged(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))

    @property
    def read(self) -> BoolArray:
        """Which texts were read, and not labelled by their outlets."""
        told: BoolArray = self.score >= 0
        return told


def figures(judged: Judged) -> ReadingFigures:
    """Compute the figures of texts; those that nobody read are left aside."""
    own = judged.take(judged.read)
    label, p = own.propaganda.astype(np.int64), own.p
    plain_rooms = own.newsroom & ~own.propaganda
    accused, cleared = own.verdict == "propaganda", own.verdict == "journalism"
    strong = own.score >= STRONG
    ranked = strong | ~own.propaganda
    weight = alike(label, np.ones(len(label))) if len(np.unique(label)) == 2 else None
    hits = int(accused[plain_rooms].sum())
    intervals = bootstrap({"auc": lambda rows: auc(label[rows], p[rows])}, label, own.outlet)
    return ReadingFigures(
        texts=len(label),
        propaganda=int(label.sum()),
        outlets=len(np.unique(own.outlet)),
        auc=rounded(auc(label, p)),
        auc_interval=_pair(intervals["auc"]),
        auc_strong=rounded(auc(label[ranked], p[ranked])),
        found=_found(p, own.propaganda, plain_rooms),
        found_strong=_found(p, strong, plain_rooms),
        calibration_error=None if weight is None else rounded(calibration_error(label, p, weight)),
        calibration_chance=rounded(chance_calibration_error(label, p)),
        accused_newsrooms=_share(accused, plain_rooms),
        newsrooms_interval=_ends(wilson(hits, int(plain_rooms.sum()))),
        newsroom_texts=int(plain_rooms.sum()),
        accusations=int(accused.sum()),
        accusations_right=_share(own.propaganda, accused),
        propaganda_found=_share(accused, own.propaganda),
        clear_verdicts=_share(accused | cleared, np.ones(len(label), dtype=bool)),
        journalism_right=_share(~own.propaganda, cleared),
    )


def newsrooms(judged: Judged) -> list[Newsroom]:
    """Return how often each newsroom of `LARGE` texts is accused; texts that nobody read count.

    Those that read as propaganda are left aside: to accuse them is no mistake.
    """
    rows = judged.take(judged.newsroom & ~(judged.read & judged.propaganda))
    found = []
    for outlet in np.unique(rows.outlet).tolist():
        accused = rows.verdict[rows.outlet == outlet] == "propaganda"
        if len(accused) >= LARGE:
            interval = _ends(wilson(int(accused.sum()), len(accused)))
            found.append(Newsroom(outlet, len(accused), round(float(accused.mean()), 3), interval))
    return sorted(found, key=lambda room: (-room.accused, -room.texts, room.outlet))


def by(judged: Judged, name: str) -> Mapping[str, ReadingFigures]:
    """Compute the figures of each language, kind or genre that is there.

    Parameters
    ----------
    judged
        Texts.
    name
        A field of `Judged` that holds names.
    """
    values = getattr(judged, name)
    names = np.unique(values[judged.read]).tolist()
    return {str(one): figures(judged.take(values == one)) for one in names if one}


def curves(judged: Judged) -> tuple[tuple[Bin, ...], RiskCoverage] | None:
    """Return the reliability and the risk-coverage curve of texts that were read, of both kinds."""
    own = judged.take(judged.read)
    label = own.propaganda.astype(np.int64)
    if len(np.unique(label)) < 2:
        return None
    weight = alike(label, np.ones(len(label)))
    return reliability(label, own.p, weight), risk_coverage(label, own.p, weight)


def _found(p: FloatArray, sought: BoolArray, plain_rooms: BoolArray) -> float | None:
    rows = sought | plain_rooms
    if not sought.any() or not plain_rooms.any():
        return None
    return rounded(recall_at(sought[rows].astype(np.int64), p[rows]))


def _share(hits: BoolArray, of: BoolArray) -> float | None:
    return rounded(float(hits[of].mean())) if of.any() else None


def _pair(interval: tuple[float, float] | None) -> tuple[float, float] | None:
    return None if interval is None else _ends(interval)


def _ends(interval: tuple[float, float]) -> tuple[float, float]:
    return round(interval[0], 3), round(interval[1], 3)
