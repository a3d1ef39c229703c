"""Fit the views on some texts, and say what they make of others. Fits see their own rows alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression, Ridge

from krynica.classifier.answer import GENRES
from krynica.classifier.arrays import FloatArray, IntArray
from krynica.classifier.errors import CorpusError
from krynica.classifier.parameters import LinearStyle, LinearTerms, LinearVector, StyleScale
from krynica.training.fit.linear import added
from krynica.training.fit.material import Material
from krynica.training.texts.rows import frequent

KNOTS = (0.25, 0.5, 0.75, 0.9)
"""Quantiles at which a measure's hinges stand."""
TERMS, LEAST = 60_000, 4
"""Most terms of the word view, and least texts a term."""
WORDS_ALPHA, STYLE_ALPHA, ENCODER_ALPHA = 1.0, 300.0, 30.0
"""Ridge penalties. They were not swept: the reader weighs the views anew on outlets held out."""
GENRE_C = 1.0


@dataclass(frozen=True)
class Views:
    """The views of all languages, fitted on the same texts.

    Parameters
    ----------
    words, encoder, style
        The views.
    scales
        How each language's measures become features.
    genre
        Log-odds of each genre; None where no text tells its genre.
    """

    words: LinearTerms
    encoder: LinearVector
    style: LinearStyle
    scales: dict[str, StyleScale]
    genre: LinearVector | None

    def scores(self, of: Material) -> FloatArray:
        """Return the views' scores of texts, shape (n_rows, 3), in the order of `SIGNALS`."""
        matrix = tfidf(self.words.idf, of.counts.matrix)
        return np.stack(
            [
                self.encoder.of(of.vectors),
                np.asarray(matrix @ self.words.coef) + self.words.bias,
                styled(of, self.scales) @ self.style.coef + self.style.bias,
            ],
            axis=1,
        )


def fit_views(of: Material, begun: Views | None = None) -> Views:
    """Fit all views.

    Parameters
    ----------
    of
        Texts to learn from.
    begun
        Views that are fitted around: the ridge draws to them, not to zero.

    Raises
    ------
    CorpusError
        If no word stands in enough texts.
    """
    target = of.target - (begun.scores(of).T if begun else np.zeros((3, len(of.target))))
    scales = {**_scales(of), **(begun.scales if begun else {})}
    there = of.encoded
    encoder = fit_vector(of.vectors[there], target[0][there], of.weight[there], ENCODER_ALPHA)
    words = fit_terms(of.counts.matrix, target[1], of.weight, begun.words if begun else None)
    ridge = Ridge(STYLE_ALPHA).fit(styled(of, scales), target[2], of.weight)
    style = LinearStyle(ridge.coef_, float(ridge.intercept_))
    if begun:
        encoder = added(begun.encoder, encoder)
        style = LinearStyle(begun.style.coef + style.coef, begun.style.bias + style.bias)
    genre = (begun and begun.genre) or _fit_genre(of)
    return Views(words, encoder, style, scales, genre)


def fit_vector(
    vectors: FloatArray, target: FloatArray, weight: FloatArray, alpha: float
) -> LinearVector:
    """Fit a ridge regression on vectors."""
    mean = np.average(vectors, axis=0, weights=weight)
    ridge = Ridge(alpha).fit(vectors - mean, target, weight)
    return LinearVector(mean, ridge.coef_.astype(np.float64), np.asarray(ridge.intercept_))


def frequent_terms(matrix: csr_array) -> IntArray:
    """Return the columns of the terms that the view of words learns from.

    Raises
    ------
    CorpusError
        If there is none.
    """
    columns = frequent(matrix, LEAST, TERMS)
    if not len(columns):
        raise CorpusError(f"Too few articles are there: no word stands in {LEAST} of them.")
    return columns


def fit_terms(
    matrix: csr_array,
    target: FloatArray,
    weight: FloatArray,
    begun: LinearTerms | None = None,
    alpha: float = WORDS_ALPHA,
) -> LinearTerms:
    """Fit a ridge regression on TF-IDF of terms.

    Parameters
    ----------
    matrix
        Occurrences.
    target, weight
        Of each text.
    begun
        A model that is fitted around.
    alpha
        Penalty.

    Raises
    ------
    CorpusError
        If no term stands in enough texts.
    """
    columns = frequent_terms(matrix) if begun is None else frequent(matrix, LEAST, TERMS)
    if begun is not None:
        columns = np.union1d(columns, np.flatnonzero(begun.idf > 0))
    idf = np.zeros(matrix.shape[1])
    idf[columns] = TfidfTransformer().fit(matrix[:, columns]).idf_
    if begun is not None:
        idf = np.where(begun.idf > 0, begun.idf, idf)
    features = tfidf(idf, matrix)[:, columns]
    ridge = Ridge(alpha, solver="sparse_cg", tol=1e-5).fit(features, target, weight)
    coef, bias = np.zeros(matrix.shape[1]), float(ridge.intercept_)
    coef[columns] = ridge.coef_
    if begun is not None:
        coef, bias = coef + begun.coef, bias + begun.bias
    return LinearTerms(idf, coef, bias)


def tfidf(idf: FloatArray, matrix: csr_array) -> csr_array:
    """Compute TF-IDF as scoring does: ``(1 + ln count) * idf``, rows of unit length."""
    values = (1.0 + np.log(matrix.data)) * idf[matrix.indices]
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    length = np.sqrt(np.bincount(rows, values**2, matrix.shape[0]))
    unit = np.divide(values, length[rows], out=np.zeros_like(values), where=length[rows] > 0)
    return csr_array((unit, matrix.indices, matrix.indptr), shape=matrix.shape)


def _scales(of: Material) -> dict[str, StyleScale]:
    found = {}
    for language in np.unique(of.language).tolist():
        style = of.style[of.language == language]
        spread = style.std(axis=0)
        spread[spread < 1e-9] = 1.0
        knots = np.quantile(style, KNOTS, axis=0)
        found[language] = StyleScale(style.mean(axis=0), spread, knots)
    return found


def styled(of: Material, scales: dict[str, StyleScale]) -> FloatArray:
    """Return the features of style, each text's by the scale of its language."""
    width = of.style.shape[1] * (1 + len(KNOTS))
    features = np.zeros((len(of.style), width))
    for language, scale in scales.items():
        rows = of.language == language
        features[rows] = scale.features(of.style[rows])
    return features


def _fit_genre(of: Material) -> LinearVector | None:
    told = (of.genre >= 0) & of.encoded
    if len(np.unique(of.genre[told])) < 2:
        return None
    mean = of.vectors[told].mean(axis=0)
    model = LogisticRegression(C=GENRE_C, max_iter=500)
    model.fit(of.vectors[told] - mean, of.genre[told])
    coef, bias = np.zeros((len(mean), len(GENRES))), np.full(len(GENRES), -12.0)
    coefs, biases = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # one regression tells both
        coefs, biases = np.vstack([-coefs[0] / 2, coefs[0] / 2]), np.array([-1, 1]) * biases / 2
    coef[:, model.classes_], bias[model.classes_] = coefs.T, biases
    return LinearVector(mean.astype(np.float64), coef, bias)
