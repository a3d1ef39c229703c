"""From labelled tables to what each language is fitted and measured on, read and counted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from classifier.errors import CorpusError
from classifier.languages import LANGUAGES
from classifier.parameters import LanguageParameters, Techniques, Usual
from training import persuasion, techniques
from training.articles import ArticleRows
from training.crossfit import CrossFit, cross_fit
from training.figures import Figures
from training.metrics import auc, rounded
from training.prepare import Prepared
from training.prior import Start, as_fitted
from training.readings import Row
from training.rows import count_terms, read_rows
from training.splits import LEAST
from training.teacher import Lessons, lessons
from training.terms import aligned, techniques_on
from training.traits import Traits, traits
from training.usual import usual_range
from training.work import Work

FloatArray = npt.NDArray[np.float64]
ARTICLE_LEAST = 5
LARGE = 20_000_000
"""Occurrences of terms from which outlets are held out one after another: 22,000 articles or so. A
fit takes some 30 bytes for each, and two at once would not leave 50,000 articles within 4 GB."""


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
    texts
        The articles themselves.
    crossed
        Every outlet as views see it that had not seen it.
    """

    rows: ArticleRows
    traits: Traits
    persuasion_without: dict[str, FloatArray]
    texts: Sequence[str]
    crossed: CrossFit


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
    prepared: Prepared, work: Work, start: Start | None = None
) -> tuple[dict[str, Material], dict[str, str]]:
    """Read all rows of a corpus.

    Parameters
    ----------
    prepared
        The corpus.
    work
        How to work.
    start
        A model that fits start from.

    Returns
    -------
    materials : dict
        By language, those that have something to learn from.
    refused : dict
        By language, what the others lack, or why they stay as they are, in a sentence.
    """
    marked = _read(prepared.passages, "passages", work)
    taught = lessons(prepared.passages, prepared.spare, work)
    materials: dict[str, Material] = {}
    refused: dict[str, str] = {}
    present = {*prepared.articles["lang"], *prepared.passages["lang"]}
    for language in sorted(present & LANGUAGES.keys()):
        try:
            materials[language] = _gather(
                language, prepared, marked, taught.get(language), work, start
            )
            work.say(f"{LANGUAGES[language].name} is read.")
        except CorpusError as error:
            refused[language] = str(error)
            work.say(str(error))
    return materials, refused


def _read(table: pd.DataFrame, name: str, work: Work) -> list[Row | None]:
    work.progress.begin(f"reading {name}", len(table))
    texts, languages = table["text"].tolist(), table["lang"].tolist()
    done = work.progress.done
    return read_rows(texts, languages, work.jobs, steps=work.step(name), done=done)


def read_articles(language: str, prepared: Prepared, work: Work) -> tuple[pd.DataFrame, list[Row]]:
    """Read the articles of a language; those with nothing to read go.

    Returns
    -------
    table, rows
        Of the same length.
    """
    table = _own(prepared.articles, language)
    rows = _read(table, f"articles-{language}", work)
    return table[np.array([row is not None for row in rows], dtype=bool)], [r for r in rows if r]


def _gather(
    language: str,
    prepared: Prepared,
    marked: Sequence[Row | None],
    taught: Lessons | None,
    work: Work,
    start: Start | None,
) -> Material:
    table = _own(prepared.articles, language)
    markable = can_be_held_out(_own(prepared.passages, language))
    begun = start.languages.get(language) if start else None
    if start and (why := stays(language, prepared, start)):
        raise CorpusError(why)
    known = _begun(language, begun)
    if markable:
        passages = persuasion.gather(language, prepared.passages, marked, taught, begun)
        known = replace(known, **_marked(passages, begun, work.jobs))
    table, rows = read_articles(language, prepared, work)
    known = replace(known, usual=_usual(table, rows) or known.usual)
    if missing := lacking(table):
        return _not_judged(known, begun, f"{LANGUAGES[language].name}: {missing}")
    view = known.view
    without = {
        name: persuasion.article_logits(
            _fit_without(name, language, prepared.passages, marked, taught, begun, work.jobs),
            rows,
            _folds(table),
        )
        for name in _marked_collections(table)
    }
    judged = _article_rows(table, rows, view, begun)
    del rows  # they take more room than all that is made of them
    try:
        large = judged.counts.matrix.nnz > LARGE
        crossed = cross_fit(judged, jobs=1 if large else work.jobs)
    except CorpusError as error:
        return _not_judged(known, begun, f"{LANGUAGES[language].name}: {error}")
    texts = table["text"].tolist()
    articles = Articles(judged, traits(table, language), without, texts, crossed)
    return replace(known, articles=articles)


def stays(language: str, prepared: Prepared, start: Start) -> str | None:
    """Say why a language's numbers stay as a model has them; None where they are fitted on.

    Parameters
    ----------
    language
        ISO 639-1 code.
    prepared
        The corpus.
    start
        The model.
    """
    begun, table = start.languages.get(language), _own(prepared.articles, language)
    learns = lacking(table) is None
    if begun and begun.articles is None:
        learns = learns or can_be_held_out(_own(prepared.passages, language))
    return start.kept(language, table, learns=learns)


