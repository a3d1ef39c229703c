"""Put the views of a language on one list of terms: those that some view uses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from classifier.parameters import Articles, LanguageParameters, LinearTerms, Techniques, Usual
from training.persuasion import PersuasionFit

Terms = npt.NDArray[np.object_]


def merge(
    passages: PersuasionFit | None,
    articles: tuple[Articles, Terms] | None,
    techniques: Techniques | None = None,
    usual: Usual | None = None,
) -> LanguageParameters:
    """Merge the views of one language.

    Parameters
    ----------
    passages
        The persuasion view, with its terms.
    articles
        The views of articles, with theirs.
    techniques
        Fitted on terms of the persuasion view.
    usual
        What is usual in journalism.
    """
    used: set[str] = set()
    if passages is not None:
        used |= set(passages.terms[passages.view.terms.idf > 0].tolist())
    if articles is not None:
        used |= set(articles[1][articles[0].outlet.idf > 0].tolist())
    terms = tuple(sorted(used))
    number = {term: i for i, term in enumerate(terms)}
    persuasion, judging = None, None
    if passages is not None:
        moved = _moved(passages.view.terms, passages.terms, number)
        persuasion = replace(passages.view, terms=moved)
        if techniques is not None:
            columns = [number[term] for term in passages.terms[techniques.columns]]
            techniques = replace(techniques, columns=np.array(columns, dtype=np.int64))
    if articles is not None:
        judging = replace(articles[0], outlet=_moved(articles[0].outlet, articles[1], number))
    return LanguageParameters(terms, persuasion, judging, techniques, usual)


def _moved(view: LinearTerms, terms: Terms, number: dict[str, int]) -> LinearTerms:
    idf, coef = np.zeros(len(number)), np.zeros(len(number))
    for at in np.flatnonzero(view.idf > 0).tolist():
        place = number[terms[at]]
        idf[place], coef[place] = view.idf[at], view.coef[at]
    return LinearTerms(idf, coef, view.bias)
