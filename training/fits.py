"""Fit one view, or the combiner, on some rows. Every function sees training rows alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_array, hstack, vstack
from scipy.special import expit, log_expit
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.utils.class_weight import compute_sample_weight

from classifier.errors import CorpusError
from classifier.parameters import LinearStyle, LinearTerms, StyleScale
from training.rows import frequent

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

KNOTS = (0.25, 0.5, 0.75, 0.9)
"""Quantiles at which a measure's hinges stand: on held-out outlets hinges beat straight lines."""
OUTLET_TERMS, OUTLET_LEAST, OUTLET_C = 30_000, 5, 10.0
"""Terms, least articles a term, and C of the outlet view: AUC on held-out outlets is the same
within .006 from 20,000 terms to 90,000 and from C=3 to C=30."""
PERSUASION_TERMS, PERSUASION_LEAST, PERSUASION_C = 40_000, 3, 2.0
"""C=1 gives the same AUC within .004 on documents held out."""
STYLE_C = 0.01
"""Strong, for the hinges are many and alike. C=.1 gains .01 on English outlets held out, well
within the interval by outlet; which is better for calibration has not been measured."""
STYLE_WEIGHT = 0.1
"""Scale of style features beside unit-length TF-IDF in the persuasion view."""


def fit_scale(style: FloatArray) -> StyleScale:
    """Learn the centre, spread and quantiles of the measures; rows are texts."""
    spread = style.std(axis=0)
    spread[spread < 1e-9] = 1.0
    return StyleScale(style.mean(axis=0), spread, np.quantile(style, KNOTS, axis=0))


def fit_style(
    style: FloatArray,
    label: IntArray,
    weight: FloatArray,
    scale: StyleScale | None = None,
    prior: LinearStyle | None = None,
) -> tuple[StyleScale, LinearStyle]:
    """Fit the style view; around a prior, on its scale, where there is one."""
    if scale is not None and prior is not None:
        each = weight * compute_sample_weight("balanced", label)
        found = fit_around(scale.features(style), label, STYLE_C * each, prior.coef, prior.bias)
        return scale, LinearStyle(*found)
    scale = fit_scale(style)
    model = LogisticRegression(C=STYLE_C, class_weight="balanced", max_iter=2000)
    model.fit(scale.features(style), label, sample_weight=weight)
    return scale, LinearStyle(model.coef_[0].copy(), float(model.intercept_[0]))


def fit_outlet(matrix: csr_array, label: IntArray, prior: LinearTerms | None = None) -> LinearTerms:
    """Fit the outlet view: TF-IDF of masked words, logistic regression, classes balanced.

    Parameters
    ----------
    matrix, label
        Counts of terms, and 1 propaganda or 0 journalism.
    prior
        A view that is fitted around, on the same terms; terms it knows keep their IDF.
    """
    columns = frequent(matrix, OUTLET_LEAST, OUTLET_TERMS)
    if prior is not None:
        columns, idf = _known_and_new(matrix, columns, prior)
        weight = OUTLET_C * compute_sample_weight("balanced", label)
        features = tfidf(idf, matrix)[:, columns]
        coef, bias = fit_around(features, label, weight, prior.coef[columns], prior.bias)
        return _spread(matrix.shape[1], columns, idf[columns], coef, bias)
    if not len(columns):
        raise CorpusError("Too few articles are there: no word stands in five of those fitted on.")
    fresh = TfidfTransformer(sublinear_tf=True)
    counts = matrix[:, columns]
    features = fresh.fit(counts).transform(counts, copy=False)
    model = _linear(OUTLET_C).fit(features, label)
    return _spread(matrix.shape[1], columns, fresh.idf_, model.coef_[0], model.intercept_[0])


def _known_and_new(
    matrix: csr_array, columns: IntArray, prior: LinearTerms
) -> tuple[IntArray, FloatArray]:
    """Return the columns of some terms and of all that a prior knows, and the IDF of all terms."""
    both = np.union1d(columns, np.flatnonzero(prior.idf > 0))
    idf = np.zeros(matrix.shape[1])
    if len(columns):
        idf[columns] = TfidfTransformer().fit(matrix[:, columns]).idf_
    return both, np.where(prior.idf > 0, prior.idf, idf)


