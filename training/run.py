"""A training run: corpus in, model folder out, the unseen-outlet result first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd

from classifier.errors import CorpusError
from classifier.languages import LANGUAGES
from classifier.parameters import LanguageParameters
from data.labelled import read_corpus
from training import persuasion
from training.articles import ArticleRows, fit_articles, outlets_tell
from training.duplicates import text_hash
from training.evaluate import Figures, figures, random_split, unseen_outlets
from training.merge import merge
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
    result: Progress = lambda _: None,
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
        Called with a sentence at each step.
    result
        Called with each language's result in a sentence, as it is known.

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
    present = {*prepared.articles["lang"], *prepared.passages["lang"]}
    for language in sorted(present & LANGUAGES.keys()):
        try:
            made = train_language(language, prepared, marked, seed, jobs)
        except CorpusError as error:
            refused[language] = str(error)
            progress(str(error))
        else:
            results[language] = made
            result(summary(language, made.metrics))
    if not results:
        raise CorpusError(" ".join(refused.values()))
    provenance = Provenance(
        name=name,
        version=version,
        seed=seed,
        corpus=corpus.sha256,
        left_out=prepared.left_out,
        sources=_sources(prepared),
        refused=refused,
        outlets=sorted(set(prepared.articles["outlet"])),
    )
    hashes = sorted({*map(text_hash, chain(corpus.articles["text"], corpus.passages["text"]))})
    parameters = {language: made.parameters for language, made in results.items()}
    metrics = {language: made.metrics for language, made in results.items()}
    write_model(output, parameters, metrics, provenance, np.array(hashes, dtype=np.uint64))
    return metrics


def train_language(
    language: str, prepared: Prepared, marked: Sequence[Row | None], seed: int, jobs: int
) -> LanguageResult:
    """Fit and evaluate all views of one language.

    Raises
    ------
    CorpusError
        If the language has neither passages of both labels nor articles that can be held out.
    """
    metrics: Figures = {}
    view = None
    if _own(prepared.passages, language)["label"].nunique() == 2:
        passages = persuasion.gather(language, prepared.passages, marked)
        view = persuasion.fit(passages)
        metrics["passages"] = _passage_figures(passages, view)
    table = _own(prepared.articles, language)
    missing = _lacks(table)
    if missing:
        refusal = f"{LANGUAGES[language].name}: {missing}"
        if view is None:
            raise CorpusError(refusal)
        metrics["articles_refused"] = refusal
        return LanguageResult(merge(view, None), metrics)
    read = read_rows(table["text"].tolist(), table["lang"].tolist(), jobs)
    good = np.array([row is not None for row in read])
    rows = _article_rows(table[good], [row for row in read if row], view)
    by_outlet = outlets_tell(rows)
    metrics["learned_from_outlet_labels"] = by_outlet
    metrics["articles"] = figures(unseen_outlets(rows, by_outlet=by_outlet))
    metrics["random_split_auc"] = random_split(rows, seed)
    articles = fit_articles(rows, by_outlet=by_outlet)
    return LanguageResult(merge(view, (articles, rows.counts.terms)), metrics)


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
    units = metrics.get("passages", {}).items()
    passages = ", ".join(f"{unit}s {m['auc']:.3f}" for unit, m in units)
    marked = f" Marked text, AUC on documents never seen: {passages}." if passages else ""
    found = metrics.get("articles")
    if found is None:
        return f"{metrics['articles_refused']}{marked}"
    return (
        f"{LANGUAGES[language].name}, outlets never seen: AUC {found['auc']:.3f}, falsely accused "
        f"{found['falsely_accused']:.1%}, propaganda found {found['propaganda_found']:.1%}, "
        f"clear verdicts {found['clear_verdicts']:.1%}. Random split, for comparison: AUC "
        f"{metrics['random_split_auc']:.3f}.{marked}"
    )
