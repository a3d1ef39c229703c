"""Which techniques passages are marked for: fitted and calibrated on documents held out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, hstack
from sklearn.linear_model import LogisticRegression

from classifier.parameters import Persuasion, Techniques
from classifier.techniques import LEAST_NAMED
from classifier.views import sigmoid
from training.figures import Figures
from training.fits import STYLE_WEIGHT, one_against_rest, tfidf
from training.metrics import auc, rounded
from training.persuasion import FOLDS, Passages, PersuasionFit
from training.rows import frequent

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

TERMS, LEAST_ROWS = 6_000, 8
"""Terms that are looked at, and least marked passages that hold one: with all 40,000 terms of the
persuasion view the AUC on documents held out is the same within .015."""
LEAST_MARKED, LEAST_USE = 100, 20
"""Least passages marked for a technique, and least passages of documents held out for which it
would be named, at least a third of them rightly. Any other technique is never named: it would be
too seldom, or too wrongly, to help a reader."""
_SAME = {
    "bandwagon": "appeal_to_popularity",
    "cliche": "conversation_killer",
    "fud": "appeal_to_fear_prejudice",
    "appeal_to_fear": "appeal_to_fear_prejudice",
    "glittering_generalities": "appeal_to_values",
}
"""Names of UNLP 2025 for what SemEval 2023 calls otherwise."""


def canonical(given: object) -> frozenset[str]:
    """Return the keys of the techniques that a cell of a table names.

    Parameters
    ----------
    given
        A list of names, such a list as JSON, or names divided by ``;``, ``,`` or ``|``.
    """
    names = (_key(name) for name in _names(given))
    return frozenset(_SAME.get(name, name) for name in names if name)


def _names(given: object) -> Iterable[object]:
    if isinstance(given, str):
        if given.startswith("["):
            try:
                return [*json.loads(given)]
            except ValueError:
                pass
        return re.split(r"[;,|]", given)
    return given if isinstance(given, list | tuple | set | np.ndarray) else ()


def _key(name: object) -> str:
    return re.sub(r"[\W_]+", "_", str(name)).strip("_").casefold()


def fit(passages: Passages, fitted: PersuasionFit) -> tuple[Techniques | None, Figures]:
    """Fit the techniques of a language.

    Parameters
    ----------
    passages
        Its marked passages; of them, those that were marked are learned from.
    fitted
        The persuasion view fitted on them, and the same without each fold.

    Returns
    -------
    techniques : Techniques or None
        None where no technique can be named.
    figures : dict
        By technique, on documents held out: ``count``, ``auc``, ``named`` (passages it is named
        for) and ``right`` (the share of these that people marked for it).
    """
    marked = np.flatnonzero(passages.label == 1)
    rows = passages.take(marked)
    every = sorted(set().union(*rows.techniques)) if len(marked) else []
    figures: Figures = {}
    kept: list[str] = []
    platt: list[tuple[float, float]] = []
    for name in every:
        truth = np.array([name in one for one in rows.techniques], dtype=np.int64)
        if truth[rows.own].sum() < LEAST_MARKED or not _told_apart_without(rows, truth):
            continue
        logits = _held_out(rows, fitted, truth)
        p = _calibrated_across(logits, truth, rows)
        named = rows.own & (p >= LEAST_NAMED)
        right = float(truth[named].mean()) if named.any() else 0.0
        value = auc(truth[rows.own], logits[rows.own])
        if value is None or named.sum() < LEAST_USE or right < LEAST_NAMED:
            continue
        figures[name] = {
            "count": int(truth[rows.own].sum()),
            "auc": rounded(value),
            "named": int(named.sum()),
            "right": rounded(right),
        }
        kept.append(name)
        platt.append(_platt(logits[rows.own], truth[rows.own]))
    return (_final(rows, fitted, kept, platt) if kept else None), figures


def _told_apart_without(rows: Passages, truth: IntArray) -> bool:
    """Say whether both answers are left, whichever fold is held out."""
    rest = (truth[rows.own & (rows.fold != fold)] for fold in range(FOLDS))
    return all(0 < left.sum() < len(left) for left in rest)


def _held_out(rows: Passages, fitted: PersuasionFit, truth: IntArray) -> FloatArray:
    """Return the log-odds of each passage by a fit that never saw its document."""
    logits = np.zeros(len(truth))
    for fold in range(FOLDS):
        test = rows.fold == fold
        view = fitted.folds[fold]
        columns = _columns(rows.counts.matrix[np.flatnonzero(~test)], view)
        features = _features(rows, view, columns)
        model = one_against_rest().fit(features[np.flatnonzero(~test)], truth[~test])
        logits[test] = model.decision_function(features[np.flatnonzero(test)])
    return logits


def _calibrated_across(logits: FloatArray, truth: IntArray, rows: Passages) -> FloatArray:
    """Return probabilities, each calibrated on the folds that it is not of."""
    p = np.zeros(len(logits))
    for fold in range(FOLDS):
        test = rows.fold == fold
        rest = rows.own & ~test
        slope, intercept = _platt(logits[rest], truth[rest])
        p[test] = sigmoid(slope * logits[test] + intercept)
    return p


def _platt(logits: FloatArray, truth: IntArray) -> tuple[float, float]:
    model = LogisticRegression(C=1e6).fit(logits[:, None], truth)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _final(
    rows: Passages, fitted: PersuasionFit, names: list[str], platt: list[tuple[float, float]]
) -> Techniques:
    columns = _columns(rows.counts.matrix, fitted.view)
    features = _features(rows, fitted.view, columns)
    coef, bias = [], []
    for name, (slope, intercept) in zip(names, platt, strict=True):
        truth = np.array([name in one for one in rows.techniques], dtype=np.int64)
        model = one_against_rest().fit(features, truth)
        coef.append(slope * model.coef_[0])
        bias.append(slope * float(model.intercept_[0]) + intercept)
    words, style = np.split(np.array(coef).T, [len(columns)])
    return Techniques(tuple(names), columns, words, STYLE_WEIGHT * style, np.array(bias))


def _columns(matrix: csr_array, view: Persuasion) -> IntArray:
    """Return the terms that are looked at, among those of the persuasion view."""
    used = np.flatnonzero(view.terms.idf > 0)
    return used[frequent(matrix[:, used], LEAST_ROWS, TERMS)]


def _features(rows: Passages, view: Persuasion, columns: IntArray) -> csr_array:
    measures = csr_array(STYLE_WEIGHT * view.scale.features(rows.style))
    words = tfidf(view.terms.idf, rows.counts.matrix)[:, columns]
    features: csr_array = hstack([words, measures], format="csr")
    return features
