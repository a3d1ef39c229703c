"""What a finished model says of labelled rows that it did not learn from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from krynica.classifier.answer import Answer, ModelId
from krynica.classifier.errors import CorpusError
from krynica.classifier.languages import LANGUAGES
from krynica.classifier.model import Model
from krynica.data.corpus.duplicates import text_hash
from krynica.data.corpus.labelled import Basis, Corpus, nothing_left, read_corpus
from krynica.data.corpus.layout import AS_IT_IS, Layout
from krynica.training.comparison.unmet import answers, known_outlets, texts_of
from krynica.training.fit.material import CHECKERS, chosen
from krynica.training.measure.protocol import measure
from krynica.training.results.worth import Figures, PassageFigures
from krynica.training.statistics.figures import Judged
from krynica.training.statistics.metrics import auc, rounded


@dataclass(frozen=True)
class Rows:
    """How many rows were evaluated, and how many were not.

    Parameters
    ----------
    evaluated
        Those that were scored.
    not_read
        Articles known by their outlet's label alone, where others were read.
    learned_from
        Rows that the model learned from.
    not_judged
        Articles that were scored, and that the model does not judge.
    left_out
        Other rows of the tables, by reason.
    """

    evaluated: int
    not_read: int
    learned_from: int
    not_judged: int
    left_out: Mapping[str, int]


@dataclass(frozen=True)
class Evaluation:
    """What a model says of labelled rows.

    Parameters
    ----------
    model
        Which it is.
    rows
        How many were evaluated.
    unseen_outlets, known_outlets
        Figures of texts of outlets that the model or its encoder did not learn from, and, which
        flatters, of new texts of outlets that they did, under whatever name
        `data.corpus.outlet_names` knows them by; each as `training.measure.protocol.measure`
        returns them, or None.
    passages
        Of marked passages, by language.
    """

    model: ModelId
    rows: Rows
    unseen_outlets: Mapping[str, Figures] | None
    known_outlets: Mapping[str, Figures] | None
    passages: Mapping[str, PassageFigures]


def evaluate(
    paths: Sequence[Path],
    model: Model,
    *,
    labels_of: Basis | None = None,
    layout: Layout = AS_IT_IS,
    jobs: int = -1,
    progress: Callable[[str], None] = lambda _: None,
) -> Evaluation:
    """Evaluate a finished model on labelled tables, leaving out what it learned from.

    Parameters
    ----------
    paths
        Labelled tables; those that the model learned from are welcome.
    model
        The model.
    labels_of
        What labels of articles without a score tell of; None tells it from the tables.
    layout
        What columns and labels are called in the tables.
    jobs
        Processes that score; -1 for one a core.
    progress
        Called with a sentence at each step.

    Raises
    ------
    CorpusError
        If nothing is left that can tell anything.
    ModelFolderError
        If the model cannot tell what it learned from.
    """
    corpus = read_corpus(paths, labels_of, layout)
    seen = set(model.source.learned_from().tolist()) | set(model.encoder.tuned_on().tolist())
    articles, passages = (_unseen(of, seen) for of in (corpus.articles, corpus.passages))
    total = len(corpus.articles) + len(corpus.passages)
    learned = total - len(articles) - len(passages)
    _require(corpus, articles, passages)
    new = len(articles) + len(passages)
    articles = chosen(articles)
    progress(f"{len(articles) + len(passages)} rows are scored.")
    told = answers(model.source.path, texts_of(articles), jobs)
    judged = np.array([answer.p_propaganda is not None for answer in told], dtype=bool)
    known = known_outlets([model]).rows(articles)
    return Evaluation(
        model.id,
        Rows(
            evaluated=len(articles) + len(passages),
            not_read=new - len(articles) - len(passages),
            learned_from=learned,
            not_judged=int((~judged).sum()),
            left_out=corpus.left_out,
        ),
        unseen_outlets=_figures(articles, told, judged & ~known),
        known_outlets=_figures(articles, told, judged & known),
        passages=_passages(passages, model, jobs),
    )


def _unseen(rows: pd.DataFrame, seen: set[int]) -> pd.DataFrame:
    new = [text_hash(text) not in seen for text in rows["text"]]
    ours = rows["lang"].isin(list(LANGUAGES)).to_numpy()
    return rows[np.array(new, dtype=bool) & ours].reset_index(drop=True)


def _require(corpus: Corpus, articles: pd.DataFrame, passages: pd.DataFrame) -> None:
    """Check that something can be told.

    Raises
    ------
    CorpusError
        If nothing can; it says what is missing.
    """
    total = len(corpus.articles) + len(corpus.passages)
    if not total:
        raise CorpusError(nothing_left(corpus.left_out))
    if articles.empty and passages.empty:
        raise CorpusError(
            f"The model learned from all {total} rows, so they cannot tell what it is worth."
        )
    for rows, names in ((articles, ("journalism", "propaganda")), (passages, ("plain", "marked"))):
        labels = set(rows["label"])
        if len(labels) == 1 and (passages if rows is articles else articles).empty:
            raise CorpusError(
                f"All rows that the model did not learn from are labelled {names[labels.pop()]}; "
                f"rows of {names[0]} and of {names[1]} are needed."
            )


def _figures(
    rows: pd.DataFrame, told: list[Answer], some: npt.NDArray[np.bool_]
) -> dict[str, Figures] | None:
    own = rows[some]
    read = (own["basis"] != Basis.OUTLET.value).to_numpy().astype(bool)
    read = read if read.any() else ~read  # outlets' labels tell where nothing else does
    if own.loc[read, "label"].nunique() < 2:
        return None
    kept = [answer for answer, keep in zip(told, some.tolist(), strict=True) if keep]
    propaganda = (own["label"] == 1).to_numpy()
    score = own["score"].fillna(-1).to_numpy().astype(np.int64)
    labelled = np.where(propaganda, 3, 0)
    source = own["outlet"].astype(str) + " " + own["source"].fillna("").astype(str)
    return measure(
        Judged(
            np.where(read, np.where(score >= 0, score, labelled), -1),
            propaganda,
            np.array([answer.p_propaganda for answer in kept], dtype=np.float64),
            np.array([answer.verdict for answer in kept], dtype=str),
            own["outlet"].to_numpy().astype(str),
            own["lang"].to_numpy().astype(str),
            own["kind"].fillna("article").to_numpy().astype(str),
            own["genre"].fillna("").to_numpy().astype(str),
            own["newsroom"].to_numpy().astype(bool),
            source.str.contains(CHECKERS).to_numpy().astype(bool),
        )
    )


def _passages(rows: pd.DataFrame, model: Model, jobs: int) -> dict[str, PassageFigures]:
    texts = list(zip(rows["text"], rows["lang"], strict=True))
    p = [answer.p_persuasion for answer in answers(model.source.path, texts, jobs)]
    told = {}
    for language in sorted({*rows["lang"]}):
        own = [
            (label, value)
            for label, value, lang in zip(rows["label"], p, rows["lang"], strict=True)
            if lang == language and value is not None
        ]
        if own:
            label, value = (np.array(column) for column in zip(*own, strict=True))
            told[language] = PassageFigures(len(own), rounded(auc(label, value)))
    return told
