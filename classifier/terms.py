"""Words, stems and pairs of words as numbered features, found without a Python loop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from classifier.masking import NAME
from classifier.memo import Memo

IntArray = npt.NDArray[np.int64]

STEM = 4
"""Letters of a stem. Beginnings of words stand for a lemmatiser, which costs more than all else
together: on marked passages 4 letters beat none, 5 and 6 (docs/experiments.md)."""


def ngrams(masked: Sequence[str | None]) -> Iterator[str]:
    """Yield each word, each word's stem (``"stem*"``), and each pair of neighbours.

    Punctuation (None) parts neighbours. A run of names counts as one, so that "President
    Anna Maria Smith" and "Smith" look alike. Placeholders have no stem.
    """
    before: str | None = None
    for form in masked:
        if form is not None and not (form == NAME and before == NAME):
            yield form
            if form[0] != "<":
                yield stem(form)
            if before is not None:
                yield f"{before} {form}"
        before = form


def stem(form: str) -> str:
    """Return the term that stands for all words that begin like this one."""
    return form[:STEM] + "*"


def is_word(term: str) -> bool:
    """Tell whether a term is a single whole word, and no placeholder."""
    return " " not in term and term[0] != "<" and term[-1] != "*"


class TermIndex:
    """A fixed list of terms, found in masked texts by binary search.

    Parameters
    ----------
    terms
        Terms as `ngrams` yields them, without repeats. A term's place in this list is its
        feature number.
    """

    def __init__(self, terms: Sequence[str]) -> None:
        self.terms = tuple(terms)
        parts = [term.split(" ") for term in self.terms]
        heads = dict.fromkeys(word for part in parts for word in part)
        self._ids = {word: i for i, word in enumerate(heads)}
        self._base = len(self._ids) + 1
        keys = np.array([self._key(part) for part in parts], dtype=np.int64)
        self._feature = np.argsort(keys, kind="stable")
        self._keys = keys[self._feature]
        get = self._ids.get
        # Of each word: its own number, and its stem's. -1: in no term.
        self._words = Memo(lambda form: (get(form, -1), get(stem(form), -1)))

    def _key(self, part: Sequence[str]) -> int:
        second = self._ids[part[1]] + 1 if len(part) > 1 else 0
        return self._ids[part[0]] * self._base + second

    def find(self, masked: Sequence[str | None]) -> tuple[IntArray, IntArray, IntArray]:
        """Find all occurrences of the terms.

        Parameters
        ----------
        masked
            Masked forms of the tokens of a text, as `classifier.masking.mask` gives them.

        Returns
        -------
        feature, first, last : ndarray of int64, shape (n_occurrences,)
            The feature's number, and the places of its first and last token.
        """
        words = self._words
        ids = np.array(
            [_PUNCTUATION if form is None else words[form] for form in masked], dtype=np.int64
        ).reshape(-1, 2)
        place = np.arange(len(ids))
        name = self._ids.get(NAME)
        if name is not None and len(ids):
            # Of a run of names the first is kept: it neighbours what follows the run.
            run = np.zeros(len(ids), dtype=bool)
            run[1:] = (ids[1:, 0] == name) & (ids[:-1, 0] == name)
            ids, place = ids[~run], place[~run]
        word, stems = ids[:, 0], ids[:, 1]
        single, stemmed = np.flatnonzero(word >= 0), np.flatnonzero(stems >= 0)
        pair = np.flatnonzero((word[:-1] >= 0) & (word[1:] >= 0))
        keys = np.concatenate(
            [
                word[single] * self._base,
                stems[stemmed] * self._base,
                word[pair] * self._base + word[pair + 1] + 1,
            ]
        )
        first = np.concatenate([place[single], place[stemmed], place[pair]])
        last = np.concatenate([place[single], place[stemmed], place[pair + 1]])
        if not len(self._keys):
            return keys[:0], first[:0], last[:0]
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        hit = self._keys[at] == keys
        return self._feature[at[hit]], first[hit], last[hit]


_PUNCTUATION = (-2, -2)
