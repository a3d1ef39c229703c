"""From prepared rows to numbers that every fit picks rows of: read, counted and encoded once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from krynica.classifier.answer import GENRES
from krynica.classifier.arrays import BoolArray, FloatArray, IntArray
from krynica.classifier.encoder import Encoder
from krynica.classifier.languages import LANGUAGES
from krynica.classifier.titles import joined
from krynica.data.corpus.duplicates import text_hash
from krynica.data.corpus.labelled import Basis
from krynica.training.corpus.prepare import Prepared
from krynica.training.fit.levels import Told
from krynica.training.texts.met import MET, met_by
from krynica.training.texts.pieces import count_pieces
from krynica.training.texts.rows import Counts, count_terms, read_rows
from krynica.training.texts.vectors import VectorStore
from krynica.training.work import Work

LEAST = 4
"""Fewest texts a term that is counted."""
ONE_SIDED = {1: 0.3, 0: 0.05}
"""Share of articles that read 2 or more where only the outlet's label is known: of a random draw of
3,200 articles, about three in ten of state outlets and one in twenty of newsrooms."""
MEAN = {1: 2.3, 0: 0.25}
"""Mean score of texts of 2 or more, and of those of 1 or less, among readings."""
GUARDS = 30
"""Most articles of one newsroom that nobody read and that guard accusations."""
MOST_GUARDS = 700
"""Most of them in all: at 2 in 100 accused, 14 of so many, told to within one in 100."""
MOST_MET = 1_500
"""Most texts that the encoder was tuned on whose vectors are computed: they already lie as their
scores do, and a head on them needs no more. Words and style are learned from all."""
CHECKERS = "factcheck"
"""What the source or the outlet of a fact-checker's texts begins with, or holds."""


@dataclass(frozen=True)
class Material:
    """Texts as numbers; the first axis of all is texts.

    Parameters
    ----------
    counts
        Occurrences of terms.
    pieces, pieces_all
        Occurrences of the screen's terms, and all pieces of each text.
    vectors
        The encoder's mean vectors; NaN of a text that was not encoded.
    style
        Measures.
    plain, words
        Words that are not masked, and all words.
    low, high, target, weight
        Lowest and highest score a text may have, the score that ridges aim at, and its weight.
    read
        Whether a text was scored or labelled itself, and not by its outlet.
    genre
        Place in `classifier.answer.GENRES`, -1 where it is not told.
    language, outlet, kind, source
        Of each text.
    newsroom, checker
        Whether it is of a newsroom, and of a fact-checker.
    text
        Hash of each text as it was given.
    """

    counts: Counts
    pieces: Counts
    pieces_all: IntArray
    vectors: FloatArray
    style: FloatArray
    plain: IntArray
    words: IntArray
    low: IntArray
    high: IntArray
    target: FloatArray
    weight: FloatArray
    read: BoolArray
    genre: IntArray
    language: npt.NDArray[np.str_]
    outlet: npt.NDArray[np.str_]
    kind: npt.NDArray[np.str_]
    source: npt.NDArray[np.str_]
    newsroom: BoolArray
    checker: BoolArray
    text: npt.NDArray[np.uint64]

    def take(self, rows: IntArray | BoolArray) -> Material:
        """Return some of the texts."""

        def some(one: Any) -> Any:
            return one.take(rows) if isinstance(one, Counts) else one[rows]

        return Material(*(some(getattr(self, one.name)) for one in fields(self)))

    @property
    def told(self) -> Told:
        """How the texts read, as far as it is known."""
        return Told(self.low, self.high, self.weight)

    @property
    def encoded(self) -> BoolArray:
        """Which texts were encoded."""
        return ~np.isnan(self.vectors[:, 0])

    @property
    def tells(self) -> BoolArray:
        """Which texts are learned from: those that were read, or all where none was."""
        return self.read if self.read.any() else np.ones(len(self.read), dtype=bool)

    @property
    def propaganda(self) -> BoolArray:
        """Whether each text reads as propaganda."""
        told: BoolArray = self.low >= 2
        return told


