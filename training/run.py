"""A training run: corpus in, model folder out, the unseen-outlet result first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from classifier.errors import CorpusError
from classifier.languages import LANGUAGES
from classifier.parameters import Articles, LanguageParameters, LinearTerms, Persuasion
from data.labelled import read_corpus
from training import persuasion
from training.articles import ArticleRows, fit_articles, outlets_tell
from training.evaluate import Figures, figures, random_split, unseen_outlets
from training.metrics import auc
from training.model_folder import Provenance, write_model
from training.prepare import Prepared, prepare
from training.rows import Row, count_terms, read_rows

Progress = Callable[[str], None]
ARTICLE_LEAST = 5


@dataclass(frozen=True)
class LanguageResult:
    """What a run made for one language.

    Parameters
    ----------
    parameters
        The numbers.
    metrics
        Figures on unseen outlets and documents.
    """

    parameters: LanguageParameters
    metrics: Figures


def train(
    paths: Sequence[Path],
    output: Path,
    *,
    name: str = "krynica",
    version: str = "1",
    seed: int = 0,
    jobs: int = -1,
    progress: Progress = lambda _: None,
) -> dict[str, Figures]:
    """Train a model and write its folder.

    Parameters
    ----------
    paths
        Labelled tables.
    output
        The model folder to write; an earlier model there is replaced when the new one is whole.
    name, version
        Of the model.
    seed
        Of the random split, the one figure that is drawn.
    jobs
        Processes that read texts; -1 for one a core.
    progress
        Called with a sentence at each step, and with each language's result as it is known.

    Returns
    -------
    dict
        Figures of each language.

    Raises
    ------
    CorpusError
        If no language of the corpus can be learned and evaluated honestly.
    """
    corpus = read_corpus(paths)
    prepared = prepare(corpus)
    progress(f"{len(prepared.articles)} articles and {len(prepared.passages)} passages are read.")
    marked = read_rows(prepared.passages["text"].tolist(), prepared.passages["lang"].tolist(), jobs)
    results: dict[str, LanguageResult] = {}
    refused: dict[str, str] = {}
    for language in LANGUAGES:
        try:
            result = train_language(language, prepared, marked, seed, jobs)
        except CorpusError as error:
            refused[language] = str(error)
            progress(str(error))
        else:
            results[language] = result
            progress(summary(language, result.metrics))
    if not results:
        raise CorpusError(" ".join(refused.values()))
    provenance = Provenance(
        name, version, seed, corpus.sha256, prepared.left_out, _sources(prepared), refused
    )
    parameters = {language: result.parameters for language, result in results.items()}
    metrics = {language: result.metrics for language, result in results.items()}
    write_model(output, parameters, metrics, provenance)
    return metrics


def train_language(
    language: str, prepared: Prepared, marked: Sequence[Row | None], seed: int, jobs: int
) -> LanguageResult:
    """Fit and evaluate all views of one language.

    Raises
    ------
    CorpusError
        If the language lacks passages of both labels.
    """
    title = LANGUAGES[language].name
    own = prepared.passages[prepared.passages["lang"] == language]
    if own["label"].nunique() < 2:
        raise CorpusError(f"{title}: there are no passages of both labels, so it is not learned.")
    passages = persuasion.gather(language, prepared.passages, marked)
    view = persuasion.fit(passages)
    metrics: Figures = {"passages": _passage_figures(passages, view)}
    table = prepared.articles[prepared.articles["lang"] == language]
    missing = _lacks(table)
    if missing:
        metrics["articles"] = None
        metrics["articles_refused"] = f"{title}: {missing}"
        return LanguageResult(_merge(view, None, None), metrics)
    read = read_rows(table["text"].tolist(), table["lang"].tolist(), jobs)
    good = np.array([row is not None for row in read])
    rows = _article_rows(table[good], [row for row in read if row], view)
    by_outlet = outlets_tell(rows)
    metrics["learned_from_outlet_labels"] = by_outlet
    metrics["articles"] = figures(unseen_outlets(rows, by_outlet=by_outlet))
    metrics["random_split_auc"] = random_split(rows, seed)
    return LanguageResult(
        _merge(view, fit_articles(rows, by_outlet=by_outlet), rows.counts.terms), metrics
    )


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
    table: pd.DataFrame, rows: list[Row], view: persuasion.PersuasionFit
) -> ArticleRows:
    folds = table["fold"].to_numpy().astype(np.int64)
    return ArticleRows(
        count_terms(rows, ARTICLE_LEAST),
        np.array([row.style for row in rows]),
        persuasion.article_logits(view, rows, folds),
        np.array([row.plain for row in rows], dtype=np.int64),
        table["label"].to_numpy().astype(np.int64),
        table["outlet"].to_numpy().astype(object),
        np.where(folds < 0, "", table["doc"].astype(str)),
    )


def _passage_figures(passages: persuasion.Passages, view: persuasion.PersuasionFit) -> Figures:
    """Return the AUC on documents that were held out, of passages and posts apart."""
    result: Figures = {}
    for unit in ("passage", "post"):
        rows = passages.own & (passages.unit == unit)
        value = auc(passages.label[rows], view.held_out[rows])
        if value is not None:
            result[unit] = {"count": int(rows.sum()), "auc": round(value, 3)}
    return result


def _merge(
    view: persuasion.PersuasionFit, articles: Articles | None, terms: np.ndarray | None
) -> LanguageParameters:
    """Put the views on one list of terms: those that some view uses."""
    persuasive = view.view.terms
    used = set(view.terms[persuasive.idf > 0].tolist())
    if articles is not None and terms is not None:
        used |= set(terms[articles.outlet.idf > 0].tolist())
    merged = sorted(used)
    number = {term: i for i, term in enumerate(merged)}
    persuasion_view = Persuasion(
        _moved(persuasive, view.terms, number),
        view.view.scale,
        view.view.style,
        view.view.slope,
        view.view.intercept,
    )
    if articles is not None and terms is not None:
        outlet = _moved(articles.outlet, terms, number)
        articles = Articles(outlet, articles.scale, articles.style, articles.combiner)
    return LanguageParameters(tuple(merged), persuasion_view, articles)


def _moved(view: LinearTerms, terms: np.ndarray, number: dict[str, int]) -> LinearTerms:
    idf, coef = np.zeros(len(number)), np.zeros(len(number))
    for at in np.flatnonzero(view.idf > 0).tolist():
        place = number[terms[at]]
        idf[place], coef[place] = view.idf[at], view.coef[at]
    return LinearTerms(idf, coef, view.bias)


def _sources(prepared: Prepared) -> list[dict[str, object]]:
    """List the sources that rows came from, with their licences and numbers of rows."""
    rows = pd.concat([prepared.articles[prepared.articles["fold"] < 0], prepared.passages])
    counted: Counter[tuple[str, str]] = Counter()
    for source, licence in zip(rows["source"], rows["licence"], strict=True):
        counted[str(source or "not stated"), str(licence or "not stated")] += 1
    return [
        {"source": source, "licence": licence, "rows": count}
        for (source, licence), count in sorted(counted.items())
    ]


def summary(language: str, metrics: Figures) -> str:
    """Say in one line what a language's verdicts are worth on outlets never seen."""
    title = LANGUAGES[language].name
    passages = ", ".join(f"{unit}s {m['auc']:.3f}" for unit, m in metrics["passages"].items())
    found = metrics.get("articles")
    if found is None:
        return f"{metrics['articles_refused']} Marked text, AUC: {passages}."
    return (
        f"{title}, outlets never seen: AUC {found['auc']:.3f}, falsely accused "
        f"{found['falsely_accused']:.1%}, propaganda found {found['propaganda_found']:.1%}, "
        f"clear verdicts {found['clear_verdicts']:.1%}; random split, for comparison: AUC "
        f"{metrics['random_split_auc']:.3f}. Marked text, AUC: {passages}."
    )
