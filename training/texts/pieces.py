"""Occurrences of the screen's terms in texts, counted as `classifier.screen` finds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from joblib import Parallel, delayed
from scipy.sparse import csr_array

from krynica.classifier.arrays import IntArray
from krynica.classifier.article import Article
from krynica.classifier.reading import begin
from krynica.classifier.screen import piece
from krynica.training.texts.rows import Counts

_CHUNK = 400


def count_pieces(
    texts: Sequence[str],
    languages: Sequence[str],
    least: int,
    jobs: int = -1,
    *,
    done: Callable[[int], object] = lambda _: None,
) -> tuple[Counts, IntArray]:
    """Count pieces and pairs of neighbours that stand in `least` texts or more.

    Parameters
    ----------
    texts, languages
        Texts that can be read, and the language of each.
    least
        Least number of texts.
    jobs
        Processes; -1 for one a core.
    done
        Called with a number of texts whenever so many more are read.

    Returns
    -------
    tuple
        The counts, and how many pieces each text has in all.
    """
    pairs = list(zip(texts, languages, strict=True))
    chunks = [pairs[at : at + _CHUNK] for at in range(0, len(pairs), _CHUNK)]
    number: dict[str, int] = {}
    rows: list[IntArray] = []
    for chunk in Parallel(n_jobs=jobs, return_as="generator")(
        delayed(_pieces_of)(chunk) for chunk in chunks
    ):
        for pieces in chunk:
            found = (number.setdefault(one, len(number)) for one in pieces)
            rows.append(np.fromiter(found, np.int64, len(pieces)))
        done(len(chunk))
    # A piece is a key below `size`; a pair is one above: (first + 1) * size + second.
    size = max(len(number), 1)
    keys = [np.concatenate([row, (row[:-1] + 1) * size + row[1:]]) for row in rows]
    counted = [np.unique(key, return_counts=True) for key in keys]
    every, texts_of = np.unique(
        np.concatenate([[], *(key for key, _ in counted)]), return_counts=True
    )
    kept = every[texts_of >= least].astype(np.int64)
    matrix = _matrix(counted, kept)
    names = np.array([*number, ""], dtype=object)
    first, second = kept // size - 1, kept % size
    terms = [
        str(names[two]) if one < 0 else f"{names[one]} {names[two]}"
        for one, two in zip(first.tolist(), second.tolist(), strict=True)
    ]
    lengths = np.array([len(row) for row in rows], dtype=np.int64)
    return Counts(np.array(terms, dtype=object), matrix), lengths


def _matrix(counted: Sequence[tuple[IntArray, IntArray]], kept: IntArray) -> csr_array:
    columns, times, ends = [], [], [0]
    last = np.append(kept, np.iinfo(np.int64).max)
    for key, count in counted:
        at = np.searchsorted(kept, key)
        there = last[at] == key
        columns.append(at[there].astype(np.int32))
        times.append(count[there].astype(np.float32))
        ends.append(ends[-1] + int(there.sum()))
    data = np.concatenate([np.zeros(0, np.float32), *times])
    indices = np.concatenate([np.zeros(0, np.int32), *columns])
    return csr_array(
        (data, indices, np.array(ends, dtype=np.int32)), shape=(len(counted), len(kept))
    )


def _pieces_of(chunk: Sequence[tuple[str, str]]) -> list[list[str]]:
    return [
        [piece(word) for word in begin(Article(text, language=language)).tokens.words]
        for text, language in chunk
    ]
