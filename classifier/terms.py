"""Words, stems and pairs of words as numbered features, found without a Python loop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from krynica.classifier.arrays import IntArray
from krynica.classifier.masking import NAME, Masked
from krynica.classifier.vocabulary import Column, Vocabulary

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
        alone, pairs = [], []
        for feature, term in enumerate(self.terms):
            first, _, second = term.partition(" ")
            if second:
                pairs.append((first, second, feature))
            else:
                alone.append((term, feature))
        self._alone = dict(alone)
        self._firsts = _numbered(first for first, _, _ in pairs)
        self._seconds = _numbered(second for _, second, _ in pairs)
        n = len(self._seconds)
        keys = [self._firsts[first] * n + self._seconds[second] for first, second, _ in pairs]
        order = np.argsort(np.array(keys, dtype=np.int64))
        # The last key is above all others, so that a place among the keys is always one of them.
        self._keys = np.append(np.array(keys, dtype=np.int64)[order], np.iinfo(np.int64).max)
        self._pairs = np.array([feature for _, _, feature in pairs], dtype=np.int64)[order]
        self._column = Column(self._rows, 4)

    def _rows(self, _: Vocabulary, forms: list[str]) -> Iterator[int]:
        """Yield each form's feature, its stem's, and its numbers in pairs; -1 for none."""
        for form in forms:
            yield self._alone.get(form, -1)
            yield self._alone.get(stem(form), -1)
            yield self._firsts.get(form, -1)
            yield self._seconds.get(form, -1)

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
        forms = masked if isinstance(masked, Masked) else Masked.of(masked)
        name = forms.numbers == forms.vocabulary.number(NAME)
        # Of a run of names the first is kept: it neighbours what follows the run.
        name[1:] &= name[:-1]
        name[:1] = False
        place = np.flatnonzero(~name)
        word, stems, begins, ends = self._column.of(forms.vocabulary, forms.numbers[place])
        single, stemmed = np.flatnonzero(word >= 0), np.flatnonzero(stems >= 0)
        pair = np.flatnonzero((begins[:-1] >= 0) & (ends[1:] >= 0))
        keys = begins[pair].astype(np.int64) * len(self._seconds) + ends[pair + 1]
        at = np.searchsorted(self._keys, keys)
        hit = self._keys[at] == keys
        pair = pair[hit]
        feature = np.concatenate([word[single], stems[stemmed], self._pairs[at[hit]]])
        first = np.concatenate([place[single], place[stemmed], place[pair]])
        last = np.concatenate([place[single], place[stemmed], place[pair + 1]])
        return feature, first, last


def _numbered(words: Iterable[str]) -> dict[str, int]:
    """Give words numbers in the order in which they first come."""
    return {word: number for number, word in enumerate(dict.fromkeys(words))}
