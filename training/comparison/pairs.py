"""Two models side by side on the same rows: paired differences, and what they rest on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from scipy.stats import binomtest

from krynica.classifier.arrays import BoolArray, FloatArray, IntArray, Names
from krynica.data.corpus.outlet_names import joined
from krynica.training.results.paired import (
    Classes,
    Coverage,
    Difference,
    Disagreement,
    Disagreements,
    OutletPair,
    Paired,
    Sides,
)
from krynica.training.statistics.metrics import (
    DIGITS,
    Statistic,
    alike,
    auc,
    bootstrap,
    brier,
    calibration_error,
    log_loss,
    rounded,
    weights,
    within,
)


@dataclass(frozen=True)
class Said:
    """What a model said of rows.

    Parameters
    ----------
    p
        Probabilities of propaganda, shape (n_rows,); NaN where it must not judge.
    verdict
        Verdicts, shape (n_rows,).
    """

    p: FloatArray
    verdict: Names


@dataclass(frozen=True)
class Pairs:
    """Rows with what two models said of them, one entry a row.

    Parameters
    ----------
    label
        1 propaganda, 0 journalism.
    outlet, language
        Whose article it is, and its language.
    a, b
        What the models said.
    """

    label: IntArray
    outlet: Names
    language: Names
    a: Said
    b: Said

    def take(self, rows: BoolArray | IntArray) -> Pairs:
        """Return some of the rows."""
        return Pairs(
            self.label[rows],
            self.outlet[rows],
            self.language[rows],
            *(Said(said.p[rows], said.verdict[rows]) for said in (self.a, self.b)),
        )

    @property
    def judged(self) -> BoolArray:
        """Which rows both models give a probability."""
        judged: BoolArray = ~np.isnan(self.a.p) & ~np.isnan(self.b.p)
        return judged

    @cached_property
    def held(self) -> Names:
        """Each row's outlet, where several names of a class are of one that one's shortest name."""
        held = self.outlet.astype(object)
        for label in (0, 1):
            mine = self.label == label
            head = joined(held[mine])
            held[mine] = [head[name] for name in held[mine]]
        return held.astype(str)


Measure = Callable[[Said, IntArray], float | None]
"""A figure of what a model said, on rows given by their numbers, some twice or more."""


def paired(pairs: Pairs) -> Paired:
    """Compute the figures of two models and their differences.

    Shares of verdicts are of all rows: who must not judge accuses nobody and finds nothing.
    Figures of probabilities are of the rows that both judge; `Paired.judged` counts them.

    Parameters
    ----------
    pairs
        Rows, one at least.
    """
    news = pairs.label == 0
    measures = _measures(pairs)
    statistics: dict[str, Statistic] = {
        name: partial(_difference, measure, pairs) for name, measure in measures.items()
    }
    intervals = bootstrap(statistics, pairs.label, pairs.held)
    every = np.arange(len(pairs.label))
    return Paired(
        articles=Classes(int((~news).sum()), int(news.sum())),
        outlets=_outlets(pairs, np.ones_like(news)),
        outlets_both_judge=_outlets(pairs, pairs.judged),
        joined={
            str(name): str(head)
            for name, head in sorted(set(zip(pairs.outlet, pairs.held, strict=True)))
            if name != head
        },
        judged=_judged(pairs),
        figures={
            name: Difference(
                rounded(measure(pairs.a, every)),
                rounded(measure(pairs.b, every)),
                rounded(statistics[name](every)),
                _rounded_ends(intervals[name]),
            )
            for name, measure in measures.items()
        },
        mcnemar=_mcnemars(pairs),
    )


def _outlets(pairs: Pairs, rows: BoolArray) -> Classes:
    return Classes(*(len(np.unique(pairs.held[rows & (pairs.label == one)])) for one in (1, 0)))


def _measures(pairs: Pairs) -> Mapping[str, Measure]:
    label, judged, truth = pairs.label, pairs.judged, _truth(pairs)
    block = np.unique(pairs.language, return_inverse=True)[1].astype(np.int64)
    weight = weights(label, pairs.held.astype(object))

    def share(value: str, of: BoolArray, said: Said, rows: IntArray) -> float | None:
        rows = rows[of[rows]]
        return float((said.verdict[rows] == value).mean()) if len(rows) else None

    def told_apart(said: Said, rows: IntArray) -> float | None:
        found = share("propaganda", label == 1, said, rows)
        accused = share("propaganda", label == 0, said, rows)
        return None if found is None or accused is None else found - accused

    def right(said: Said, rows: IntArray) -> float | None:
        return float((said.verdict[rows] == truth[rows]).mean())

    def clear(said: Said, rows: IntArray) -> float | None:
        return float((said.verdict[rows] != "unclear").mean())

    def ranked(said: Said, rows: IntArray) -> float | None:
        # Where nothing is judged by both, what one of them alone judges tells of that one.
        own = judged if judged.any() else ~np.isnan(said.p)
        rows = rows[own[rows]]
        return within(auc, label[rows], said.p[rows], block[rows])

    def weighed(
        loss: Callable[[IntArray, FloatArray, FloatArray], float], said: Said, rows: IntArray
    ) -> float | None:
        rows = rows[judged[rows]]
        if len(np.unique(label[rows])) < 2:
            return None
        return loss(label[rows], said.p[rows], alike(label[rows], weight[rows]))

    return {
        "falsely_accused": partial(share, "propaganda", label == 0),
        "propaganda_found": partial(share, "propaganda", label == 1),
        "found_less_accused": told_apart,
        "clear_verdicts": clear,
        "clear_and_right": right,
        "auc": ranked,
        "brier": partial(weighed, brier),
        "log_loss": partial(weighed, log_loss),
        "calibration_error": partial(weighed, calibration_error),
    }


def _difference(measure: Measure, pairs: Pairs, rows: IntArray) -> float | None:
    a, b = measure(pairs.a, rows), measure(pairs.b, rows)
    return None if a is None or b is None else b - a


def _truth(pairs: Pairs) -> Names:
    return np.where(pairs.label == 1, "propaganda", "journalism")


def _judged(pairs: Pairs) -> Coverage:
    a, b = ~np.isnan(pairs.a.p), ~np.isnan(pairs.b.p)
    return Coverage(*(int(rows.sum()) for rows in (a & b, a & ~b, b & ~a, ~a & ~b)))


def _mcnemars(pairs: Pairs) -> Disagreements:
    news = pairs.label == 0
    truth = _truth(pairs)
    return Disagreements(
        mcnemar(pairs.a.verdict[news] == "propaganda", pairs.b.verdict[news] == "propaganda"),
        mcnemar(pairs.a.verdict == truth, pairs.b.verdict == truth),
    )


def mcnemar(a: BoolArray, b: BoolArray) -> Disagreement:
    """Compare two answers of yes or no on the same rows (McNemar 1947), exactly."""
    only_a, only_b = int((a & ~b).sum()), int((b & ~a).sum())
    p = binomtest(only_b, only_a + only_b).pvalue if only_a + only_b else 1.0
    return Disagreement(only_a, only_b, float(p))


def by_outlet(pairs: Pairs) -> tuple[OutletPair, ...]:
    """Return each outlet's figures: newsrooms first, those that B accuses most on top.

    Parameters
    ----------
    pairs
        Rows of one language.
    """
    found = (
        _outlet(pairs, str(name), label)
        for label in (0, 1)
        for name in np.unique(pairs.outlet[pairs.label == label])
    )
    return tuple(sorted(found, key=lambda one: (one.label, -one.called_propaganda.b, one.outlet)))


def _outlet(pairs: Pairs, name: str, label: int) -> OutletPair:
    mine = (pairs.outlet == name) & (pairs.label == label)
    a, b = (said.verdict[mine] == "propaganda" for said in (pairs.a, pairs.b))
    ranked = None
    if label:
        others = pairs.judged & (mine | (pairs.label == 0))
        truth = pairs.label[others]
        ranked = Sides(*(rounded(auc(truth, said.p[others])) for said in (pairs.a, pairs.b)))
    return OutletPair(
        name,
        "propaganda" if label else "journalism",
        int(mine.sum()),
        Sides(round(float(a.mean()), DIGITS), round(float(b.mean()), DIGITS)),
        mcnemar(a, b),
        ranked,
    )


def _rounded_ends(interval: tuple[float, float] | None) -> tuple[float, float] | None:
    return interval and (round(interval[0], DIGITS), round(interval[1], DIGITS))
