"""All that is checked before anything is learned."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from krynica.classifier.languages import LANGUAGES
from krynica.data.corpus.labelled import Basis, Corpus, nothing_left
from krynica.training.check.finding import Finding, counted, listed
from krynica.training.check.labels import other_labels
from krynica.training.check.outlets import names, outlets
from krynica.training.check.texts import texts
from krynica.training.corpus.prepare import Prepared


def check(corpus: Corpus, prepared: Prepared) -> list[Finding]:
    """Look a corpus over: what is in it, what could mislead, and what cannot be learned.

    Parameters
    ----------
    corpus
        As it was read.
    prepared
        As it would be learned from.

    Returns
    -------
    list of Finding
        What is there first; of terms that give outlets away `training.check.leaks` tells.
    """
    return [
        *outlets(prepared.articles),
        *_passages(prepared.passages),
        *other_labels(corpus.other_labels),
        *texts(corpus, prepared.groups),
        *names(corpus.articles, prepared.together),
        *_refused(prepared),
    ]


def _passages(passages: pd.DataFrame) -> Iterator[Finding]:
    for language, rows in passages.groupby("lang", sort=True):
        if language in LANGUAGES:
            documents = rows[["document", "source"]].drop_duplicates()
            yield Finding(
                "passages",
                len(rows),
                f"{LANGUAGES[str(language)].name}: {counted(len(rows), 'passage')} of "
                f"{counted(len(documents), 'document')}, {rows['label'].sum():,} of them marked.",
            )


LEAST_OUTLETS = 5
"""Fewest outlets of texts, of which some are held out in turn."""


def _refused(prepared: Prepared) -> Iterator[Finding]:
    articles, passages = prepared.articles, prepared.passages
    if articles.empty and passages.empty:
        yield Finding("nothing_left", 0, nothing_left(prepared.left_out), refused=True)
        return
    present = {*articles["lang"], *passages["lang"]} & LANGUAGES.keys()
    if not present:
        rows = np.unique([*articles["lang"], *passages["lang"]]).tolist()
        yield Finding(
            "cannot_be_evaluated",
            len(articles) + len(passages),
            f"No row is in a language that Krynica reads ({', '.join(LANGUAGES)}); the corpus has "
            f"{listed(rows)}.",
            refused=True,
        )
        return
    own = articles[articles["lang"].isin(list(LANGUAGES))]
    by_outlet = own["basis"] == Basis.OUTLET.value
    if not by_outlet.all():
        own = own[~by_outlet]
    if len(own) and (missing := _lacking(own)):
        yield Finding("cannot_be_evaluated", len(own), missing, refused=True)


def _lacking(articles: pd.DataFrame) -> str | None:
    """Say what is missing to hold outlets out in both classes; None if nothing is."""
    for label, name in ((1, "propaganda"), (0, "journalism")):
        outlets = articles.loc[articles["label"] == label, "outlet"].nunique()
        if outlets < 2:
            has = "none" if not outlets else "one outlet"
            return (
                f"Articles that read as {name} are needed from two outlets or more, to hold one "
                f"out; the corpus has {has}."
            )
    if (total := articles["outlet"].nunique()) < LEAST_OUTLETS:
        return (
            f"Articles of {LEAST_OUTLETS} outlets or more are needed to hold some out in turn, and "
            f"the corpus has {total}."
        )
    return None
