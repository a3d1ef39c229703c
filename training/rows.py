"""Corpus rows, read and counted once; every later fit picks rows and columns of what is here."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy.sparse import csr_array

from krynica.classifier.article import Article
from krynica.classifier.errors import KrynicaError
from krynica.classifier.reading import read
from krynica.classifier.terms import ngrams
from krynica.training.readings import Row, dump, parse

_CHUNK = 400
_SMALL = 0.07
"""Greatest share of a name's places, masked ones aside, where it is written small. In 2,500 English
articles “Trump” has .02, “Clinton” .045 and “Bush” .06; “moreover” has .09, “meanwhile” .25."""
_BUCKETS = 1 << 24
"""Buckets in which terms are counted by their hash before any is counted by its name: 50,000
articles have some ten million terms, of which one in fifty stands in five articles or more."""


def read_rows(
    texts: Sequence[str],
    languages: Sequence[str],
    jobs: int = -1,
    *,
    done: Callable[[int], object] = lambda _: None,
) -> list[Row | None]:
    """Read texts as scoring does, in parallel.

    Parameters
    ----------
    texts, languages
        What to read, and in which language.
    jobs
        Processes; -1 for one a core.
    done
        Called with a number of texts whenever so many more are read.

    Returns
    -------
    list of Row or None
        None where there is nothing to read.
    """
    pairs = list(zip(texts, languages, strict=True))
    chunks = [pairs[at : at + _CHUNK] for at in range(0, len(pairs), _CHUNK)]
    found: Iterable[bytes] = Parallel(n_jobs=jobs, return_as="generator")(
        delayed(_read_chunk)(chunk) for chunk in chunks
    )
    rows: list[Row | None] = []
    for chunk, content in zip(chunks, found, strict=True):
        rows += parse(content)
        done(len(chunk))
    return rows


def _read_chunk(chunk: Sequence[tuple[str, str]]) -> bytes:
    return dump([_read_row(text, language) for text, language in chunk])


def _read_row(text: str, language: str) -> Row | None:
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
        np.arange(len(masked), dtype=np.int32),
        capital,
        reading.tokens.n_words,
        sum(form is not None and form[0] != "<" for form in masked),
        reading.style,
    )


@dataclass(frozen=True)
class Counts:
    """Occurrences of terms: ``matrix[row, term]``."""

    terms: npt.NDArray[np.object_]
    matrix: csr_array


def count_terms(rows: Sequence[Row], least: int, also: Iterable[str] = ()) -> Counts:
    """Count all terms that stand in `least` rows or more, names aside.

    A fit on some of the rows looks at those rows' own frequencies again (`frequent`), so that a
    term known from held-out rows alone is never used.

    Parameters
    ----------
    rows
        Readings.
    least
        Least number of rows.
    also
        Terms that are counted however rare they are.
    """
    names = names_of(rows).difference(also)
    terms = sorted({*_in_rows(rows, names, least), *also})
    number = {term: i for i, term in enumerate(terms)}
    # 32-bit numbers: liblinear takes no others, and they last for 2,000 million occurrences.
    columns, times, ends = array("i"), array("f"), array("i", [0])
    for row in _forms(rows, names):
        counted = Counter(number[term] for term in ngrams(row) if term in number)
        own = sorted(counted)
        columns.extend(own)
        times.extend(counted[column] for column in own)
        ends.append(len(columns))
    matrix = csr_array(
        (np.asarray(times), np.asarray(columns), np.asarray(ends)), shape=(len(rows), len(terms))
    )
    return Counts(np.array(terms, dtype=object), matrix)


def _forms(rows: Iterable[Row], names: AbstractSet[str]) -> Iterator[list[str | None]]:
    """Yield the masked forms of each row, names aside."""
    own: Sequence[str | None] = ()
    for row in rows:
        if row.forms is not own:
            own = row.forms
            nameless = [None if form in names else form for form in own]
        yield row.named(nameless)


def _in_rows(rows: Sequence[Row], names: AbstractSet[str], least: int) -> list[str]:
    """Return the terms that stand in `least` rows or more.

    All terms by name would not fit in memory: they are first counted by hash, in which no count is
    too small, and those alone by name that this leaves.
    """
    by_hash = np.zeros(_BUCKETS, dtype=np.uint32)
    for row in _forms(rows, names):
        by_hash[_buckets(list(set(ngrams(row))))] += 1
    documents: Counter[str] = Counter()
    for row in _forms(rows, names):
        terms = list(set(ngrams(row)))
        often = by_hash[_buckets(terms)] >= least
        documents.update(terms[at] for at in np.flatnonzero(often).tolist())
    return [term for term, count in documents.items() if count >= least]


def _buckets(terms: Sequence[str]) -> npt.NDArray[np.int64]:
    return np.fromiter(map(hash, terms), np.int64, len(terms)) & (_BUCKETS - 1)


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
