"""Which rows of a table repeat an earlier one, so that a text is scored once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from krynica.classifier.arrays import Hashes
from krynica.classifier.errors import KrynicaError
from krynica.classifier.titles import joined
from krynica.data.corpus.duplicates import BANDS, SKETCH, band_keys, fingerprint, nearly_repeats
from krynica.service.rows import Row, article_of

if TYPE_CHECKING:
    from krynica.classifier.article import Article

WIDTH = 1 + BANDS + SKETCH
"""Numbers that stand for a text: its hash, its keys, its sketch; all 0 where there is no text."""
ONCE = -1
"""Stands for the earlier row of a row that repeats none."""


def fingerprints(rows: Sequence[Row]) -> Hashes:
    """Return what stands for the texts of some rows, shape (n_rows, WIDTH)."""
    table = np.zeros((len(rows), WIDTH), dtype=np.uint64)
    for at, row in enumerate(rows):
        try:
            table[at] = _fingerprint(article_of(row))
        except KrynicaError:
            continue
    return table


def _fingerprint(article: Article) -> Hashes:
    numbers = np.zeros(WIDTH, dtype=np.uint64)
    whole, sketch = fingerprint(joined(article.title, article.text))
    # A text that is told to be of another language is another article.
    language = hashlib.blake2b((article.language or "und").encode(), digest_size=8)
    told = np.uint64(int.from_bytes(language.digest(), "big"))
    numbers[0] = np.uint64(whole) ^ told
    numbers[1 : 1 + BANDS] = band_keys(sketch) ^ told
    numbers[1 + BANDS : 1 + BANDS + len(sketch)] = sketch
    return numbers


def repeats(keys: Hashes, sketch_of: Callable[[int], Hashes]) -> npt.NDArray[np.int64]:
    """Find the earlier row that each row repeats, word for word or nearly.

    A row is compared with the first of all that share a key with it, and with the row that this
    one repeats: eight comparisons a row however many share a key, and the same answer whoever
    reads the table in whatever pieces. A row that only resembles a later member is not found.

    Parameters
    ----------
    keys
        The first ``1 + BANDS`` numbers of `fingerprints`, shape (n_rows, 1 + BANDS).
    sketch_of
        Gives the sketch of a row, zeros at its end left out.

    Returns
    -------
    ndarray of int64, shape (n_rows,)
        Number of the earlier row, which repeats none itself; `ONCE` for all others.
    """
    earlier = np.full(len(keys), ONCE, dtype=np.int64)
    there = np.flatnonzero(keys[:, 0])
    first, same = _first_of_its_kind(keys[there, 0])
    earlier[there[~same]] = there[first[~same]]
    fresh = there[same]
    meets = np.stack(
        [fresh[_first_of_its_kind(keys[fresh, 1 + band])[0]] for band in range(BANDS)], axis=1
    )
    for at in np.flatnonzero((meets < fresh[:, None]).any(axis=1)).tolist():
        row = int(fresh[at])
        for other in dict.fromkeys(sorted(meets[at].tolist())):
            head = other if earlier[other] == ONCE else int(earlier[other])
            if head < row and nearly_repeats(sketch_of(row), sketch_of(head)):
                earlier[row] = head
                break
    copies = np.flatnonzero(earlier != ONCE)
    heads = earlier[earlier[copies]]
    earlier[copies] = np.where(heads == ONCE, earlier[copies], heads)
    return earlier


def _first_of_its_kind(values: Hashes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return for each value the place where it first stands, and whether that is here."""
    _, first, number = np.unique(values, return_index=True, return_inverse=True)
    where = first[number].astype(np.int64)
    return where, where == np.arange(len(values))
