"""The protocol: outlets never seen, harder splits, the random one last; and what shortcuts give.

`krynica train` and `krynica evaluate` both call `measure`, so their figures are the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from classifier.errors import CorpusError, KrynicaError
from classifier.languages import LANGUAGES
from training.articles import ArticleRows, weights
from training.blocks import blocks
from training.evaluate import (
    random_split,
    score_split,
    unseen_outlets,
)
from training.figures import Figures, figures
from training.fits import fit_style, style_logits
from training.material import Articles, Material
from training.metrics import auc, rounded, share, within
from training.probes import language_probe, probes
from training.splits import LEAST, cut_by_date, hold_collection_out
from training.steps import SPOILT, kept
from training.work import Work

_ALONE = Work(jobs=1)


def measure(
    materials: Mapping[str, Material],
    articles: pd.DataFrame,
    seed: int,
    told: Callable[[str, Figures], None] = lambda _, __: None,
    work: Work = _ALONE,
) -> dict[str, Figures]:
    """Measure the recipe on a corpus.

    Parameters
    ----------
    materials
        What each language has to learn from.
    articles
        Prepared articles of all languages, for what the language alone would be worth.
    seed
        Of the random splits.
    told
        Called with each language and its figures, in the languages' order.
    work
        How to work: in processes of a language each.

    Returns
    -------
    dict
        By language, ``passages``, ``techniques`` (as `training.techniques.fit` gives them), and
        either ``articles_refused``, a sentence, or, in the order of the protocol, ``articles``
        (outlets never seen), ``documents``, ``collections``, ``time``, ``other_languages``,
        ``random_split_auc`` and ``random_split_gap``; ``probes``; and
        ``learned_from_outlet_labels``.
    """
    known = articles[articles["lang"].isin(list(LANGUAGES))]
    judged = {language: one.articles for language, one in materials.items() if one.articles}
    by_language = language_probe(known, seed) if judged else {}
    step = work.step("figures")
    tasks = (
        delayed(kept)(step and step / f"{language}.json", _splits, (language, sent, seed))
        for language, articles_of in judged.items()
        for sent in [replace(articles_of, texts=())]  # which no figure looks at
    )
    done = map(_figures, Parallel(n_jobs=work.jobs, return_as="generator")(tasks))
    work.progress.begin("holding outlets out, by language", len(judged))
    split: dict[str, Figures] = {}
    for language, one in zip(judged, done, strict=True):
        split[language] = one
        work.progress.done(1)
    metrics: dict[str, Figures] = {}
    for language, material in materials.items():
        found: Figures = {"passages": material.passages} if material.passages else {}
        if material.technique_figures:
            found["techniques"] = material.technique_figures
        found |= split.get(language, {"articles_refused": material.lacking})
        if "articles" in found:
            others = {name: one for name, one in judged.items() if name != language}
            found["other_languages"] = from_other_languages(judged[language], others)
            found["probes"]["language"] = by_language
        metrics[language] = found
        told(language, found)
    return metrics


def _figures(content: bytes) -> Figures:
    try:
        found: Figures = json.loads(content)
    except ValueError as error:
        raise KrynicaError(SPOILT) from error
    return found


def _splits(given: tuple[str, Articles, int]) -> bytes:
    language, articles, seed = given
    try:
        found = _measured(articles, seed)
    except CorpusError as error:
        found = {"articles_refused": f"{LANGUAGES[language].name}: {error}"}
    return json.dumps(found).encode()


def _measured(articles: Articles, seed: int) -> Figures:
    rows = articles.rows
    by_outlet = articles.crossed.by_outlet
    unseen = figures(unseen_outlets(rows, articles.crossed))
    random = random_split(rows, seed)
    gap = None if random is None or unseen["auc"] is None else random - unseen["auc"]
    return {
        "learned_from_outlet_labels": by_outlet,
        "articles": unseen,
        "documents": unseen_documents(rows, by_outlet=by_outlet),
        "collections": unseen_collections(articles, by_outlet=by_outlet),
        "time": later_articles(articles, by_outlet=by_outlet),
        "random_split_auc": random,
        "random_split_gap": rounded(gap),
        "probes": probes(rows, articles.traits, seed),
    }


def unseen_documents(rows: ArticleRows, *, by_outlet: bool) -> Figures:
    """Hold a quarter of the marked documents out at a time, and a quarter of the newsrooms.

    Unlike where their whole collection is held out, other documents of it are learned from.

    Parameters
    ----------
    rows
        Articles of one language.
    by_outlet
        As for `training.evaluate.score_split`.

    Returns
    -------
    dict
        ``count`` of documents, and ``auc`` against newsrooms never seen; None with fewer than
        `training.splits.LEAST`, or too few newsrooms.
    """
    marked = rows.document != ""
    count = int(marked.sum())
    if count < LEAST:
        return {"count": count, "auc": None}
    tested = np.flatnonzero(marked | (rows.label == 0))
    whose = np.where(marked, rows.document.astype(object), rows.outlet)[tested]
    place, block, told = [], [], []
    for number, (_, held) in enumerate(blocks(rows.label[tested], whose)):
        test = tested[held]
        train = np.setdiff1d(np.arange(len(rows.label)), test)
        try:
            p, _ = score_split(rows, train, test, by_outlet=by_outlet)
        except CorpusError:  # too few newsrooms are left to hold one out again
            return {"count": count, "auc": None}
        told.append(p)
        place.append(test)
        block.append(np.full(len(test), number))
    label = rows.label[np.concatenate(place)]
    value = within(auc, label, np.concatenate(told), np.concatenate(block))
    return {"count": count, "auc": rounded(value)}


def unseen_collections(articles: Articles, *, by_outlet: bool) -> Figures:
    """Hold each collection out in turn, with every outlet in it.

    Parameters
    ----------
    articles
        Articles of one language.
    by_outlet
        As for `training.evaluate.score_split`.

    Returns
    -------
    dict
        ``mean_auc`` over the collections; ``by_collection``: of each ``articles``, ``paired_with``
        (outlets of the other class that were held out beside a collection of one; none where it
        has both), ``auc``, ``falsely_accused`` and ``propaganda_found``; and ``left_out``, why
        the others were not measured.
    """
    told: dict[str, Figures] = {}
    left_out: dict[str, str] = {}
    for name in sorted(set(articles.traits.source.tolist()) - {""}):
        try:
            told[name] = _collection(name, articles, by_outlet=by_outlet)
        except CorpusError as error:
            left_out[name] = str(error)
    values = [one["auc"] for one in told.values() if one["auc"] is not None]
    mean = rounded(float(np.mean(values))) if values else None
    return {"mean_auc": mean, "by_collection": told, "left_out": left_out}


def _collection(name: str, articles: Articles, *, by_outlet: bool) -> Figures:
    rows, met = articles.rows, articles.persuasion_without.get(name)
    split = hold_collection_out(name, rows.label, rows.outlet.astype(str), articles.traits.source)
    if met is not None:  # the persuasion view has met this collection: take the one that has not
        rows = replace(rows, persuasion=met)
    p, verdict = score_split(rows, split.train, split.test, by_outlet=by_outlet)
    label = rows.label[split.test]
    paired = rows.outlet[split.test][label == split.paired].astype(str)
    return {
        "articles": _classes(label),
        "paired_with": np.unique(paired).tolist(),
        "auc": rounded(auc(label, p)),
        "falsely_accused": share(verdict[label == 0] == "propaganda"),
        "propaganda_found": share(verdict[label == 1] == "propaganda"),
    }


def later_articles(articles: Articles, *, by_outlet: bool) -> Figures:
    """Fit on articles before a date, and test on those from it on.

    Parameters
    ----------
    articles
        Articles of one language.
    by_outlet
        As for `training.evaluate.score_split`.

    Returns
    -------
    dict
        ``undated`` articles, left out; and either ``refused``, a sentence, or ``cut`` (first day
        of the later ones), ``before`` and ``after`` (articles by class), ``auc``,
        ``new_outlets`` (later articles of outlets that were not fitted on, by class) and
        ``new_outlets_auc``.
    """
    rows, date = articles.rows, articles.traits.date
    undated = int((date == "").sum())
    try:
        cut, split = cut_by_date(rows.label, date)
        p, _ = score_split(rows, split.train, split.test, by_outlet=by_outlet)
    except CorpusError as error:
        return {"undated": undated, "refused": str(error)}
    label = rows.label[split.test]
    new = ~np.isin(rows.outlet[split.test].astype(str), rows.outlet[split.train].astype(str))
    return {
        "undated": undated,
        "cut": cut,
        "before": _classes(rows.label[split.train]),
        "after": _classes(label),
        "auc": rounded(auc(label, p)),
        "new_outlets": _classes(label[new]),
        "new_outlets_auc": rounded(auc(label[new], p[new])),
    }


def from_other_languages(articles: Articles, others: Mapping[str, Articles]) -> Figures:
    """Fit the style view on other languages, and test it on this one.

    Each language weighs the same, and in each the classes do. The measures are scaled by the
    training languages' statistics: of this language not even a mean is known.

    Parameters
    ----------
    articles
        Articles of the language that is tested.
    others
        Articles of the others.

    Returns
    -------
    dict
        ``learned_from``, languages; and ``auc``, None where there are none.
    """
    if not others:
        return {"learned_from": [], "auc": None}
    parts = [other.rows for other in others.values()]
    count = sum(len(part.label) for part in parts)
    weight = [
        weights(part.label, part.outlet) * count / (len(parts) * len(part.label)) for part in parts
    ]
    scale, view = fit_style(
        np.concatenate([part.style for part in parts]),
        np.concatenate([part.label for part in parts]),
        np.concatenate(weight),
    )
    score = style_logits(scale, view, articles.rows.style)
    return {"learned_from": sorted(others), "auc": rounded(auc(articles.rows.label, score))}


def _classes(label: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> dict[str, int]:
    return {"propaganda": int((label == 1).sum()), "journalism": int((label == 0).sum())}