def fit_around(
    features: csr_array | FloatArray,
    label: IntArray,
    weight: FloatArray,
    coef: FloatArray,
    bias: float,
) -> tuple[FloatArray, float]:
    """Fit a logistic regression whose prior is another's coefficients, not zero.

    Minimises the weighted log-loss plus half the squared distance from the prior: the mode of a
    posterior under a Gaussian around it (Chelba and Acero 2004, Adaptation of maximum entropy
    capitalizer: little data can help a lot, EMNLP). With no rows it is the prior, with many it is
    as if there had been none.

    Parameters
    ----------
    features
        Shape (n_rows, n_features).
    label
        1 propaganda, 0 journalism.
    weight
        Weight of each row beside the prior; what scikit-learn calls C is a factor of it.
    coef, bias
        The prior, shape (n_features,).

    Returns
    -------
    coef : ndarray, shape (n_features,)
    bias : float
    """
    sign = 2.0 * label - 1.0
    begin = np.append(coef, bias)

    def loss(x: FloatArray) -> tuple[float, FloatArray]:
        margin = sign * (features @ x[:-1] + x[-1])
        slope = -weight * sign * expit(-margin)
        away = x - begin
        value = -(weight @ log_expit(margin)) + away @ away / 2
        return float(value), np.append(features.T @ slope, slope.sum()) + away

    found = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": 1000})
    return found.x[:-1], float(found.x[-1])


@dataclass(frozen=True)
class Spare:
    """Passages that a teacher marked: counts of terms, measures, and probabilities, row by row."""

    matrix: csr_array
    style: FloatArray
    p: FloatArray


def fit_persuasion(
    matrix: csr_array,
    style: FloatArray,
    label: IntArray,
    spare: Spare | None = None,
    prior: tuple[LinearTerms, StyleScale, LinearStyle] | None = None,
) -> tuple[LinearTerms, StyleScale, LinearStyle]:
    """Fit the persuasion view: words and style of passages that people marked, together.

    Parameters
    ----------
    matrix, style, label
        Counts of terms, measures, and 1 marked or 0 plain, of passages that people saw.
    spare
        Passages that a teacher marked. Each counts with its probability as marked, and with the
        rest as plain.
    prior
        A view that is fitted around, on the same terms and on its own scale.
    """
    everything = matrix if spare is None else vstack([matrix, spare.matrix], format="csr")
    columns = frequent(everything, PERSUASION_LEAST, PERSUASION_TERMS)
    if prior is None:
        if not len(columns):
            raise CorpusError("Too few passages are there: no word stands in three of them.")
        idf = np.zeros(matrix.shape[1])
        idf[columns] = TfidfTransformer().fit(everything[:, columns]).idf_
    else:
        columns, idf = _known_and_new(everything, columns, prior[0])
    scale = fit_scale(style) if prior is None else prior[1]

    def features(counts: csr_array, measures: FloatArray) -> csr_array:
        scaled = csr_array(STYLE_WEIGHT * scale.features(measures))
        both: csr_array = hstack([tfidf(idf, counts)[:, columns], scaled], format="csr")
        return both

    rows = [features(matrix, style)]
    weight = compute_sample_weight("balanced", label)
    if spare is not None:
        rows += 2 * [features(spare.matrix, spare.style)]
        label = np.concatenate([label, np.ones(len(spare.p)), np.zeros(len(spare.p))]).astype(int)
        weight = np.concatenate([weight, spare.p, 1.0 - spare.p])
    if prior is None:
        model = _linear(PERSUASION_C, balanced=False)
        model.fit(vstack(rows, format="csr"), label, sample_weight=weight)
        coef, bias = model.coef_[0], float(model.intercept_[0])
    else:
        begin = np.append(prior[0].coef[columns], prior[2].coef / STYLE_WEIGHT)
        weight = PERSUASION_C * weight
        both = vstack(rows, format="csr")
        coef, bias = fit_around(both, label, weight, begin, prior[0].bias + prior[2].bias)
    words, measures = np.split(coef, [len(columns)])
    terms = _spread(matrix.shape[1], columns, idf[columns], words, bias)
    return terms, scale, LinearStyle(STYLE_WEIGHT * measures, 0.0)


