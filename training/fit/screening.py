"""The screen's readers and its point of clearing, and what reading in two stages is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy.sparse import csr_array
from threadpoolctl import threadpool_limits

from krynica.classifier.arrays import BoolArray, FloatArray, IntArray
from krynica.classifier.parameters import LinearTerms, Reader
from krynica.classifier.verdict import p_propaganda
from krynica.training.fit.crossfit import FOLDS, dealt
from krynica.training.fit.levels import adapted, fit_reader
from krynica.training.fit.material import Material
from krynica.training.fit.points import CLEARED, LEAST_ACCUSED, LEAST_CLEARED, MARGIN, NONE, UNLIKE
from krynica.training.fit.views import fit_terms, tfidf
from krynica.training.results.worth import ScreenFigures
from krynica.training.statistics.figures import Judged
from krynica.training.statistics.metrics import auc, rounded
from krynica.training.texts.met import HELD, MET

ALPHA = 0.6
"""Ridge penalty of the screen: of .3, .6, 1 and 2 it ranks best, by a hair."""
LOST = 0.002
"""Greatest AUC that the point may cost on the outlets that it is chosen on. On outlets that had no
part in the choice it cost as much; at .001 a tenth fewer texts are cleared, at .003 it cost .003,
and at .005 as much (docs/experiments.md)."""
ACCUSED_CLEARED = 0.01
"""Greatest share of the texts that the whole model accuses that the screen may clear."""
_TRIED = 200
"""Points that are tried: quantiles of the probability."""


@dataclass(frozen=True)
class Screened:
    """What the screen says of texts whose outlets it had not met.

    Parameters
    ----------
    words
        The screen, fitted on all texts but those of `training.texts.met.HELD`.
    score, known
        Score of each text, and share of its pieces that the screen knows.
    always
        Rows of outlets that the encoder met: of these the screen alone says something that holds.
    """

    words: LinearTerms
    score: FloatArray
    known: FloatArray
    always: IntArray


def cross_screen(material: Material, fold: IntArray, jobs: int = -1) -> Screened:
    """Score each text by a screen that had not met its outlet.

    Parameters
    ----------
    material
        Texts.
    fold
        Of each text, as `training.fit.crossfit.folds_of` gives it. Those that the encoder met have
        folds here too: the screen has nothing of the encoder.
    jobs
        Processes; -1 for one a core.
    """
    own = np.full(len(fold), HELD, dtype=np.int64)
    free = np.flatnonzero(fold != HELD)
    own[free] = dealt(material.outlet[free], material.propaganda[free])
    kept = [np.flatnonzero((own != at) & (own != HELD) & material.tells) for at in range(FOLDS)]
    kept.append(np.flatnonzero((own != HELD) & material.tells))
    *parts, final = Parallel(n_jobs=2 if jobs != 1 else 1)(
        delayed(_fitted)(material.pieces.matrix[rows], material.target[rows], material.weight[rows])
        for rows in kept
    )
    score, known = _said(final, material)
    for at, words in enumerate(parts):
        rows = np.flatnonzero(own == at)
        score[rows], known[rows] = _said(words, material.take(rows))
    return Screened(final, score, known, np.flatnonzero((fold == MET) & material.tells))


def _fitted(matrix: csr_array, target: FloatArray, weight: FloatArray) -> LinearTerms:
    with threadpool_limits(1):  # a process of its own may have more, which add in another order
        return fit_terms(matrix, target, weight, alpha=ALPHA)


def _said(words: LinearTerms, of: Material) -> tuple[FloatArray, FloatArray]:
    """Return the scores of texts, and the shares of their pieces that are known."""
    matrix = of.pieces.matrix
    alone = np.array([" " not in str(term) for term in of.pieces.terms], dtype=bool)
    met = np.asarray(matrix @ (alone & (words.idf > 0)).astype(np.float64))
    score = np.asarray(tfidf(words.idf, matrix) @ words.coef) + words.bias
    return score, met / np.maximum(of.pieces_all, 1)


@dataclass(frozen=True)
class ScreenPoint:
    """From the screen's score to its verdict.

    Parameters
    ----------
    readers
        By language.
    clear, least_known
        As of `classifier.parameters.ScreenParameters`.
    """

    readers: dict[str, Reader]
    clear: float
    least_known: float

    def p(self, score: FloatArray, language: npt.NDArray[np.str_]) -> FloatArray:
        """Return the probability of texts by their scores."""
        p = np.full(len(score), np.nan)
        for code, reader in self.readers.items():
            rows = language == code
            p[rows] = p_propaganda(reader, score[rows, None])
        return p

    def clears(self, p: FloatArray, known: FloatArray) -> BoolArray:
        """Say which texts are cleared."""
        told: BoolArray = (p <= self.clear) & (known >= self.least_known)
        return told


def fit_screen(
    material: Material, screened: Screened, rows: IntArray, whole: FloatArray, accused: BoolArray
) -> ScreenPoint:
    """Fit readers, and choose the point, on texts whose outlets the screen had not met.

    Parameters
    ----------
    material, screened
        All texts, and what the screen says of them.
    rows
        Those to learn from.
    whole, accused
        Of all texts, the probability by the whole model, and whether it accuses them.
    """
    rows = rows[material.tells[rows]]
    every, score = np.concatenate([screened.always, rows]), screened.score
    common = fit_reader(score[every, None], material.told.take(every))
    readers = {}
    for language in np.unique(material.language).tolist():
        own = every[material.language[every] == language]
        readers[language] = adapted(common, score[own, None], material.told.take(own))
    least = float(np.quantile(screened.known[every], UNLIKE)) if len(every) else 0.0
    p = ScreenPoint(readers, NONE, least).p(score, material.language)
    for point in _promising(p[rows], material.propaganda[rows]):
        cleared = p[rows] <= point
        lost = _lost(
            material.propaganda[rows], whole[rows], np.where(cleared, p[rows], whole[rows])
        )
        spared = (cleared & accused[rows]).sum() <= ACCUSED_CLEARED * accused[rows].sum()
        if spared and lost <= LOST:
            return ScreenPoint(readers, point, least)
    return ScreenPoint(readers, NONE, least)


def _promising(p: FloatArray, loud: BoolArray) -> Iterator[float]:
    """Yield points up to which 19 in 20 texts read 1 or less, the greatest first."""
    for point in np.unique(np.quantile(p, np.linspace(0, 1, _TRIED)))[::-1].tolist():
        cleared = p <= point
        enough = point < LEAST_ACCUSED and cleared.sum() >= LEAST_CLEARED
        if enough and (~loud[cleared]).mean() >= CLEARED + MARGIN:
            yield float(point)


def _lost(loud: BoolArray, whole: FloatArray, staged: FloatArray) -> float:
    """Return what two stages cost of the AUC; all of it where none can be told."""
    before, after = auc(loud.astype(np.int64), whole), auc(loud.astype(np.int64), staged)
    return 1.0 if before is None or after is None else before - after


def measure_screen(
    material: Material,
    screened: Screened,
    rows: IntArray,
    fit_on: Callable[[IntArray], ScreenPoint],
    found: Judged,
) -> ScreenFigures:
    """Try the screen on outlets that its point had not met.

    Parameters
    ----------
    material, screened, rows
        As of `fit_screen`; `rows` are those that were judged.
    fit_on
        Fits the screen's readers and point on some rows.
    found
        What the whole model said of `rows`, by readers and points that had not met them either.
    """
    p, cleared = np.full(len(rows), np.nan), np.zeros(len(rows), dtype=bool)
    fold = dealt(material.outlet[rows], material.propaganda[rows])
    for own in np.unique(fold).tolist():
        point, test = fit_on(rows[fold != own]), fold == own
        own_rows = rows[test]
        p[test] = point.p(screened.score, material.language)[own_rows]
        cleared[test] = point.clears(p[test], screened.known[own_rows])
    read, loud = found.read, found.propaganda
    staged = np.where(cleared, p, found.p)
    said = {
        name: int((cleared & (found.verdict == name)).sum())
        for name in ("journalism", "unclear", "propaganda")
    }
    return ScreenFigures(
        int(read.sum()),
        _auc(loud[read], p[read]),
        _mean(cleared[read]),
        _mean(~loud[read & cleared]),
        int(found.newsroom.sum()),
        _mean(cleared[found.newsroom]),
        **said,
        auc_whole=_auc(loud[read], found.p[read]),
        auc_staged=_auc(loud[read], staged[read]),
    )


def _mean(which: BoolArray) -> float | None:
    return rounded(float(which.mean())) if len(which) else None


def _auc(loud: BoolArray, p: FloatArray) -> float | None:
    return rounded(auc(loud.astype(np.int64), p))
