"""What a finished model says of labelled rows it did not learn from."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from classifier.article import Article
from classifier.languages import LANGUAGES
from classifier.model import Model
from data.duplicates import text_hash
from data.labelled import Corpus, nothing_left
from data.outlet_names import KnownOutlets
from training.articles import weights
from training.evaluate import Scored
from training.figures import Figures, figures
from training.metrics import auc, rounded


def finished(corpus: Corpus, model: Model) -> dict[str, Any]:
    """Evaluate a finished model on labelled tables, leaving out what it learned from.

    Parameters
    ----------
    corpus
        Labelled tables.
    model
        The model.

    Returns
    -------
    dict
        ``rows``: how many were evaluated, learned from, and left out by reason; ``refused``: why
        nothing was evaluated, or None; and ``languages``: of each, ``unseen_outlets``,
        ``known_outlets`` (new articles of outlets that the model learned from, under whatever name
        `data.outlet_names` knows them by; flattering) and ``passages``, each None without rows of
        both labels.

    Raises
    ------
    ModelFolderError
        If the model cannot tell what it learned from.
    """
    seen = set(model.source.learned_from().tolist())
    articles, passages = _unseen(corpus.articles, seen), _unseen(corpus.passages, seen)
    learned = len(corpus.articles) + len(corpus.passages) - len(articles) - len(passages)
    refused = _refusal(corpus, articles, passages)
    known = KnownOutlets(model.source.outlets()).rows(articles)
    languages = sorted({*articles["lang"], *passages["lang"]} & LANGUAGES.keys())
    return {
        "rows": {
            "evaluated": len(articles) + len(passages),
            "learned_from": learned,
            "left_out": corpus.left_out,
        },
        "refused": refused,
        "languages": {
            language: {
                "unseen_outlets": _articles(articles[~known], language, model),
                "known_outlets": _articles(articles[known], language, model),
                "passages": _passages(passages, language, model),
            }
            for language in (languages if refused is None else [])
        },
    }


def _unseen(rows: pd.DataFrame, seen: set[int]) -> pd.DataFrame:
    new = [text_hash(text) not in seen for text in rows["text"]]
    return rows[np.array(new, dtype=bool)]  # a plain empty list would pick no column


def _refusal(corpus: Corpus, articles: pd.DataFrame, passages: pd.DataFrame) -> str | None:
    """Say what is missing to tell anything of the finished model; None if nothing is."""
    total = len(corpus.articles) + len(corpus.passages)
    if not total:
        return nothing_left(corpus.left_out)
    if articles.empty and passages.empty:
        return f"The model learned from all {total} rows, so they cannot tell what it is worth."
    for rows, names in ((articles, ("journalism", "propaganda")), (passages, ("plain", "marked"))):
        labels = set(rows["label"])
        if len(labels) == 1 and (passages if rows is articles else articles).empty:
            return (
                f"All rows that the model did not learn from are labelled {names[labels.pop()]}; "
                f"rows of {names[0]} and of {names[1]} are needed."
            )
    return None


def _articles(rows: pd.DataFrame, language: str, model: Model) -> Figures | None:
    rows = rows[rows["lang"] == language]
    answers = [
        model.score(Article(text, language=language), with_evidence=False) for text in rows["text"]
    ]
    judged = np.array([answer.p_propaganda is not None for answer in answers], dtype=bool)
    if not judged.any():
        return None
    label = rows["label"].to_numpy().astype(np.int64)[judged]
    outlet = rows["outlet"].to_numpy().astype(str)[judged]
    scored = Scored(
        label,
        outlet,
        np.array([answer.p_propaganda for answer in answers if answer.p_propaganda is not None]),
        np.array([answer.verdict for answer in answers])[judged].astype(str),
        np.zeros(len(label), dtype=np.int64),
        np.ones(len(label), dtype=np.int64),
        weights(label, outlet.astype(object)),
    )
    return {**figures(scored), "not_judged": int((~judged).sum())}


def _passages(rows: pd.DataFrame, language: str, model: Model) -> Figures | None:
    rows = rows[rows["lang"] == language]
    answers = [
        model.score(Article(text, language=language), with_evidence=False) for text in rows["text"]
    ]
    pairs = [
        (label, answer.p_persuasion)
        for label, answer in zip(rows["label"], answers, strict=True)
        if answer.p_persuasion is not None
    ]
    if not pairs:
        return None
    label, p = (np.array(column) for column in zip(*pairs, strict=True))
    value = auc(label, p)
    return {"count": len(pairs), "auc": rounded(value)}