def _linear(c: float, *, balanced: bool = True) -> LogisticRegression:
    # The dual problem: 30 passes over the rows and 2 s where the primal takes 20 s, for the same
    # AUC to the fourth digit.
    return LogisticRegression(
        C=c,
        solver="liblinear",
        dual=True,
        tol=1e-3,
        class_weight="balanced" if balanced else None,
        random_state=0,
        max_iter=1000,
    )


def _spread(
    size: int, columns: IntArray, idf: FloatArray, coef: FloatArray, bias: float
) -> LinearTerms:
    """Put a view's numbers at its columns of the full list of terms, 0 elsewhere."""
    full_idf, full_coef = np.zeros(size), np.zeros(size)
    full_idf[columns], full_coef[columns] = idf, coef
    return LinearTerms(full_idf, full_coef, float(bias))


def one_against_rest() -> LogisticRegression:
    """Return the regression that tells one technique from the others, classes balanced."""
    return _linear(PERSUASION_C)


def tfidf(idf: FloatArray, matrix: csr_array) -> csr_array:
    """Return the TF-IDF of rows of counts, each row of unit length; as `classifier.views` does."""
    values = matrix.astype(np.float64)
    values.data = 1.0 + np.log(values.data)
    values = values.multiply(idf[None, :]).tocsr()
    length = np.sqrt(values.multiply(values).sum(axis=1))
    unit = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    scaled: csr_array = values.multiply(unit[:, None]).tocsr()
    return scaled


def term_logits(view: LinearTerms, matrix: csr_array) -> FloatArray:
    """Return the log-odds of a TF-IDF view for rows of counts."""
    result: FloatArray = view.bias + tfidf(view.idf, matrix) @ view.coef
    return result


def style_logits(scale: StyleScale, view: LinearStyle, style: FloatArray) -> FloatArray:
    """Return the log-odds of a style view for rows of measures."""
    result: FloatArray = scale.features(style) @ view.coef + view.bias
    return result


def fit_monotone(
    signals: FloatArray,
    label: IntArray,
    weight: FloatArray,
    bounds: tuple[float, float | None] = (0.0, None),
) -> tuple[FloatArray, float]:
    """Fit a logistic regression whose coefficients are bounded, zero or above unless told else.

    A view that speaks for propaganda must never count for journalism, whatever a few outlets
    suggest; where it does not help on held-out outlets it gets no say.

    Parameters
    ----------
    signals
        Log-odds of the views, shape (n_rows, n_views).
    label
        1 propaganda, 0 journalism.
    weight
        Weight of each row; the two classes should weigh the same.
    bounds
        Least and greatest coefficient; None for no bound.

    Returns
    -------
    coef : ndarray, shape (n_views,)
    bias : float
    """
    spread = signals.std(axis=0)
    spread[spread < 1e-9] = 1.0
    scaled = signals / spread
    sign = 2.0 * label - 1.0
    share = weight / weight.sum()

    def loss(x: FloatArray) -> tuple[float, FloatArray]:
        margin = sign * (scaled @ x[:-1] + x[-1])
        value = -(share @ log_expit(margin)) + _RIDGE * (x[:-1] @ x[:-1])
        slope = -share * sign * expit(-margin)
        return float(value), np.append(scaled.T @ slope + 2 * _RIDGE * x[:-1], slope.sum())

    start = np.append(bounds[0] * spread, 0.0)
    least, most = bounds
    limits = [(least * one, None if most is None else most * one) for one in spread.tolist()]
    found = minimize(loss, start, jac=True, bounds=[*limits, (None, None)], method="L-BFGS-B")
    return found.x[:-1] / spread, float(found.x[-1])


_RIDGE = 1e-3
"""Weight of the squared coefficients: enough to keep them finite on separable rows."""
