"""From labelled tables to what each language is fitted and measured on, read and counted once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from classifier.errors import CorpusError
from classifier.languages import LANGUAGES
from classifier.parameters import Techniques, Usual
from training import persuasion, techniques
from training.articles import ArticleRows
from training.crossfit import CrossFit, cross_fit
from training.figures import Figures
from training.metrics import auc, rounded
from training.prepare import Prepared
from training.rows import Row, count_terms, read_rows
from training.splits import LEAST
from training.teacher import Lessons, lessons
from training.traits import Traits, traits
from training.usual import usual_range

FloatArray = npt.NDArray[np.float64]
ARTICLE_LEAST = 5


@dataclass(frozen=True)
class Articles:
    """Articles of a language that has enough outlets of both classes to hold some out.

    Parameters
    ----------
    rows
        What fits pick rows of.
    traits
        What splits and probes go by, in the same order.
    persuasion_without
        By collection of marked documents, the persuasion view's log-odds from a fit that met no
        passage of that collection, shape (n_rows,) each.
    """

    rows: ArticleRows
    traits: Traits
    persuasion_without: dict[str, FloatArray]

    @cached_property
    def crossed(self) -> CrossFit:
        """Every outlet as views see it that had not seen it."""
        return cross_fit(self.rows)


@dataclass(frozen=True)
class Material:
    """What one language has to learn from.

    Parameters
    ----------
    language
        ISO 639-1 code.
    view
        The persuasion view; None without passages of both labels.
    techniques
        None where no technique can be named.
    usual
        What is usual in its journalism; None with too little of it.
    passages, technique_figures
        Figures on documents that were held out, by unit and by technique.
    articles
        None where too few outlets are there.
    lacking
        What articles lack, in a sentence; None where they lack nothing.
    """

    language: str
    view: persuasion.PersuasionFit | None = None
    techniques: Techniques | None = None
    usual: Usual | None = None
    passages: Figures = field(default_factory=dict)
    technique_figures: Figures = field(default_factory=dict)
    articles: Articles | None = None
    lacking: str | None = None


def gather(
    prepared: Prepared, jobs: int, progress: Callable[[str], None] = lambda _: None
) -> tuple[dict[str, Material], dict[str, str]]:
    """Read all rows of a corpus.

    Parameters
    ----------
    prepared
        The corpus.
    jobs
        Processes that read texts; -1 for one a core.
    progress
        Called with a sentence at each step.

    Returns
    -------
    materials : dict
        By language, those that have something to learn from.
    refused : dict
        By language, what the others lack, in a sentence.
    """
    marked = read_rows(prepared.passages["text"].tolist(), prepared.passages["lang"].tolist(), jobs)
    taught = lessons(prepared.passages, prepared.spare, jobs)
    materials: dict[str, Material] = {}
    refused: dict[str, str] = {}
    present = {*prepared.articles["lang"], *prepared.passages["lang"]}
    for language in sorted(present & LANGUAGES.keys()):
        try:
            materials[language] = _gather(language, prepared, marked, taught.get(language), jobs)
            progress(f"{LANGUAGES[language].name} is read.")
        except CorpusError as error:
            refused[language] = str(error)
            progress(str(error))
    return materials, refused


def _gather(
    language: str,
    prepared: Prepared,
    marked: Sequence[Row | None],
    taught: Lessons | None,
    jobs: int,
) -> Material:
    known = Material(language)
    if _can_be_held_out(_own(prepared.passages, language)):
        passages = persuasion.gather(language, prepared.passages, marked, taught)
        fitted = persuasion.fit(passages, jobs)
        named, named_figures = techniques.fit(passages, fitted)
        figures = _passage_figures(passages, fitted)
        known = Material(language, fitted, named, None, figures, named_figures)
    table = _own(prepared.articles, language)
    read = read_rows(table["text"].tolist(), table["lang"].tolist(), jobs)
    table = table[np.array([row is not None for row in read], dtype=bool)]
    rows = [row for row in read if row]
    known = replace(known, usual=_usual(table, rows))
    if missing := _lacks(table):
        lacking = f"{LANGUAGES[language].name}: {missing}"
        if known.view is None:
            raise CorpusError(lacking)
        return replace(known, lacking=lacking)
    view = known.view
    without = {
        name: persuasion.article_logits(
            _fit_without(name, language, prepared.passages, marked, taught, jobs),
            rows,
            _folds(table),
        )
        for name in _marked_collections(table)
    }
    articles = Articles(_article_rows(table, rows, view), traits(table, language), without)
    return replace(known, articles=articles)


def _usual(table: pd.DataFrame, rows: Sequence[Row]) -> Usual | None:
    calm = np.flatnonzero(table["label"].to_numpy() == 0)
    style = np.array([rows[at].style for at in calm.tolist()])
    return usual_range(style, table["outlet"].to_numpy()[calm].tolist())


def _can_be_held_out(passages: pd.DataFrame) -> bool:
    """Say whether passages of both labels are left whichever fold of documents is held out."""
    fold = passages["document"].map(persuasion.fold_of)
    rest = (passages.loc[fold != at, "label"].nunique() for at in range(persuasion.FOLDS))
    return not passages.empty and all(labels == 2 for labels in rest)


def _own(table: pd.DataFrame, language: str) -> pd.DataFrame:
    return table[table["lang"] == language]


def _lacks(table: pd.DataFrame) -> str | None:
    """Say what is missing to hold outlets out in both classes; None if nothing is."""
    for label, name in ((1, "propaganda"), (0, "journalism")):
        outlets = table.loc[table["label"] == label, "outlet"].nunique()
        if outlets < 2:
            has = "none" if not outlets else "one outlet"
            return (
                f"articles of {name} from two outlets or more are needed to hold one out, and the "
                f"corpus has {has}; articles are not judged."
            )
    return None


def _article_rows(
    table: pd.DataFrame, rows: list[Row], view: persuasion.PersuasionFit | None
) -> ArticleRows:
    folds = _folds(table)
    return ArticleRows(
        count_terms(rows, ARTICLE_LEAST),
        np.array([row.style for row in rows]),
        persuasion.article_logits(view, rows, folds),
        np.array([row.plain for row in rows], dtype=np.int64),
        table["label"].to_numpy().astype(np.int64),
        table["outlet"].to_numpy().astype(object),
        table["source"].fillna("").to_numpy().astype(str),
        np.where(folds < 0, "", table["doc"].astype(str)),
    )


def _folds(table: pd.DataFrame) -> npt.NDArray[np.int64]:
    folds: npt.NDArray[np.int64] = table["fold"].to_numpy().astype(np.int64)
    return folds


def _marked_collections(table: pd.DataFrame) -> list[str]:
    """List the collections of marked documents that are large enough to be held out."""
    counted = table.loc[table["fold"] >= 0, "source"].value_counts()
    return sorted(str(name) for name in counted.index[counted >= LEAST])


def _fit_without(
    source: str,
    language: str,
    table: pd.DataFrame,
    marked: Sequence[Row | None],
    taught: Lessons | None,
    jobs: int,
) -> persuasion.PersuasionFit | None:
    """Fit the persuasion view without a collection; None where no passages of both kinds are left.

    Else it would know a collection's documents by the company they keep.
    """
    left = (table["source"] != source).to_numpy()
    rows = [row for row, keep in zip(marked, left.tolist(), strict=True) if keep]
    if not _can_be_held_out(_own(table[left], language)):
        return None
    met = None if taught is None else taught.take(left)
    return persuasion.fit(persuasion.gather(language, table[left], rows, met), jobs)


def _passage_figures(passages: persuasion.Passages, view: persuasion.PersuasionFit) -> Figures:
    """Return the AUC on documents that were held out, of passages and posts apart."""
    result: Figures = {}
    for unit in ("passage", "post"):
        rows = passages.own & (passages.unit == unit)
        value = auc(passages.label[rows], view.held_out[rows])
        if value is not None:
            result[unit] = {"count": int(rows.sum()), "auc": rounded(value)}
    return result
