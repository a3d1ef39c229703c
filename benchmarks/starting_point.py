"""What a few articles are worth on their own, and on top of a model that never met their outlets.

``python benchmarks/starting_point.py TABLE... --rows 300`` deals the outlets of one language into
three parts in every way that puts each propaganda outlet once into each: a model learns from the
first (the base), as many articles as `--rows` says come from the second, and the third is tested
on. Printed are AUCs on the third part, mean over the ways: of the base, of the few articles alone,
and of the few fitted around the base, for the view of words and the view of style. The reference
is the base.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import numpy as np
import numpy.typing as npt

from data.labelled import read_corpus
from training.articles import ArticleRows, fit_views, view_logits
from training.material import ARTICLE_LEAST, read_articles
from training.metrics import auc
from training.prepare import prepare
from training.rows import count_terms
from training.work import Work

IntArray = npt.NDArray[np.int64]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="+", type=Path)
    parser.add_argument("--language", default="en")
    parser.add_argument("--rows", nargs="+", type=int, default=[300, 1000])
    options = parser.parse_args()
    rows = _rows(options.tables, options.language)
    for few in options.rows:
        told = np.mean([_aucs(rows, parts, few) for parts in _parts(rows)], axis=0)
        for view, (base, alone, around) in zip(("words", "style"), told.T, strict=True):
            print(
                f"{options.language}, {few} articles, {view}: base {base:.3f}, "
                f"alone {alone:.3f} ({alone - base:+.3f}), "
                f"around the base {around:.3f} ({around - base:+.3f})",
                flush=True,
            )


def _rows(tables: list[Path], language: str) -> ArticleRows:
    table, read = read_articles(language, prepare(read_corpus(tables)), Work())
    nothing = np.zeros(len(read))
    names = np.full(len(read), "")
    return ArticleRows(
        count_terms(read, ARTICLE_LEAST),
        np.array([row.style for row in read]),
        nothing,
        np.array([row.plain for row in read], dtype=np.int64),
        table["label"].to_numpy().astype(np.int64),
        table["outlet"].to_numpy().astype(object),
        names,
        names,
    )


def _parts(rows: ArticleRows) -> list[list[IntArray]]:
    """Return the row numbers of base, few and test, for each way of dealing."""
    generator = np.random.default_rng(0)
    deals = []
    for value in (1, 0):
        names = generator.permutation(np.unique(rows.outlet[rows.label == value].astype(str)))
        deals.append(np.array_split(names, 3))
    ways = []
    for order in permutations(range(3)):
        chosen = [np.concatenate([deals[0][at], deals[1][at]]) for at in order]
        ways.append([np.flatnonzero(np.isin(rows.outlet.astype(str), one)) for one in chosen])
    return ways


def _aucs(rows: ArticleRows, parts: list[IntArray], few: int) -> npt.NDArray[np.float64]:
    """Return AUCs, shape (3, 2): base, few alone, few around the base; of words and of style."""
    base, some, test = parts
    generator = np.random.default_rng(0)
    some = np.concatenate(
        [generator.permutation(some[rows.label[some] == value])[: few // 2] for value in (0, 1)]
    )
    known = fit_views(rows.take(base))
    start = replace(rows, prior=known)
    fits = (known, fit_views(rows.take(some)), fit_views(start.take(some)))
    held = rows.take(test)
    found = [view_logits(views, held)[:, :2] for views in fits]
    return np.array([[auc(held.label, logits[:, at]) for at in (0, 1)] for logits in found])


if __name__ == "__main__":
    main()
