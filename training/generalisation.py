"""What views and reader say of sources, languages and genres, and from how many readings.

Whole groups of texts are left out of all fits, outlets of the texts that are judged as ever. The
encoder stays as it is: what it had met of a group is told beside the figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from classifier.answer import GENRES
from training import protocol
from training.crossfit import HELD, MET, CrossFit, cross_fit, dealt
from training.figures import Judged, figures
from training.material import Material
from training.metrics import auc, rounded

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

LEAST_TEXTS, LEAST_CLASS = 30, 5
"""Fewest texts of a group, and of each class in it, of which figures are told apart."""
SHARES = (0.125, 0.25, 0.5)
"""Shares of the readings at which the learning curve is told, beside all of them."""
DRAWS = 3
"""Draws of outlets at each share: of one draw alone a large outlet decides."""


@dataclass(frozen=True)
class LeftOut:
    """What is said of a group's texts by views and readers fitted without the group.

    Parameters
    ----------
    texts, propaganda, outlets
        How many texts were read, how many of them read as propaganda, of how many outlets.
    encoder_met
        Texts of the group, in the tables, that the encoder was tuned on.
    auc, auc_interval
        2 or more against 1 or less, and its interval by drawing outlets.
    auc_with
        Of the same texts, by views and readers that had met the rest of the group.
    accused_newsrooms, newsroom_texts
        Share of plain texts of newsrooms that are accused, and their number.
    accusations, accusations_right
        Number of accusations, and share of them that read 2 or more.
    """

    texts: int
    propaganda: int
    outlets: int
    encoder_met: int
    auc: float | None
    auc_interval: tuple[float, float] | None
    auc_with: float | None
    accused_newsrooms: float | None
    newsroom_texts: int
    accusations: int
    accusations_right: float | None


@dataclass(frozen=True)
class Learnt:
    """A point of the learning curve.

    Parameters
    ----------
    views, reader
        Mean number of readings that views, and readers, were fitted on.
    auc
        Mean over draws.
    lowest, highest
        Over draws.
    draws
        How many there were.
    """

    views: int
    reader: int
    auc: float
    lowest: float
    highest: float
    draws: int


@dataclass(frozen=True)
class Generalisation:
    """Figures beyond outlets never seen.

    Parameters
    ----------
    sources, languages, genres
        Of each group with enough texts, and under `POOLED` of all groups together, each left out.
    curve
        From the fewest readings to all of them; empty where one outlet's texts decide alone.
    """

    sources: Mapping[str, LeftOut]
    languages: Mapping[str, LeftOut]
    genres: Mapping[str, LeftOut]
    curve: tuple[Learnt, ...]


@dataclass(frozen=True)
class Trial:
    """What all trials start from.

    Parameters
    ----------
    material
        All texts.
    fold
        Of each, as `training.crossfit.folds_of` gives it.
    rows
        Texts that judge, and that readers are fitted on.
    met
        Whether the encoder was tuned on each text.
    found, p
        The cross-fit on all texts, and what its readers make of each.
    jobs
        Processes.
    """

    material: Material
    fold: IntArray
    rows: IntArray
    met: BoolArray
    found: CrossFit
    p: npt.NDArray[np.float64]
    jobs: int = 1


def generalisation(
    material: Material, found: CrossFit, judged: Judged, rows: IntArray, met: BoolArray, jobs: int
) -> Generalisation:
    """Leave out sources, languages and genres in turn, and readings by shares.

    Parameters
    ----------
    material, found
        All texts, and what views say of them.
    judged, rows
        What was said of texts of outlets never seen, and which they are.
    met
        Whether the encoder was tuned on each text.
    jobs
        Processes.
    """
    fold = found.fold
    own = rows[fold[rows] == HELD]
    if protocol.enough(material, own):
        # The encoder's own held-out outlets judge: one fit serves them all.
        fold, rows = np.where(fold >= 0, MET, fold), own
    p = np.full(len(fold), np.nan)
    p[np.flatnonzero(np.isin(material.text, judged.text))] = 0  # replaced below
    trial = Trial(material, fold, rows, met, found, p, jobs)
    genre = np.array([*GENRES, ""])[material.genre]
    return Generalisation(
        _groups(trial, material.source, _dealt_by(material.source, trial)),
        _groups(trial, material.language, material.language),
        _groups(trial, genre, genre),
        _curve(trial),
    )
