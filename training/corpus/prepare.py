"""From a labelled corpus to rows that are fit to learn from: no repeats, no standing sentences."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from krynica.data.corpus.duplicates import text_hash
from krynica.data.corpus.labelled import Basis, Corpus
from krynica.training.corpus.copies import held_together
from krynica.training.corpus.duplicates import near_duplicates
from krynica.training.corpus.techniques import canonical

STANDING = 5
"""Articles of one outlet in which a sentence stands before it is the outlet's and not theirs."""
_STANDING_SHARE = 0.005
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


READ_ELSEWHERE = "labelled by outlet, and the same text tells how it reads"
"""Why a row is left out: what is known of the text itself is better."""


def in_order(corpus: Corpus) -> Corpus:
    """Put the rows of a corpus in an order of their own, whatever the tables' was.

    Sums of numbers depend on their order, and so do the bytes of a model.
    """
    return replace(corpus, articles=_in_order(corpus.articles), passages=_in_order(corpus.passages))


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    keys = rows.map(str) if len(rows) else rows
    keys.insert(0, "hash", np.array([text_hash(text) for text in rows["text"]], dtype=np.uint64))
    return rows.loc[
        keys.sort_values([str(name) for name in keys], kind="stable").index
    ].reset_index(drop=True)


def read_elsewhere(articles: pd.DataFrame, group: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Tell which rows have their outlet's label alone, while a near-duplicate tells how it reads.

    Parameters
    ----------
    articles
        As of `data.corpus.labelled.Corpus`.
    group
        Near-duplicates have the same number, shape (n_rows,).
    """
    by_outlet = (articles["basis"] == Basis.OUTLET.value).to_numpy().astype(bool)
    told: npt.NDArray[np.bool_] = by_outlet & np.isin(group, group[~by_outlet])
    return told


@dataclass(frozen=True)
class Prepared:
    """Rows to learn from.

    Parameters
    ----------
    articles
        As `data.corpus.labelled.Corpus.articles`, near-repeats left out.
    passages
        As `data.corpus.labelled.Corpus.passages`, with the column ``document``, and in
        ``techniques`` a set of keys.
    left_out
        Rows left out, by reason.
    groups
        Near-duplicates among the corpus' own articles have the same number, shape (n_articles,).
    together
        Outlets that are copies, and the one that each is held together with.
    """

    articles: pd.DataFrame
    passages: pd.DataFrame
    left_out: dict[str, int]
    groups: npt.NDArray[np.int64]
    together: dict[str, str]


def prepare(corpus: Corpus) -> Prepared:
    """Remove repeats and standing sentences, and name the document of each passage.

    Parameters
    ----------
    corpus
        The corpus as read.

    Returns
    -------
    Prepared
    """
    left_out = Counter(corpus.left_out)
    repeated = near_duplicates(corpus.articles["text"].tolist())
    together = held_together(corpus.articles, repeated)
    articles = _without_repeats(corpus.articles, repeated, left_out)
    articles["outlet"] = articles["outlet"].replace(together)
    articles["given"] = articles["text"]
    articles["text"] = _without_standing_sentences(articles)
    passages = corpus.passages.copy()
    alike = near_duplicates(passages["text"].tolist())
    groups = pd.Series([f"near-duplicates {group}" for group in alike], index=passages.index)
    passages["techniques"] = passages["techniques"].map(canonical)
    passages["document"] = passages["doc"].where(passages["doc"].notna(), groups)
    return Prepared(articles, passages, dict(sorted(left_out.items())), repeated, together)


def _without_repeats(
    articles: pd.DataFrame, group: npt.NDArray[np.int64], left_out: Counter[str]
) -> pd.DataFrame:
    """Keep the first of near-duplicates; none where both labels stand on one text."""
    if articles.empty:
        return articles.copy()
    elsewhere = read_elsewhere(articles, group)
    if elsewhere.any():
        left_out[READ_ELSEWHERE] += int(elsewhere.sum())
        articles, group = articles[~elsewhere].reset_index(drop=True), group[~elsewhere]
    labels = articles["label"].groupby(group).transform("nunique")
    disputed = (labels > 1).to_numpy()
    repeated = pd.Series(group).duplicated().to_numpy() & ~disputed
    for rows, why in ((disputed, "one text under both labels"), (repeated, "near-duplicate")):
        if rows.any():
            left_out[why] += int(rows.sum())
    return articles[~disputed & ~repeated].reset_index(drop=True)


def _without_standing_sentences(articles: pd.DataFrame) -> list[str]:
    """Drop sentences that an outlet prints again and again: footers, captions, slogans."""
    kept: dict[object, str] = {}
    for _, rows in articles.groupby("outlet", sort=True):
        split = [_SENTENCE.split(text) for text in rows["text"]]
        seen = Counter(sentence for sentences in split for sentence in set(sentences))
        most = max(STANDING, int(_STANDING_SHARE * len(rows)))
        standing = {sentence for sentence, count in seen.items() if count >= most and sentence}
        for at, text, sentences in zip(rows.index, rows["text"], split, strict=True):
            if standing.isdisjoint(sentences):
                kept[at] = text
            else:
                kept[at] = "\n".join(s for s in sentences if s not in standing) or text
    return [kept[at] for at in articles.index]
