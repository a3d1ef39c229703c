"""All that is checked before anything is learned."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from classifier.languages import LANGUAGES
from data.labelled import Corpus, nothing_left
from training.check.finding import Finding, counted, listed
from training.check.labels import other_labels
from training.check.outlets import names, outlets
from training.check.texts import texts
from training.material import can_be_held_out, lacking
from training.prepare import Prepared


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
        *_shared(prepared),
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


def _shared(prepared: Prepared) -> Iterator[Finding]:
    rows = prepared.articles
    if shared := int(((rows["fold"] >= 0) & ~rows["marked"]).sum()):
        yield Finding(
            "shared_passages",
            shared,
            f"{counted(shared, 'article holds', 'articles hold')} marked passages; what was marked "
            "in them is not learned from where they are judged.",
        )


def _refused(prepared: Prepared) -> Iterator[Finding]:
    present = {*prepared.articles["lang"], *prepared.passages["lang"]} & LANGUAGES.keys()
    for language in sorted(present):
        articles = prepared.articles[prepared.articles["lang"] == language]
        missing = lacking(articles)
        if missing and not can_be_held_out(
            prepared.passages[prepared.passages["lang"] == language]
        ):
            yield Finding(
                "cannot_be_evaluated",
                len(articles),
                f"{LANGUAGES[language].name}: {missing}",
                refused=True,
                language=language,
            )
        elif missing:
            yield Finding(
                "articles_not_judged", len(articles), f"{LANGUAGES[language].name}: {missing}"
            )
    if prepared.articles.empty and prepared.passages.empty:
        yield Finding("nothing_left", 0, nothing_left(prepared.left_out), refused=True)
    elif not present:
        rows = np.unique([*prepared.articles["lang"], *prepared.passages["lang"]]).tolist()
        yield Finding(
            "cannot_be_evaluated",
            len(prepared.articles) + len(prepared.passages),
            f"No row is in a language that Krynica reads ({', '.join(LANGUAGES)}); the corpus has "
            f"{listed(rows)}.",
            refused=True,
        )
