"""Shortcut probes: what one kind of feature that is no style would be worth.

A probe is a small model of the day, the length or the like, fitted and tested on the blocks of
outlets that the recipe is measured on, and on a random split. A recipe that is no better than a
probe may have learned the same shortcut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from training.articles import ArticleRows, weights
from training.blocks import blocks
from training.evaluate import random_quarter
from training.metrics import auc, rounded, within
from training.traits import Traits

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Names = npt.NDArray[np.str_]
Objects = npt.NDArray[np.object_]
Features = FloatArray | csr_array
Learn = Callable[[IntArray], Features]
"""From the numbers of training rows to features of all rows, scaled by the training rows."""
BINS = 10
"""Bins of a day or a length, so that a probe finds a range as easily as a trend."""
NAME_NGRAMS = (1, 4)
"""Letters of a piece of an outlet's name."""


def probes(rows: ArticleRows, traits: Traits, seed: int) -> dict[str, Any]:
    """Return what each kind of feature is worth in one language.

    Parameters
    ----------
    rows, traits
        Articles of one language.
    seed
        Of the random split.

    Returns
    -------
    dict
        By kind, ``auc`` on outlets never seen and ``random_split_auc``; None where the corpus does
        not show that kind, or shows it the same in all rows.
    """
    every = np.arange(len(rows.label))
    # A marked document has no outlet; the name it goes by here is ours and would give it away.
    named = np.flatnonzero(rows.document == "")
    kinds: Mapping[str, tuple[IntArray, Learn]] = {
        "outlet_name": (named, _pieces(rows.outlet[named].astype(str))),
        "date": (every, _binned(_days(traits.date))),
        "length": (every, _binned(np.log1p(traits.words))),
        "punctuation": (every, _scaled(np.log1p(traits.marks))),
        "place_names": (every, _scaled(np.log1p(traits.places))),
    }
    return {
        kind: _worth(
            learn, rows.label[at], rows.outlet[at], _blocks(rows.label, rows.outlet, at), seed
        )
        for kind, (at, learn) in kinds.items()
    }


def language_probe(articles: pd.DataFrame, seed: int) -> dict[str, Any]:
    """Return what the language alone is worth, over the articles of all languages.

    Parameters
    ----------
    articles
        Articles with the columns ``label``, ``outlet`` and ``lang``.
    seed
        Of the random split.

    Returns
    -------
    dict
        As for one kind of `probes`. An outlet is held out in each language apart.
    """
    label = articles["label"].to_numpy().astype(np.int64)
    language = articles["lang"].to_numpy().astype(str)
    outlet = (articles["lang"] + " " + articles["outlet"]).to_numpy().astype(object)
    one_hot = (language[:, None] == np.unique(language)[None, :]).astype(np.float64)
    held = _blocks(label, outlet, np.arange(len(label)))
    return _worth(_scaled(one_hot), label, outlet, held, seed)


Pairs = list[tuple[IntArray, IntArray]]


def _blocks(label: IntArray, outlet: Objects, at: IntArray) -> Pairs:
    """Return the blocks of all rows, as places in `at`, the rows a probe looks at."""
    place = np.full(len(label), -1, dtype=np.int64)
    place[at] = np.arange(len(at))
    sides = (tuple(place[side] for side in pair) for pair in blocks(label, outlet))
    return [(train[train >= 0], test[test >= 0]) for train, test in sides]


def _worth(
    learn: Learn, label: IntArray, outlet: Objects, held: Pairs, seed: int
) -> dict[str, Any]:
    def of(pairs: Iterable[tuple[IntArray, IntArray]]) -> float | None:
        told = [
            (test, scores)
            for train, test in pairs
            if (scores := _scores(learn, label, outlet, train, test)) is not None
        ]
        if not told:
            return None
        place = np.concatenate([test for test, _ in told])
        score = np.concatenate([scores for _, scores in told])
        block = np.repeat(np.arange(len(told)), [len(test) for test, _ in told])
        return within(auc, label[place], score, block)

    return {
        "auc": rounded(of(held)),
        "random_split_auc": rounded(of([random_quarter(len(label), seed)])),
    }


def _scores(
    learn: Learn, label: IntArray, outlet: Objects, train: IntArray, test: IntArray
) -> FloatArray | None:
    """Return the log-odds of test rows; None where there is nothing to learn or to tell."""
    features = learn(train)
    if not features.shape[1] or len(np.unique(label[train])) < 2 or not len(test):
        return None
    model = LogisticRegression(class_weight="balanced", max_iter=2000)
    model.fit(features[train], label[train], sample_weight=weights(label[train], outlet[train]))
    result: FloatArray = model.decision_function(features[test])
    return result


def _days(date: Names) -> FloatArray:
    """Return days as numbers; NaN where there is none."""
    days = np.where(date == "", "NaT", date).astype("datetime64[D]")
    result = days.astype(np.float64)
    result[np.isnat(days)] = np.nan
    return result


def _binned(values: FloatArray) -> Learn:
    """Sort values into bins at quantiles of the training rows; a missing one is a bin of its own.

    That a row lacks its day is the mark of a collection, too.
    """

    def learn(train: IntArray) -> FloatArray:
        there = values[train][~np.isnan(values[train])]
        if not len(there):
            return np.zeros((len(values), 0))
        edges = np.unique(np.quantile(there, np.arange(1, BINS) / BINS))
        number = np.where(np.isnan(values), len(edges) + 1, np.digitize(values, edges))
        one_hot = number[:, None] == np.arange(len(edges) + 2)
        moving = one_hot[train].any(axis=0) & ~one_hot[train].all(axis=0)
        result: FloatArray = one_hot[:, moving].astype(np.float64)
        return result

    return learn


def _scaled(values: FloatArray) -> Learn:
    """Divide each column by its spread in the training rows; columns that stand still go."""

    def learn(train: IntArray) -> FloatArray:
        spread = values[train].std(axis=0)
        moving = spread > 1e-9
        result: FloatArray = values[:, moving] / spread[moving]
        return result

    return learn


def _pieces(names: Names) -> Learn:
    """Count pieces of names, those of the training rows' names alone."""

    def learn(train: IntArray) -> Features:
        if not len(train):
            return np.zeros((len(names), 0))
        counter = CountVectorizer(analyzer="char_wb", ngram_range=NAME_NGRAMS, binary=True)
        counter.fit(np.unique(names[train]).tolist())
        return csr_array(counter.transform(names.tolist()).astype(np.float64))

    return learn
