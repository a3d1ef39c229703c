"""Articles that neither of two models learned from, and what both say of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from joblib import Parallel, delayed

from krynica.classifier.answer import Answer
from krynica.classifier.article import Article
from krynica.classifier.errors import CorpusError
from krynica.classifier.languages import LANGUAGES
from krynica.classifier.model import Model, load_model
from krynica.classifier.titles import joined
from krynica.data.corpus.duplicates import text_hash
from krynica.data.corpus.labelled import Basis
from krynica.data.corpus.outlet_names import KnownOutlets
from krynica.training.comparison.pairs import Pairs, Said
from krynica.training.fit.material import chosen

_CHUNK = 100
_KINDS = ("journalism", "propaganda")


@dataclass(frozen=True)
class LeftOut:
    """Articles that two models are not compared on.

    Parameters
    ----------
    learned_from
        Those that either model learned from.
    repeated
        Texts that stand here twice.
    other_language
        Those in a language that Krynica does not know.
    not_read
        Those with the label of their outlet alone, where others were read: some of every newsroom
        are kept.
    """

    learned_from: int
    repeated: int
    other_language: int
    not_read: int


def known_outlets(models: Iterable[Model]) -> KnownOutlets:
    """Return the outlets that views or encoders of models learned from."""
    names: set[str] = set()
    for model in models:
        met = {*model.source.outlets(), *model.encoder.manifest.get("outlets", ())}
        names |= met - {*model.manifest.get("held_out_outlets", ())}
    return KnownOutlets(names)


def texts_of(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Return texts, their titles above them, and their languages, as models learn from them."""
    texts = [joined(*pair) for pair in zip(rows["title"], rows["text"], strict=True)]
    return list(zip(texts, rows["lang"], strict=True))


def unmet(articles: pd.DataFrame, models: Sequence[Model]) -> tuple[pd.DataFrame, LeftOut]:
    """Return the articles that no model learned from, each once.

    Parameters
    ----------
    articles
        As of `data.corpus.labelled.Corpus`.
    models
        The models.

    Returns
    -------
    rows : DataFrame
        Of the languages that Krynica knows.
    left_out : LeftOut
        How many are not.

    Raises
    ------
    CorpusError
        If those that are left are not of both kinds.
    ModelFolderError
        If a model cannot tell what it learned from.
    """
    if articles.empty:
        raise CorpusError("There are no labelled articles here to compare models on.")
    # Of one text that stands twice, the row that tells how it reads is kept.
    articles = articles.sort_values(
        "basis", key=lambda basis: basis == Basis.OUTLET.value, kind="stable"
    )
    hashes = np.array([text_hash(text) for text in articles["text"]], dtype=np.uint64)
    learned = np.isin(hashes, np.concatenate([_met(model) for model in models]))
    repeated = pd.Series(hashes).duplicated().to_numpy() & ~learned
    other = ~articles["lang"].isin(list(LANGUAGES)).to_numpy() & ~learned & ~repeated
    left = articles[~(learned | repeated | other)]
    rows = chosen(left)
    left_out = LeftOut(
        int(learned.sum()), int(repeated.sum()), int(other.sum()), len(left) - len(rows)
    )
    if rows.empty:
        raise CorpusError(
            f"One model or the other learned from {left_out.learned_from} of these "
            f"{len(articles)} articles, and none is left to compare them on."
        )
    labels = set(rows["label"])
    if len(labels) == 1:
        there = labels.pop()
        raise CorpusError(
            f"All articles that neither model learned from are labelled {_KINDS[there]}; articles "
            f"of {_KINDS[1 - there]} are needed, too."
        )
    return rows, left_out


def _met(model: Model) -> npt.NDArray[np.uint64]:
    """Return the hashes of the texts that a model or its encoder learned from."""
    return np.union1d(model.source.learned_from(), model.encoder.tuned_on())


def answered(rows: pd.DataFrame, a: Model, b: Model, jobs: int) -> Pairs:
    """Score articles with both models.

    Parameters
    ----------
    rows
        Articles, as `unmet` returns them.
    a, b
        The models.
    jobs
        Processes; -1 for one a core.
    """
    texts = texts_of(rows)
    said = [_said(answers(model.source.path, texts, jobs)) for model in (a, b)]
    return Pairs(
        rows["label"].to_numpy().astype(np.int64),
        rows["outlet"].to_numpy().astype(str),
        rows["lang"].to_numpy().astype(str),
        *said,
    )


def _said(told: Sequence[Answer]) -> Said:
    p = [answer.p_propaganda for answer in told]  # None becomes NaN
    verdict = [answer.verdict or "unclear" for answer in told]
    return Said(np.array(p, dtype=np.float64), np.array(verdict))


def answers(folder: Path, texts: Sequence[tuple[str, str]], jobs: int) -> list[Answer]:
    """Score texts in several processes, without evidence.

    Parameters
    ----------
    folder
        The model's.
    texts
        Texts and their languages.
    jobs
        Processes; -1 for one a core.
    """
    chunks = [texts[at : at + _CHUNK] for at in range(0, len(texts), _CHUNK)]
    done = Parallel(n_jobs=jobs)(delayed(_answers)(folder.resolve(), chunk) for chunk in chunks)
    return list(chain.from_iterable(done))


def _answers(folder: Path, texts: Sequence[tuple[str, str]]) -> list[Answer]:
    model = _opened(folder)
    return [
        model.score(Article(text, language=language), with_evidence=False)
        for text, language in texts
    ]


@lru_cache(maxsize=2)
def _opened(folder: Path) -> Model:
    """Open a model once a process."""
    return load_model(folder)