def _not_judged(known: Material, begun: LanguageParameters | None, why: str) -> Material:
    """Return what is known where articles cannot be judged, if that is anything.

    Raises
    ------
    CorpusError
        If it is nothing, or the model that was begun from judges articles, and so is better.
    """
    if known.view is None or (begun and begun.articles):
        raise CorpusError(why)
    return replace(known, lacking=why)


def _begun(language: str, begun: LanguageParameters | None) -> Material:
    """Return what a language has from the start; nothing where it begins from nothing."""
    known = Material(language)
    if begun is None or begun.persuasion is None:
        return known
    return replace(known, view=as_fitted(begun), techniques=begun.techniques, usual=begun.usual)


def _marked(
    passages: persuasion.Passages, begun: LanguageParameters | None, jobs: int
) -> dict[str, Any]:
    """Fit what marked passages teach: the view, the techniques, and their figures."""
    fitted = persuasion.fit(passages, jobs)
    named, figures = techniques.fit(passages, fitted)
    if named is None and begun and begun.techniques:
        terms = np.array(begun.terms, dtype=object)
        named = techniques_on(begun.techniques, terms, fitted.terms)
    told = _passage_figures(passages, fitted)
    return {"view": fitted, "techniques": named, "passages": told, "technique_figures": figures}


def _usual(table: pd.DataFrame, rows: Sequence[Row]) -> Usual | None:
    calm = np.flatnonzero(table["label"].to_numpy() == 0)
    style = np.array([rows[at].style for at in calm.tolist()])
    return usual_range(style, table["outlet"].to_numpy()[calm].tolist())


def can_be_held_out(passages: pd.DataFrame) -> bool:
    """Say whether passages of both labels are left whichever fold of documents is held out."""
    fold = passages["document"].map(persuasion.fold_of)
    rest = (passages.loc[fold != at, "label"].nunique() for at in range(persuasion.FOLDS))
    return not passages.empty and all(labels == 2 for labels in rest)


def _own(table: pd.DataFrame, language: str) -> pd.DataFrame:
    return table[table["lang"] == language]


def lacking(table: pd.DataFrame) -> str | None:
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
    table: pd.DataFrame,
    rows: list[Row],
    view: persuasion.PersuasionFit | None,
    begun: LanguageParameters | None,
) -> ArticleRows:
    folds = _folds(table)
    judged = begun.articles if begun else None
    counts = count_terms(rows, ARTICLE_LEAST, begun.terms if begun and judged else ())
    prior = None
    if begun and judged:
        prior = aligned(judged.outlet, begun.terms, counts.terms), judged.scale, judged.style
    return ArticleRows(
        counts,
        np.array([row.style for row in rows]),
        persuasion.article_logits(view, rows, folds),
        np.array([row.plain for row in rows], dtype=np.int64),
        table["label"].to_numpy().astype(np.int64),
        table["outlet"].to_numpy().astype(object),
        table["source"].fillna("").to_numpy().astype(str),
        np.where(table["marked"], table["doc"].astype(str), ""),
        prior,
    )


def _folds(table: pd.DataFrame) -> npt.NDArray[np.int64]:
    folds: npt.NDArray[np.int64] = table["fold"].to_numpy().astype(np.int64)
    return folds


def _marked_collections(table: pd.DataFrame) -> list[str]:
    """List the collections of marked documents that are large enough to be held out."""
    counted = table.loc[table["marked"], "source"].value_counts()
    return sorted(str(name) for name in counted.index[counted >= LEAST])


def _fit_without(
    source: str,
    language: str,
    table: pd.DataFrame,
    marked: Sequence[Row | None],
    taught: Lessons | None,
    begun: LanguageParameters | None,
    jobs: int,
) -> persuasion.PersuasionFit | None:
    """Fit the persuasion view without a collection.

    Where no passages of both kinds are left it is the one begun from, or None.

    Else it would know a collection's documents by the company they keep.
    """
    left = (table["source"] != source).to_numpy()
    rows = [row for row, keep in zip(marked, left.tolist(), strict=True) if keep]
    if not can_be_held_out(_own(table[left], language)):
        return as_fitted(begun) if begun else None
    met = None if taught is None else taught.take(left)
    return persuasion.fit(persuasion.gather(language, table[left], rows, met, begun), jobs)


def _passage_figures(passages: persuasion.Passages, view: persuasion.PersuasionFit) -> Figures:
    """Return the AUC on documents that were held out, of passages and posts apart."""
    result: Figures = {}
    for unit in ("passage", "post"):
        rows = passages.own & (passages.unit == unit)
        value = auc(passages.label[rows], view.held_out[rows])
        if value is not None:
            result[unit] = {"count": int(rows.sum()), "auc": rounded(value)}
    return result
