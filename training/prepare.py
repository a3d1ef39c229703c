"""From a labelled corpus to rows that are fit to learn from: no repeats, no standing sentences."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from classifier.tokens import tokenise
from data.duplicates import text_hash
from data.labelled import Corpus
from training.copies import held_together
from training.duplicates import near_duplicates
from training.overlap import documents_in
from training.persuasion import fold_of
from training.techniques import canonical

Key = tuple[object, object, object]
_KEY = ["doc", "source", "lang"]
"""What names a document: tables number theirs from the beginning, each its own."""
STANDING = 5
"""Articles of one outlet in which a sentence stands before it is the outlet's and not theirs."""
_STANDING_SHARE = 0.005
MARKED_SHARE = 0.5
"""Least share of marked passages of a document that stands for propaganda as a whole article."""
MARKED_WORDS = 120
"""Least words of such a document."""
SPARE = 12_000
"""Most spare passages of a language: the encoder reads about 150 a second on one core, and more
were not tried."""
SPARE_WORDS = 8, 150
"""Fewest and most words of one: the range of the marked ones."""
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True)
class Prepared:
    """Rows to learn from.

    Parameters
    ----------
    articles
        As `data.labelled.Corpus.articles`, with marked documents added as articles of an outlet
        of their own (``marked``), and the column ``fold``: the fold of the persuasion view that
        holds out such a document, or the one that an article shares passages with; -1 for others.
    passages
        As `data.labelled.Corpus.passages`, with the column ``document``, and in ``techniques``
        a set of keys.
    spare
        Passages that nobody marked, as `spare_passages` picks them: columns ``text``, ``lang``,
        ``source``, ``licence``.
    left_out
        Rows left out, by reason.
    groups
        Near-duplicates among the corpus' own articles have the same number, shape (n_articles,).
    together
        Outlets that are copies, and the one that each is held together with.
    """

    articles: pd.DataFrame
    passages: pd.DataFrame
    spare: pd.DataFrame
    left_out: dict[str, int]
    groups: npt.NDArray[np.int64]
    together: dict[str, str]


