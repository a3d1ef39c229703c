"""Put the views of a language on one list of terms: those that some view uses."""

from __future__ import annotations

from dataclasses import replace

from classifier.parameters import Articles, LanguageParameters, Techniques, Usual
from training.persuasion import PersuasionFit
from training.terms import Terms, aligned, techniques_on


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
    persuasion, judging = None, None
    if passages is not None:
        moved = aligned(passages.view.terms, passages.terms, terms)
        persuasion = replace(passages.view, terms=moved)
        if techniques is not None:
            techniques = techniques_on(techniques, passages.terms, terms)
    if articles is not None:
        judging = replace(articles[0], outlet=aligned(articles[0].outlet, articles[1], terms))
    return LanguageParameters(terms, persuasion, judging, techniques, usual)
