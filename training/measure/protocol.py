"""The protocol: reader and points fitted on some outlets, and tried on others, in folds.

Views had met none of these outlets already (`training.fit.crossfit`). What is told of levels,
probabilities and verdicts is of outlets that neither views nor reader nor points had met; what
ships is fitted on all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from krynica.classifier.answer import GENRES
from krynica.classifier.arrays import FloatArray, IntArray
from krynica.classifier.parameters import POINTS, Points, Reader
from krynica.classifier.verdict import ARGUES, DISAGREEMENT, SHORT, p_propaganda
from krynica.classifier.views import sigmoid
from krynica.training.fit.crossfit import FOLDS, CrossFit, dealt
from krynica.training.fit.levels import adapted, fit_reader
from krynica.training.fit.material import Material
from krynica.training.fit.points import Tried, operating_points
from krynica.training.fit.screening import Screened, ScreenPoint, fit_screen
from krynica.training.limits import MINIMUM_WORDS
from krynica.training.results.worth import Figures
from krynica.training.statistics.figures import Judged, by, curves, figures, newsrooms

POOLED = "pooled"
"""Name under which the figures of all languages together stand."""


@dataclass(frozen=True)
class Fitted:
    """From scores to verdicts.

    Parameters
    ----------
    readers
        By language.
    points
        Of all languages.
    screen
        The screen's own; None where there is none.
    """

    readers: dict[str, Reader]
    points: Points
    screen: ScreenPoint | None = None


def fit(
    material: Material, crossed: CrossFit, rows: IntArray, screened: Screened | None = None
) -> Fitted:
    """Fit readers and points on texts whose outlets the views had not met.

    Parameters
    ----------
    material, crossed
        All texts, and what views say of them.
    rows
        Which to learn from.
    screened
        What the screen says of all texts; None where there is none.
    """
    read = rows[material.tells[rows]]
    whole = fit_reader(crossed.scores[read], material.told.take(read))
    readers = {}
    for language in np.unique(material.language).tolist():
        own = read[material.language[read] == language]
        readers[language] = adapted(whole, crossed.scores[own], material.told.take(own))
    p = probabilities(material, crossed, readers)
    fitted = Fitted(readers, operating_points(_tried(material, crossed, p).take(rows)))
    if screened is None:
        return fitted
    accused = verdicts(material, crossed, fitted, p) == "propaganda"
    return replace(fitted, screen=fit_screen(material, screened, rows, p, accused))


def probabilities(material: Material, crossed: CrossFit, readers: dict[str, Reader]) -> FloatArray:
    """Return the probability of each text, by the reader of its language."""
    p = np.full(len(material.language), np.nan)
    for language, reader in readers.items():
        rows = material.language == language
        p[rows] = p_propaganda(reader, crossed.scores[rows])
    return p


def kinds(material: Material, crossed: CrossFit) -> IntArray:
    """Return the place in `POINTS` of each text's kind, as `classifier.verdict.kind_of` does."""
    argues = np.zeros(len(material.words), dtype=bool)
    if crossed.genre is not None:
        raised = np.exp(crossed.genre - crossed.genre.max(axis=1, keepdims=True))
        chance = raised / raised.sum(axis=1, keepdims=True)
        columns = [at for at, name in enumerate(GENRES) if name in ARGUES]
        argues = chance[:, columns].sum(axis=1) >= 0.5
    kind = np.where(argues, POINTS.index("opinion"), POINTS.index("report"))
    return np.where(material.words < SHORT, POINTS.index("short"), kind)


def _tried(material: Material, crossed: CrossFit, p: FloatArray) -> Tried:
    return Tried(
        p,
        kinds(material, crossed),
        crossed.known,
        material.propaganda,
        material.tells,
        material.newsroom,
        material.outlet,
    )


Fit = Callable[[IntArray], Fitted]
"""Fits readers and points on some rows."""


def tested(material: Material, rows: IntArray) -> IntArray:
    """Return the rows of which figures tell: those long enough to be judged at all."""
    kept: IntArray = rows[material.words[rows] >= MINIMUM_WORDS]
    return kept


def enough(material: Material, rows: IntArray) -> bool:
    """Tell whether outlets of some rows can be held out in turn: enough of them, of both kinds."""
    read = rows[material.tells[rows]]
    loud, outlet = material.propaganda[read], material.outlet[read]
    sides = [len(np.unique(outlet[side])) for side in (loud, ~loud)]
    return len(np.unique(outlet)) >= FOLDS and min(sides) >= 2


def judged(material: Material, crossed: CrossFit, rows: IntArray, fit_on: Fit) -> Judged:
    """Judge texts by readers and points that had not met their outlets.

    Parameters
    ----------
    material, crossed
        All texts, and what views say of them.
    rows
        Those to judge, which are `enough`.
    fit_on
        Fits readers, and points, on some of them.
    """
    p = np.full(len(material.words), np.nan)
    verdict = np.full(len(p), "unclear", dtype="<U10")
    fold = dealt(material.outlet[rows], material.propaganda[rows])
    for own in np.unique(fold).tolist():
        test = rows[fold == own]
        fitted = fit_on(rows[fold != own])
        p[test] = probabilities(material, crossed, fitted.readers)[test]
        verdict[test] = verdicts(material, crossed, fitted, p)[test]
    return answered(material, p, verdict).take(rows)


def verdicts(
    material: Material, crossed: CrossFit, fitted: Fitted, p: FloatArray
) -> npt.NDArray[np.str_]:
    """Give verdicts as `classifier.verdict.judge` does."""
    kind = kinds(material, crossed)
    accuse, clear = fitted.points.accuse[kind], fitted.points.clear[kind]
    words = np.ones(len(p))
    for language, reader in fitted.readers.items():
        rows = material.language == language
        words[rows] = sigmoid(reader.slopes[1] * crossed.scores[rows, 1] + reader.intercepts[1])
    told = np.where(p <= clear, "journalism", "unclear").astype("<U10")
    told[(p >= accuse) & (words >= DISAGREEMENT)] = "propaganda"
    told[crossed.known < fitted.points.least_known] = "unclear"
    return told


def answered(material: Material, p: FloatArray, verdict: npt.NDArray[np.str_]) -> Judged:
    """Put texts, probabilities and verdicts together."""
    genre = np.array([*GENRES, ""])[material.genre]
    labelled = np.where(material.propaganda, 3, 0)
    score = np.where(material.high == material.low, material.low, labelled)
    return Judged(
        np.where(material.tells, score, -1),
        material.propaganda,
        p,
        verdict,
        material.outlet,
        material.language,
        material.kind,
        genre,
        material.newsroom,
        material.checker,
    )


def measure(found: Judged) -> dict[str, Figures]:
    """Compute all figures of the card: by language, and together under `POOLED`."""
    told = {code: Figures(readings=one) for code, one in by(found, "language").items()}
    checkers = found.take(found.checker)
    drawn = curves(found)
    told[POOLED] = Figures(
        readings=figures(found),
        kinds=by(found, "kind"),
        genres=by(found, "genre"),
        newsrooms=tuple(newsrooms(found)),
        fact_checkers=figures(checkers) if checkers.read.any() else None,
        reliability=drawn and drawn[0],
        risk_coverage=drawn and drawn[1],
    )
    return told
