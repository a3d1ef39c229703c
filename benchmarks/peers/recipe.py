"""Krynica as a contender: the one place that knows how `training` is put together."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
import pandas as pd

from classifier import Article, load_model
from classifier.model import DEFAULT
from training import persuasion
from training.articles import ArticleRows, repeated
from training.blocks import BLOCKS, blocks
from training.evaluate import Scored, score_split
from training.material import _article_rows
from training.rows import read_rows

_TIMED = 300
"""Articles whose scoring is timed: enough, as no article is dear, and the rest of a block adds
minutes."""


@dataclass(frozen=True)
class Answer:
    """What Krynica said, and what it cost.

    Parameters
    ----------
    scored
        Rows of all blocks.
    fit
        CPU seconds of one training.
    score
        CPU seconds to score 1,000 articles.
    size
        Bytes of the model.
    """

    scored: Scored
    fit: float
    score: float
    size: int


def krynica(articles: pd.DataFrame, passages: pd.DataFrame, language: str) -> Answer:
    """Refit the recipe without each block of outlets, and score that block.

    Parameters
    ----------
    articles, passages
        Rows of a prepared corpus (`training.prepare.Prepared`); the articles in one language.
    language
        ISO 639-1 code.

    Returns
    -------
    Answer
        A training is what reading all rows, the persuasion view and the share of one block in the
        rest cost. Scoring and size are those of the model that ships, which has the same form:
        what a user meets, evidence included.
    """
    start = time.process_time()
    near = persuasion.NEIGHBOURS.get(language, (language,))
    own = passages[passages["lang"].isin(near)]
    marked = read_rows(own["text"].tolist(), own["lang"].tolist(), 1)
    view = persuasion.fit(persuasion.gather(language, own, marked)) if len(own) else None
    read = read_rows(articles["text"].tolist(), articles["lang"].tolist(), 1)
    good = np.array([row is not None for row in read])
    rows = _article_rows(articles[good], [row for row in read if row], view, None)
    shared = time.process_time()
    scored = _scored(rows)
    fit = shared - start + (time.process_time() - shared) / BLOCKS
    size = sum(path.stat().st_size for path in DEFAULT.glob(f"{language}.*"))
    return Answer(scored, fit, _scoring(articles["text"].tolist(), language), size)


def _scored(rows: ArticleRows) -> Scored:
    """Fit everything anew on each block's other outlets, as the peers are fitted."""
    held = list(blocks(rows.label, rows.outlet))
    said = [score_split(rows, *split, by_outlet=None) for split in held]
    place = np.concatenate([test for _, test in held])
    weight, times = repeated(rows, place)
    return Scored(
        rows.label[place],
        rows.outlet[place].astype(str),
        np.concatenate([p for p, _ in said]),
        np.concatenate([verdict for _, verdict in said]),
        np.repeat(np.arange(len(held)), [len(test) for _, test in held]),
        times,
        weight,
    )


def _scoring(texts: list[str], language: str) -> float:
    """Return CPU seconds to score 1,000 articles with the model that ships."""
    model = load_model()
    model.score(Article(texts[0], language=language))  # whatever is loaded on first use
    timed = texts[:: max(1, len(texts) // _TIMED)]
    start = time.process_time()
    for text in timed:
        model.score(Article(text, language=language))
    return (time.process_time() - start) / len(timed) * 1000
