"""Views that move to another list of terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from classifier.parameters import LinearTerms, Techniques

Terms = npt.NDArray[np.object_]


def aligned(view: LinearTerms, terms: Iterable[str], to: Iterable[str]) -> LinearTerms:
    """Put a view's numbers at their places in another list of terms.

    Parameters
    ----------
    view, terms
        The view, and its terms in the order of its numbers.
    to
        Terms that hold all those the view uses.
    """
    number = {term: at for at, term in enumerate(to)}
    idf, coef = np.zeros(len(number)), np.zeros(len(number))
    for term, weight, slope in zip(terms, view.idf.tolist(), view.coef.tolist(), strict=True):
        if weight > 0:
            idf[number[term]], coef[number[term]] = weight, slope
    return LinearTerms(idf, coef, view.bias)


def techniques_on(techniques: Techniques, terms: Terms, to: Iterable[str]) -> Techniques:
    """Put the columns of techniques at their places in another list of terms, which holds them."""
    number = {term: at for at, term in enumerate(to)}
    columns = [number[term] for term in terms[techniques.columns].tolist()]
    return replace(techniques, columns=np.array(columns, dtype=np.int64))