def gather(
    prepared: Prepared,
    encoder: Encoder,
    work: Work,
    also: Iterable[str] = (),
    *,
    encoded: bool = True,
) -> Material:
    """Read, count and encode all texts of the program's languages.

    Parameters
    ----------
    prepared
        Rows.
    encoder
        The encoder.
    work
        In how many processes, and what is kept.
    also
        Terms that are counted however rare they are.
    encoded
        Whether texts are encoded, which is nearly all of the work; else their vectors are 0.
    """
    table = _without_met_guards(chosen(prepared.articles), encoder)
    texts = [joined(*pair) for pair in zip(table["title"], table["text"], strict=True)]
    languages = table["lang"].tolist()
    work.progress.begin("Reading", len(texts))
    rows = read_rows(texts, languages, work.jobs, done=work.progress.done)
    there = np.array([row is not None for row in rows], dtype=bool)
    table, texts = table[there], [t for t, keep in zip(texts, there, strict=True) if keep]
    kept = [row for row in rows if row]
    work.progress.begin("Counting pieces", len(texts))
    pieces, pieces_all = count_pieces(
        texts, table["lang"].tolist(), LEAST, work.jobs, done=work.progress.done
    )
    spared = _spared(table, encoder)
    vectors = np.full((len(texts), encoder.width), np.nan)
    vectors[~spared] = 0
    if encoded:
        work.progress.begin("Encoding", int((~spared).sum()))
        store = VectorStore(encoder, work.step("vectors"))
        vectors[~spared] = store.of(
            [text for text, spare in zip(texts, spared.tolist(), strict=True) if not spare],
            table["lang"][~spared].tolist(),
            work.jobs,
            work.progress.done,
        )
    scored = (table["basis"] == Basis.SCORE.value).to_numpy()
    label = table["label"].to_numpy().astype(np.int64)
    score = table["score"].fillna(0).to_numpy().astype(np.int64)
    outlet = table["outlet"].to_numpy().astype(str)
    source = table["source"].fillna("").to_numpy().astype(str)
    by_outlet = (table["basis"] == Basis.OUTLET.value).to_numpy()
    share = np.array([ONE_SIDED[int(one)] for one in label])
    soft = share * MEAN[1] + (1 - share) * MEAN[0]
    hard = np.array([MEAN[int(one)] for one in label])
    return Material(
        count_terms(kept, LEAST, also),
        pieces,
        pieces_all,
        vectors,
        np.array([row.style for row in kept]),
        np.array([row.plain for row in kept], dtype=np.int64),
        np.array([row.words for row in kept], dtype=np.int64),
        np.where(scored, score, 2 * label),
        np.where(scored, score, np.where(label == 1, 4, 1)),
        np.where(scored, score, np.where(by_outlet, soft, hard)).astype(np.float64),
        np.ones(len(kept)),
        ~by_outlet,
        np.array([GENRES.index(g) if g in GENRES else -1 for g in table["genre"]], dtype=np.int64),
        table["lang"].to_numpy().astype(str),
        outlet,
        table["kind"].fillna("article").to_numpy().astype(str),
        source,
        table["newsroom"].to_numpy().astype(bool),
        np.array([CHECKERS in f"{o} {s}" for o, s in zip(outlet, source, strict=True)], dtype=bool),
        np.array([text_hash(text) for text in table["given"]], dtype=np.uint64),
    )


def _met(table: pd.DataFrame, encoder: Encoder) -> IntArray:
    text = np.array([text_hash(text) for text in table["given"]], dtype=np.uint64)
    outlet = table["outlet"].to_numpy().astype(str)
    return met_by(encoder.manifest, encoder.tuned_on(), outlet, text)


def _without_met_guards(table: pd.DataFrame, encoder: Encoder) -> pd.DataFrame:
    """Leave out guards of outlets that the encoder had met, which tell nothing of new ones."""
    by_outlet = (table["basis"] == Basis.OUTLET.value).to_numpy()
    if by_outlet.all():
        return table
    guards = table[by_outlet]
    new: pd.DataFrame = guards[_met(guards, encoder) != MET].head(MOST_GUARDS)
    return pd.concat([table[~by_outlet], new], ignore_index=True)


def _spared(table: pd.DataFrame, encoder: Encoder) -> BoolArray:
    """Say which texts need no vectors: of those that the encoder met, all but `MOST_MET`."""
    met = _met(table, encoder) == MET
    order = np.argsort([text_hash(text) for text in table["given"]], kind="stable")
    spared = np.zeros(len(table), dtype=bool)
    spared[order[met[order]][MOST_MET:]] = True
    return spared


def chosen(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are learned from, or that guard.

    Where texts were scored, or labelled themselves, an outlet's label teaches nothing about its
    other texts: of those, some of every newsroom guard accusations, and the rest is left aside.
    Where nothing else is known, outlets' labels are weak evidence.
    """
    table = articles[articles["lang"].isin(list(LANGUAGES))]
    by_outlet = table["basis"] == Basis.OUTLET.value
    if by_outlet.all():
        return table.reset_index(drop=True)
    guards = table[by_outlet & table["newsroom"]]
    guards = guards.assign(order=[text_hash(text) for text in guards["text"]])
    guards = guards.sort_values("order").groupby(["lang", "outlet"], sort=False).head(GUARDS)
    return pd.concat([table[~by_outlet], guards.drop(columns=["order"])], ignore_index=True)
