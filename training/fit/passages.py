"""Marked passages: the persuasion view and the techniques, fitted on the encoder's vectors."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from krynica.classifier.arrays import BoolArray, FloatArray, IntArray
from krynica.classifier.parameters import LinearVector, Techniques
from krynica.classifier.techniques import LEAST_NAMED, TECHNIQUES
from krynica.classifier.views import sigmoid
from krynica.training.fit.linear import added
from krynica.training.results.worth import PassageFigures, TechniqueFigures
from krynica.training.statistics.metrics import auc, rounded

HELD_DOCUMENTS = 10
"""One marked document in so many is held out, here and where the encoder was tuned."""
C, TECHNIQUES_C = 1.0, 0.3
LEAST_MARKED, LEAST_HELD = 100, 12
"""Least passages marked for a technique, among them of documents held out, for it to be named."""
LEAST_AUC = 0.65
"""Least AUC, on documents held out, of a technique that is named."""
OWN_PRIOR = 50.0
"""Passages that a language's own share of marked ones counts beside."""


@dataclass(frozen=True)
class Marked:
    """Passages as numbers; the first axis is passages.

    Parameters
    ----------
    vectors
        The encoder's.
    label
        1 marked, 0 not.
    language, post
        Of each; whether it is a post.
    techniques
        What each was marked for.
    held
        Whether its document is held out.
    """

    vectors: FloatArray
    label: IntArray
    language: npt.NDArray[np.str_]
    post: BoolArray
    techniques: list[frozenset[str]]
    held: BoolArray


@dataclass(frozen=True)
class Persuasion:
    """What marked passages teach.

    Parameters
    ----------
    whole
        Of all languages together; None where nothing could be learned.
    views
        By language.
    techniques
        Of all languages; None where none can be named.
    figures, technique_figures
        By language and unit (``passage``, ``post``), and by technique.
    """

    views: dict[str, LinearVector]
    techniques: Techniques | None
    figures: dict[str, dict[str, PassageFigures]]
    technique_figures: dict[str, TechniqueFigures]
    whole: LinearVector | None = None


def marked(passages: pd.DataFrame, vectors: npt.NDArray[np.floating]) -> Marked:
    """Put passages together with their vectors.

    Parameters
    ----------
    passages
        As in `training.corpus.prepare.Prepared`.
    vectors
        Shape (n_passages, width).
    """
    return Marked(
        vectors.astype(np.float64),
        passages["label"].to_numpy().astype(np.int64),
        passages["lang"].to_numpy().astype(str),
        (passages["kind"] == "post").to_numpy().astype(bool),
        list(passages["techniques"]),
        np.array(
            [held_out(*pair) for pair in zip(passages["doc"], passages["text"], strict=True)],
            dtype=bool,
        ),
    )


def held_out(document: object, text: str) -> bool:
    """Tell whether a marked document is held out, by a hash; a passage without one is its own."""
    name = document if isinstance(document, str) else text
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % HELD_DOCUMENTS == 0


def fit_persuasion(
    of: Marked, languages: Iterable[str], begun: Mapping[str, LinearVector] | None = None
) -> Persuasion:
    """Fit the persuasion view of all languages together, each with its own share of marked ones.

    Documents held out tell what it is worth; what is returned has learned from the others alone,
    as the encoder has.

    Parameters
    ----------
    of
        Passages.
    languages
        Those that get a view.
    begun
        Views of languages that are fitted around: the penalty draws to them, not to zero.
    """
    free = ~of.held
    if len(np.unique(of.label[free])) < 2:
        return Persuasion({}, None, {}, {})
    begun = begun or {}
    before = np.zeros(len(of.label))
    for code, view in begun.items():
        own = of.language == code
        before[own] = view.of(of.vectors[own])
    mean = of.vectors[free].mean(axis=0)
    coef, bias = _logistic(of.vectors[free] - mean, of.label[free], before[free])
    whole = LinearVector(mean, coef, np.asarray(bias))
    views = {
        code: _shifted(
            added(begun[code], whole) if code in begun else whole, of, free & (of.language == code)
        )
        for code in languages
    }
    figures: dict[str, dict[str, PassageFigures]] = {}
    for code, view in views.items():
        for unit, is_unit in (("passage", ~of.post), ("post", of.post)):
            rows = of.held & (of.language == code) & is_unit
            value = auc(of.label[rows], view.of(of.vectors[rows]))
            if value is not None:
                own = figures.setdefault(code, {})
                own[unit] = PassageFigures(int(rows.sum()), rounded(value))
    named, told = _techniques(of)
    return Persuasion(views, named, figures, told, whole)


def _logistic(x: FloatArray, label: IntArray, before: FloatArray) -> tuple[FloatArray, float]:
    """Fit a logistic regression of penalty `C` to what log-odds that are there leave to learn."""

    def loss(w: FloatArray) -> tuple[float, FloatArray]:
        z = before + x @ w[:-1] + w[-1]
        gap = sigmoid(z) - label
        value = (np.logaddexp(0, z) - label * z).sum() + w[:-1] @ w[:-1] / (2 * C)
        return float(value), np.append(x.T @ gap + w[:-1] / C, gap.sum())

    begin = np.zeros(x.shape[1] + 1)
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 1000})
    return found.x[:-1], float(found.x[-1])


def _shifted(view: LinearVector, of: Marked, rows: BoolArray) -> LinearVector:
    """Shift a view so that its mean probability in a language is the share of marked ones there."""
    if not rows.any():
        return view
    logits = view.of(of.vectors[rows])
    wanted = (of.label[rows].sum() + OWN_PRIOR * of.label.mean()) / (rows.sum() + OWN_PRIOR)
    low, high = -8.0, 8.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if sigmoid(logits + middle).mean() < wanted else (low, middle)
    return LinearVector(view.mean, view.coef, np.asarray(view.bias + (low + high) / 2))


def _techniques(of: Marked) -> tuple[Techniques | None, dict[str, TechniqueFigures]]:
    """Fit one regression a technique, among marked passages; keep those that can be told."""
    told = np.array([bool(own) for own in of.techniques]) & (of.label == 1)
    learned, held = told & ~of.held, told & of.held
    counts = pd.Series([name for own in of.techniques for name in own]).value_counts()
    names, coefs, biases = [], [], []
    figures: dict[str, TechniqueFigures] = {}
    if not learned.any():
        return None, figures
    mean = of.vectors[learned].mean(axis=0)
    for name in sorted(str(n) for n in counts.index[counts >= LEAST_MARKED] if n in TECHNIQUES):
        has = np.array([name in own for own in of.techniques])
        if len(np.unique(has[learned])) < 2 or has[held].sum() < LEAST_HELD:
            continue
        model = LogisticRegression(C=TECHNIQUES_C, max_iter=500)
        model.fit(of.vectors[learned] - mean, has[learned])
        logit = (of.vectors[held] - mean) @ model.coef_[0] + model.intercept_[0]
        area = auc(has[held].astype(np.int64), logit)
        if area is None or area < LEAST_AUC:
            continue
        use = sigmoid(logit) >= LEAST_NAMED
        right = rounded(float(has[held][use].mean())) if use.any() else None
        figures[name] = TechniqueFigures(int(has.sum()), int(use.sum()), right, round(area, 3))
        names.append(name)
        coefs.append(model.coef_[0])
        biases.append(float(model.intercept_[0]))
    if not names:
        return None, figures
    vector = LinearVector(mean, np.array(coefs).T, np.array(biases))
    return Techniques(tuple(names), vector), figures
