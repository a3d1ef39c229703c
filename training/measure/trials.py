"""Fit views and readers without sources, languages and genres in turn, and on fewer readings.

Whole groups of texts are left out of all fits, outlets of the texts that are judged as ever. The
encoder stays as it is: what it had met of a group is told beside the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed
from threadpoolctl import threadpool_limits

from krynica.classifier.answer import GENRES
from krynica.classifier.arrays import BoolArray, FloatArray, IntArray, Names
from krynica.training.fit.crossfit import CrossFit, dealt, known_share
from krynica.training.fit.material import Material
from krynica.training.fit.views import LEAST, TERMS, fit_views
from krynica.training.measure import protocol
from krynica.training.results.generalisation import (
    LEAST_CLASS,
    LEAST_TEXTS,
    Generalisation,
    Learnt,
    LeftOut,
)
from krynica.training.statistics.figures import Judged, figures
from krynica.training.statistics.metrics import DIGITS, auc, rounded
from krynica.training.texts.met import HELD, MET
from krynica.training.texts.rows import frequent

SHARES = (0.125, 0.25, 0.5)
"""Shares of the readings at which the learning curve is told, beside all of them."""
DRAWS = 3
"""Draws of outlets at each share: of one draw alone a large outlet decides."""


@dataclass(frozen=True)
class _Trial:
    """What all trials start from.

    Parameters
    ----------
    material, fold
        All texts, and the fold of each: those that judge are of `HELD`, or of folds to be fitted
        without.
    rows, judges
        Texts that judge, and that readers are fitted on.
    found, p
        What views that met all groups say of the judges, and readers fitted on all groups.
    met
        Whether the encoder was tuned on each text.
    jobs
        Processes.
    """

    material: Material
    fold: IntArray
    rows: IntArray
    judges: Material
    found: CrossFit
    p: FloatArray
    met: BoolArray
    jobs: int


def leave_out(
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
    fold, own = found.fold, np.flatnonzero(found.fold[rows] == HELD)
    if protocol.enough(material, rows[own]):
        # The encoder's own held-out outlets judge alone: one fit serves them all.
        fold, rows, judged = np.where(fold >= 0, MET, fold), rows[own], judged.take(own)
    judges, crossed = material.take(rows), _of_rows(found, rows)
    trial = _Trial(material, fold, rows, judges, crossed, judged.p, met, jobs)
    genre = np.array([*GENRES, ""])[material.genre]
    family = np.array([name.partition(":")[2] or name for name in material.source.tolist()])
    return Generalisation(
        _left_out(trial, family, _dealt(trial, family)),
        _left_out(trial, material.language, material.language),
        _left_out(trial, genre, genre),
        _curve(trial),
    )


def _of_rows(found: CrossFit, rows: IntArray) -> CrossFit:
    genre = None if found.genre is None else found.genre[rows]
    return CrossFit(found.views, found.fold[rows], found.scores[rows], genre, found.known[rows])


def _dealt(trial: _Trial, source: Names) -> Names:
    """Put sources together that are left out together; those that judge nothing stay."""
    own = source[trial.rows]
    home = dict(zip(own.tolist(), dealt(own, trial.judges.propaganda).tolist(), strict=True))
    return np.array([str(home.get(name, "")) if name else "" for name in source.tolist()])


def _left_out(trial: _Trial, group: Names, part: Names) -> dict[str, LeftOut]:
    """Leave out each part in turn, and tell of each group in them, and of all together."""
    judges, own = trial.judges, part[trial.rows]
    parts = np.unique(own[trial.judges.tells & (own != "")]).tolist()
    if len(np.unique(part)) < 2 or not parts:
        return {}
    said = Parallel(n_jobs=2 if trial.jobs != 1 else 1)(
        delayed(_without)(trial, part != name, own == name) for name in parts
    )
    p, verdict = np.full(len(own), np.nan), np.full(len(own), "unclear", dtype="<U10")
    for name, one in zip(parts, said, strict=True):
        if one is not None:
            p[own == name], verdict[own == name] = one
    found = protocol.answered(judges, p, verdict)
    there, names = ~np.isnan(p), group[trial.rows]
    told = {}
    for name in np.unique(names[there]).tolist():
        rows = np.flatnonzero(there & judges.tells & (names == name))
        if len(rows) >= LEAST_TEXTS and _least(judges.propaganda[rows]) >= LEAST_CLASS:
            told[name] = _figures(trial, found, rows, group == name)
    rows = np.flatnonzero(there & judges.tells)
    if told:
        told[protocol.POOLED] = _figures(trial, found, rows, np.isin(group, names[rows]))
    return told


def _least(side: BoolArray) -> int:
    return int(min(side.sum(), (~side).sum()))


def _figures(trial: _Trial, found: Judged, rows: IntArray, group: BoolArray) -> LeftOut:
    one = figures(found.take(rows))
    with_group = auc(trial.judges.propaganda[rows].astype(np.int64), trial.p[rows])
    return LeftOut(
        one.texts,
        one.propaganda,
        one.outlets,
        int((trial.met & group).sum()),
        one.auc,
        one.auc_interval if one.outlets > 1 else None,
        rounded(with_group),
        one.accused_newsrooms,
        one.newsroom_texts,
        one.accusations,
        one.accusations_right,
    )


def _without(trial: _Trial, kept: BoolArray, test: BoolArray) -> tuple[FloatArray, Names] | None:
    """Judge texts by views and readers fitted on those that are kept, and on other outlets."""
    crossed = _crossed(trial, kept)
    return None if crossed is None else _judged(trial, crossed, ~test, test)


def _crossed(trial: _Trial, kept: BoolArray) -> CrossFit | None:
    """Score the judges by views fitted on some texts; None where are too few, or of one kind."""
    material, fold, judges = trial.material, trial.fold, trial.judges
    own = fold[trial.rows]
    scores, known = np.full((len(own), trial.found.scores.shape[1]), np.nan), np.zeros(len(own))
    genre: FloatArray | None = np.zeros((len(own), len(GENRES)))
    for at in np.unique(own).tolist():
        learned = np.flatnonzero(kept & material.tells & (fold != HELD) & (fold != at))
        matrix = material.counts.matrix[learned]
        if _least(material.propaganda[learned]) == 0 or not len(frequent(matrix, LEAST, TERMS)):
            return None
        with threadpool_limits(1):  # as in `training.fit.crossfit`
            views = fit_views(material.take(learned))
        rows = np.flatnonzero(own == at)
        part = judges.take(rows)
        scores[rows], known[rows] = views.scores(part), known_share(views, part)
        if views.genre is None:
            genre = None
        elif genre is not None:
            genre[rows] = views.genre.of(part.vectors)
    return CrossFit(views, own, scores, genre, known)


def _judged(
    trial: _Trial, crossed: CrossFit, learned: BoolArray, test: BoolArray
) -> tuple[FloatArray, Names] | None:
    """Judge some texts by readers and points fitted on others, never on those of their outlets."""
    judges = trial.judges
    fold = np.full(len(test), -1)
    fold[test] = dealt(judges.outlet[test], judges.propaganda[test])
    p, verdict = np.full(len(test), np.nan), np.full(len(test), "unclear", dtype="<U10")
    for at in np.unique(fold[test]).tolist():
        rows = np.flatnonzero(fold == at)
        others = np.flatnonzero(learned & ~np.isin(judges.outlet, judges.outlet[rows]))
        if _least(judges.propaganda[others[judges.tells[others]]]) == 0:
            return None
        fitted = protocol.fit(judges, crossed, others)
        p[rows] = protocol.probabilities(judges, crossed, fitted.readers)[rows]
        verdict[rows] = protocol.verdicts(judges, crossed, fitted, p)[rows]
    return p[test], verdict[test]


def _curve(trial: _Trial) -> tuple[Learnt, ...]:
    """Fit views and readers on outlets that are drawn, and try them on all that judge."""
    points = [_point(trial, share) for share in SHARES]
    every = np.ones(len(trial.fold), dtype=bool)
    return tuple(one for one in (*points, _learnt(trial, [every], [trial.found])) if one)


def _point(trial: _Trial, share: float) -> Learnt | None:
    drawn = [_drawn(trial, share, seed) for seed in range(DRAWS)]
    crossed = Parallel(n_jobs=2 if trial.jobs != 1 else 1)(
        delayed(_crossed)(trial, one) for one in drawn
    )
    return _learnt(trial, drawn, crossed)


def _learnt(
    trial: _Trial, drawn: Sequence[BoolArray], crossed: Sequence[CrossFit | None]
) -> Learnt | None:
    judges, found, views, reader = trial.judges, [], [], []
    for kept, one in zip(drawn, crossed, strict=True):
        own = kept[trial.rows]
        said = one and _judged(trial, one, own, np.ones(len(own), dtype=bool))
        if not said:
            continue
        label = judges.propaganda[judges.tells].astype(np.int64)
        if (value := auc(label, said[0][judges.tells])) is not None:
            found.append(value)
            views.append((kept & trial.material.tells & (trial.fold != HELD)).sum())
            reader.append((own & judges.tells).sum())
    if not found:
        return None
    mean, low, high = (round(float(f(found)), DIGITS) for f in (np.mean, np.min, np.max))
    return Learnt(round(np.mean(views)), round(np.mean(reader)), mean, low, high, len(found))


def _drawn(trial: _Trial, share: float, seed: int) -> BoolArray:
    """Draw outlets with a share of the readings: of those that judge, and of all others."""
    rng = np.random.default_rng(seed)
    outlet, kept = trial.material.outlet, np.zeros(len(trial.fold), dtype=bool)
    for side in (trial.fold == HELD, trial.fold != HELD):
        own = side & trial.material.tells
        names, size = np.unique(outlet[own], return_counts=True)
        order = rng.permutation(len(names))
        before = np.cumsum(size[order]) - size[order]
        kept |= own & np.isin(outlet, names[order][before < share * size.sum()])
    return kept