def prepare(corpus: Corpus) -> Prepared:
    """Remove repeats and standing sentences, and put marked documents together.

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
    articles["text"] = _without_standing_sentences(articles)
    passages = corpus.passages.copy()
    alike = near_duplicates(passages["text"].tolist())
    groups = pd.Series([f"near-duplicates {group}" for group in alike], index=passages.index)
    passages["techniques"] = passages["techniques"].map(canonical)
    passages["document"] = passages["doc"].where(passages["doc"].notna(), groups)
    articles, known = _apart_from_passages(articles, passages, left_out)
    marked = marked_documents(passages[passages["lang"].isin(set(articles["lang"]))])
    twice = np.array([key in known for key in _keys(marked, "doc")], dtype=bool)
    if twice.any():
        left_out["marked document that is an article of the corpus"] += int(twice.sum())
    joined = pd.concat([articles, marked[~twice]], ignore_index=True)
    joined["marked"] = joined["marked"].astype(bool)
    languages = passages["lang"].unique()
    spare = spare_passages(corpus.unlabelled[corpus.unlabelled["lang"].isin(languages)])
    seen = {text_hash(text) for text in passages["text"]}
    met = np.array([text_hash(text) in seen for text in spare["text"]], dtype=bool)
    spare = spare[~met]
    return Prepared(joined, passages, spare, dict(sorted(left_out.items())), repeated, together)


def spare_passages(texts: pd.DataFrame) -> pd.DataFrame:
    """Cut texts whose labels are not learned from into passages, for a teacher to mark.

    They are never evaluated on, so that no word of an article that is enters a vocabulary.

    Parameters
    ----------
    texts
        As `data.labelled.Corpus.unlabelled`.

    Returns
    -------
    DataFrame
        Of the same columns; at most `SPARE` rows a language, picked by a hash of their texts.
    """
    cut = texts.assign(text=texts["text"].map(_passages)).explode("text")
    cut = cut[cut["text"].notna()].drop_duplicates("text")
    cut["hash"] = [text_hash(text) for text in cut["text"]]
    picked = cut.sort_values(["lang", "hash"]).groupby("lang", sort=True).head(SPARE)
    return picked.drop(columns=["hash"]).reset_index(drop=True)


def _passages(text: str) -> list[str]:
    # Halves of surrogate pairs, which a table of JSON may hold, cannot be tokenised.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    tokens = tokenise(text)
    if not tokens.n_words:
        return []
    heads = np.flatnonzero(np.diff(tokens.passage, prepend=-1))
    ends = np.append(heads[1:], len(tokens.passage))
    words = np.add.reduceat(tokens.is_word.astype(np.int64), heads)
    return [
        text[tokens.start[head] : tokens.end[end - 1]]
        for head, end, count in zip(heads.tolist(), ends.tolist(), words.tolist(), strict=True)
        if SPARE_WORDS[0] <= count <= SPARE_WORDS[1]
    ]


def _without_repeats(
    articles: pd.DataFrame, group: npt.NDArray[np.int64], left_out: Counter[str]
) -> pd.DataFrame:
    """Keep the first of near-duplicates; none where both labels stand on one text."""
    if articles.empty:
        return articles.copy()
    labels = articles["label"].groupby(group).transform("nunique")
    disputed = (labels > 1).to_numpy()
    repeated = pd.Series(group).duplicated().to_numpy() & ~disputed
    for rows, why in ((disputed, "one text under both labels"), (repeated, "near-duplicate")):
        if rows.any():
            left_out[why] += int(rows.sum())
    return articles[~disputed & ~repeated].reset_index(drop=True)


def _apart_from_passages(
    articles: pd.DataFrame, passages: pd.DataFrame, left_out: Counter[str]
) -> tuple[pd.DataFrame, set[Key]]:
    """Give articles that hold marked passages the fold in which these are held out.

    Else the persuasion view would have met what it judges. One whose passages stand in several
    folds is left out. The documents that are articles here are returned too.
    """
    keys = _keys(passages, "document")
    shared = documents_in(articles["text"].tolist(), passages["text"].tolist(), keys)
    folds = [{fold_of(document) for document, _, _ in own} for own in shared]
    kept = np.array([len(own) <= 1 for own in folds], dtype=bool)
    if not kept.all():
        left_out["passages of several marked documents"] += int((~kept).sum())
    fold = np.array([min(own, default=-1) for own in folds], dtype=np.int64)
    told = articles.assign(fold=fold, marked=False)[kept].reset_index(drop=True)
    whole = [own for own, keep in zip(shared, kept.tolist(), strict=True) if keep]
    return told, set[Key]().union(*whole)


def _keys(passages: pd.DataFrame, document: str) -> list[Key]:
    columns = (passages[document], *(passages[name].fillna("") for name in _KEY[1:]))
    return list(zip(*columns, strict=True))


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


def marked_documents(passages: pd.DataFrame) -> pd.DataFrame:
    """Put passages of one document together again, where most of them are marked.

    They are whole articles that people, not outlets' names, called persuasive. All documents of
    one collection count as one outlet, so that no collection is on both sides of a split.
    """
    rows = passages[passages["doc"].notna()]
    if rows.empty:
        return rows.assign(outlet="", fold=-1, marked=True)
    grouped = rows.groupby(_KEY, sort=True, dropna=False)
    documents = pd.DataFrame(
        {
            "text": grouped["text"].agg("\n\n".join),
            "share": grouped["label"].mean(),
            "licence": grouped["licence"].first(),
        }
    ).reset_index()
    words = documents["text"].map(lambda text: len(str(text).split()))
    documents = documents[(documents["share"] >= MARKED_SHARE) & (words >= MARKED_WORDS)]
    return documents.assign(
        label=1,
        marked=True,
        outlet="marked documents of " + documents["source"].fillna("a corpus").astype(str),
        fold=np.array([fold_of(doc) for doc in documents["doc"]], dtype=np.int64),
    ).drop(columns=["share"])
