"""Corpus rows, read and counted once; every later fit picks rows and columns of what is here."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from joblib import Parallel, delayed
from scipy.sparse import csr_array

from krynica.classifier.article import Article
from krynica.classifier.errors import KrynicaError
from krynica.classifier.masking import NAME, mask
from krynica.classifier.reading import read
from krynica.classifier.terms import ngrams
from krynica.training.texts.readings import Row, dump, parse

Names = Mapping[str, frozenset[str]]
"""Words that are names, by language."""
_CHUNK = 400
_SMALL = 0.1
"""Greatest share of a name's places inside sentences where it is written small. In 9,352 readings
“Trump” has .002, “Bush” .015, “Лукашенко” .025 and “House” .1; “president” has .46, “moreover” and
“напомним” .6 and more. At .05 and .2 some forty words of 66,000 are judged otherwise in each
language, none of them a connective."""
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
    words = tokens.words
    capital = tokens.initial.copy()
    capital[capital] = [words[at][0].isupper() for at in np.flatnonzero(capital).tolist()]
    # Of a shouted word nobody can tell whether it is a name.
    shouted = np.array([len(word) > 1 and word.isupper() for word in words], dtype=bool)
    shown = np.array([_shown(form) for form in masked], dtype=bool)
    bare = list(mask(replace(tokens, initial=np.ones_like(tokens.initial)), reading.language))
    hidden = [b for b, m in zip(bare, masked, strict=True) if m == NAME and _shown(b)]
    return Row(
        [*masked, *hidden],
        np.arange(len(masked), dtype=np.int32),
        capital,
        shown & ~capital & ~shouted,
        np.arange(len(masked), len(masked) + len(hidden), dtype=np.int32),
        reading.language,
        reading.tokens.n_words,
        int(shown.sum()),
        reading.style,
    )


def _shown(form: str | None) -> bool:
    return form is not None and form[0] != "<"


@dataclass(frozen=True)
class Counts:
    """Occurrences of terms: ``matrix[row, term]``."""

    terms: npt.NDArray[np.object_]
    matrix: csr_array

    def take(self, rows: npt.NDArray[np.int64] | npt.NDArray[np.bool_]) -> Counts:
        """Return some of the rows."""
        return Counts(self.terms, self.matrix[rows])


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
    names = {code: own.difference(also) for code, own in names_of(rows).items()}
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


def _forms(rows: Iterable[Row], names: Names) -> Iterator[list[str | None]]:
    """Yield the masked forms of each row, names of its language aside."""
    own: Sequence[str | None] = ()
    nameless: dict[str, list[str | None]] = {}
    for row in rows:
        if row.forms is not own:
            own, nameless = row.forms, {}
        if row.language not in nameless:
            mine = names.get(row.language, frozenset())
            nameless[row.language] = [None if form in mine else form for form in own]
        yield row.named(nameless[row.language])


def _in_rows(rows: Sequence[Row], names: Names, least: int) -> list[str]:
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


def names_of(rows: Sequence[Row]) -> dict[str, frozenset[str]]:
    """Return the words of each language that are names, as far as their letters tell.

    Inside a sentence a name is masked for its capital; at its beginning every word has one, and a
    careless hand or a list of tags writes it small. So a word that is hardly ever written small
    where it stands inside sentences, masked places counted, is a name, or too rare to matter: no
    view may learn it, nor a stem or a pair of it. No label is looked at. A name of one language may
    be a word of another: each is judged by its own texts, of all tables.
    """
    counts: dict[str, tuple[Counter[str], Counter[str], Counter[str]]] = {}
    for row in rows:
        small, capital, hidden = counts.setdefault(row.language, (Counter(), Counter(), Counter()))
        for where, counter in ((row.small, small), (row.capital, capital)):
            counter.update(str(row.forms[at]) for at in row.number[where].tolist())
        hidden.update(str(row.forms[at]) for at in row.hidden.tolist())
    return {code: _names(*own) for code, own in counts.items()}


def _names(small: Counter[str], capital: Counter[str], hidden: Counter[str]) -> frozenset[str]:
    return frozenset(
        form
        for form in capital.keys() | hidden.keys()
        # One place may be a slip of the pen.
        if small[form] <= max(1.0, _SMALL * (small[form] + hidden[form]))
    )


def frequent(matrix: csr_array, least: int, most: int) -> npt.NDArray[np.int64]:
    """Return the columns that stand in `least` rows or more; of too many, the `most` frequent."""
    documents = np.bincount(matrix.indices, minlength=matrix.shape[1])
    columns = np.flatnonzero(documents >= least)
    if len(columns) > most:
        order = np.argsort(-documents[columns], kind="stable")[:most]
        columns = np.sort(columns[order])
    return columns
