"""Words by number, so that a whole text is looked up in one step of NumPy.

Most words of a text were met before. Each word has a number; what a module computes of a word is
a row of its `Column`, computed once, and the rows of all words of a text are taken at a time.
Nothing that comes out depends on which words were met before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np

from krynica.classifier.arrays import IntArray, RowArray

NO_WORD = 0
"""Number of the empty string, which is no word."""
_UNKNOWN = np.iinfo(np.int32).min
_LEAST = 4096
"""Rows with which a column begins; it is doubled where they do not do."""


class Vocabulary:
    """Words and their numbers. It only grows: who must not grow with it begins a new one.

    May be used by several threads at a time.
    """

    def __init__(self) -> None:
        self.words: list[str] = [""]
        self._numbers = {"": NO_WORD}
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many words have a number."""
        return len(self.words)

    def number(self, word: str) -> int:
        """Return the number of a word."""
        number = self._numbers.get(word)
        return int(self.numbers([word])[0]) if number is None else number

    def numbers(self, words: Sequence[str]) -> IntArray:
        """Return the numbers of words; new words get one."""
        numbers = np.fromiter(
            map(self._numbers.get, words, repeat(-1)), dtype=np.int64, count=len(words)
        )
        new = np.flatnonzero(numbers < 0).tolist()
        if new:
            with self._lock:
                numbers[new] = [self._add(words[at]) for at in new]
        return numbers

    def _add(self, word: str) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = len(self.words)
            self.words.append(word)  # first, so that a number that is found has its word
            self._numbers[word] = number
        return number

    def spell(self, numbers: IntArray) -> list[str]:
        """Return the words of numbers."""
        return list(map(self.words.__getitem__, numbers.tolist()))


Compute = Callable[[Vocabulary, list[str]], Iterable[int]]
"""Computes a row of small integers for each of some words; gives one row after the other."""


class Column:
    """What is computed of a word, for every vocabulary that is in use.

    Parameters
    ----------
    compute
        Function of words alone, asked once for each, in no certain order.
    width
        Integers in a row.
    """

    def __init__(self, compute: Compute, width: int) -> None:
        self._compute = compute
        self._width = width
        self._rows: WeakKeyDictionary[Vocabulary, RowArray] = WeakKeyDictionary()
        self._lock = Lock()

    def of(self, vocabulary: Vocabulary, numbers: IntArray) -> RowArray:
        """Return the rows of words as columns, shape (width, n_words)."""
        rows = self._rows.get(vocabulary)
        if rows is None or len(rows) < len(vocabulary):
            with self._lock:
                rows = self._room(vocabulary)
        found = rows.take(numbers, axis=0)
        missing = np.flatnonzero(found[:, 0] == _UNKNOWN)
        if len(missing):
            found[missing] = self._fill(vocabulary, numbers[missing])
        return found.T

    def _fill(self, vocabulary: Vocabulary, numbers: IntArray) -> RowArray:
        """Compute the rows of words that were unknown a moment ago."""
        new = list(dict.fromkeys(numbers.tolist()))
        with self._lock:
            rows = self._room(vocabulary)
            words = [vocabulary.words[number] for number in new]
            computed = np.fromiter(self._compute(vocabulary, words), dtype=np.int32)
            computed = computed.reshape(-1, self._width)
            rows[new, 1:] = computed[:, 1:]
            rows[new, 0] = computed[:, 0]  # last: it tells other threads that the row is there
            return rows.take(numbers, axis=0)

    def _room(self, vocabulary: Vocabulary) -> RowArray:
        """Return the rows, as many as there are words; those not computed are unknown."""
        rows = self._rows.get(vocabulary)
        if rows is None:
            rows = np.empty((0, self._width), dtype=np.int32)
        self._rows[vocabulary] = rows = with_room(rows, len(vocabulary))
        return rows


def with_room(rows: RowArray, size: int) -> RowArray:
    """Return rows, shape (n, width), with room for so many; far more than asked where it grows."""
    have = len(rows)
    if have >= size:
        return rows
    more = max(size, 2 * have, _LEAST) - have
    return np.pad(rows, ((0, more), (0, 0)), constant_values=_UNKNOWN)
