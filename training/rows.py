"""Corpus rows, read and counted once; every later fit picks rows and columns of what is here."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy.sparse import csr_array

from classifier.article import Article
from classifier.errors import KrynicaError
from classifier.reading import read
from classifier.terms import ngrams

_CHUNK = 400
_SMALL = 0.07
"""Greatest share of a name's places, masked ones aside, where it is written small. In 2,500 English
articles “Trump” has .02, “Clinton” .045 and “Bush” .06; “moreover” has .09, “meanwhile” .25."""


@dataclass(frozen=True)
class Row:
    """What training keeps of one reading.

    Parameters
    ----------
    masked
        Masked forms, the tokens' order.
    capital
        Whether a token begins a sentence, and with a capital.
    passage
        Passage of each token.
    weights
        Each passage's share of the words.
    words, plain
        Number of words, and of those that are not masked.
    style
        The measures.
    """

    masked: list[str | None]
    capital: npt.NDArray[np.bool_]
    passage: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float64]
    words: int
    plain: int
    style: npt.NDArray[np.float64]


def read_rows(texts: Sequence[str], languages: Sequence[str], jobs: int = -1) -> list[Row | None]:
    """Read texts as scoring does, in parallel; None where there is nothing to read."""
    pairs = list(zip(texts, languages, strict=True))
    chunks = [pairs[at : at + _CHUNK] for at in range(0, len(pairs), _CHUNK)]
    done: Iterable[list[Row | None]] = Parallel(n_jobs=jobs)(map(delayed(_read_chunk), chunks))
    return list(chain.from_iterable(done))


def _read_chunk(chunk: list[tuple[str, str]]) -> list[Row | None]:
    return [_read_row(text, language) for text, language in chunk]


def _read_row(text: str, language: str) -> Row | None:
    from classifier.views import passage_weights

    try:
        reading = read(Article(text, language=language))
    except KrynicaError:
        return None
    if not reading.tokens.n_words:
        return None
    masked, tokens = list(reading.masked), reading.tokens
    capital = tokens.initial.copy()
    capital[capital] = [tokens.words[at][0].isupper() for at in np.flatnonzero(capital).tolist()]
    return Row(
        masked,
        capital,
        reading.tokens.passage.astype(np.int32),
        passage_weights(reading),
        reading.tokens.n_words,
        sum(form is not None and form[0] != "<" for form in masked),
        reading.style,
    )


@dataclass(frozen=True)
class Counts:
    """Occurrences of terms: ``matrix[row, term]``."""

    terms: npt.NDArray[np.object_]
    matrix: csr_array


def count_terms(rows: Sequence[Row], least: int) -> Counts:
    """Count all terms that stand in `least` rows or more, names aside.

    A fit on some of the rows looks at those rows' own frequencies again (`frequent`), so that a
    term known from held-out rows alone is never used.
    """
    names = names_of(rows)
    forms = [[None if form in names else form for form in row.masked] for row in rows]
    documents: Counter[str] = Counter()
    for row in forms:
        documents.update(set(ngrams(row)))
    terms = sorted(term for term, count in documents.items() if count >= least)
    number = {term: i for i, term in enumerate(terms)}
    # 32-bit numbers: liblinear takes no others, and they last for 2,000 million occurrences.
    indices, ends = array("i"), array("i", [0])
    for row in forms:
        indices.extend(number[term] for term in ngrams(row) if term in number)
        ends.append(len(indices))
    ones = np.ones(len(indices), dtype=np.float32)
    shape = (len(rows), len(terms))
    places = np.array(indices, dtype=np.int32), np.array(ends, dtype=np.int32)
    matrix = csr_array((ones, *places), shape=shape)
    matrix.sum_duplicates()
    return Counts(np.array(terms, dtype=object), matrix)


def names_of(rows: Sequence[Row]) -> frozenset[str]:
    """Return the words that are names, as far as their letters tell.

    Inside a sentence a name is masked for its capital; at its beginning every word has one. So a
    word that begins sentences and is hardly ever written small inside them is a name, or too rare
    to matter: no view may learn it, nor a stem or a pair of it. No label is looked at.
    """
    small: Counter[str] = Counter()
    initial: Counter[str] = Counter()
    for row in rows:
        for form, capital in zip(row.masked, row.capital.tolist(), strict=True):
            if form is not None and form[0] != "<":
                (initial if capital else small)[form] += 1
    return frozenset(
        form
        for form, count in initial.items()
        # One place may be a slip of the pen.
        if small[form] <= max(1.0, _SMALL * (small[form] + count))
    )


def frequent(matrix: csr_array, least: int, most: int) -> npt.NDArray[np.int64]:
    """Return the columns that stand in `least` rows or more; of too many, the `most` frequent."""
    documents = np.bincount(matrix.indices, minlength=matrix.shape[1])
    columns = np.flatnonzero(documents >= least)
    if len(columns) > most:
        order = np.argsort(-documents[columns], kind="stable")[:most]
        columns = np.sort(columns[order])
    return columns
