"""Texts that are the same, or nearly: told by sketches of their word shingles.

The sketch is the bottom-k of Broder 1997, "On the resemblance and containment of documents": two
texts of resemblance *r* (the share of shingles that both have among those that either has) share
about the part *r* of the smallest hashes of their shingles.
"""

from __future__ import annotations

import hashlib
import re

import numpy as np
import pandas as pd

from krynica.classifier.arrays import Hashes

SHINGLE = 5
"""Words a shingle."""
SKETCH = 32
"""Hashes kept of each text."""
BANDS = 8
"""Keys of a sketch, each made of two of its minima. Sketches of texts of resemblance .9 have one
of about .83 themselves, so that they share no key but once in 10,000 times (1 - .83² to the
eighth); sketches that have little in common seldom share one."""
REPEAT = 0.9
"""Least resemblance of a text and its repeat: about one word in a hundred differs. With 32 hashes
it is told to within .05. Of copies of real articles that are taken for repeats, 19 in 20 have a
probability within .04 of the original's, and 1 in 100 another verdict (`benchmarks/repeats.py`);
a looser bound would answer texts with what was said of others."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_MASKS = np.arange(1, 2 * BANDS + 1, dtype=np.uint64) * np.uint64(0xD1342543DE82EF95)


def fingerprint(text: str) -> tuple[int, Hashes]:
    """Return what a text is known again by, word for word and nearly.

    Returns
    -------
    number : int
        Of 64 bits, for its words in their order. Texts that differ in case, spacing and
        punctuation alone have the same; others have another but by a chance of 2 to the power of
        -64, unlike those of `text_hash`.
    sketch : ndarray of uint64
        As `sketch` gives it.
    """
    words = _words(text)
    digest = hashlib.blake2b("\n".join(words).encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "big"), _smallest(_hashes(words))


def sketch(text: str) -> Hashes:
    """Return the smallest hashes of a text's shingles, ascending, at most `SKETCH`."""
    return _smallest(_hashes(_words(text)))


def band_keys(sketch: Hashes) -> Hashes:
    """Return numbers of which texts that are nearly the same very likely share one.

    Parameters
    ----------
    sketch
        Of a text.

    Returns
    -------
    ndarray of uint64, shape (BANDS,)
    """
    with np.errstate(over="ignore"):
        least = ((sketch[None, :] ^ _MASKS[:, None]) * _SPREAD).min(axis=1)
        bands = np.arange(1, BANDS + 1, dtype=np.uint64)
        keys: Hashes = (least[::2] * _SPREAD) ^ (least[1::2] + bands)
    return keys


def nearly_repeats(one: Hashes, other: Hashes) -> bool:
    """Tell from their sketches whether two texts are nearly the same.

    Of the smallest hashes of both together, the share that both have estimates the resemblance.

    Examples
    --------
    >>> first, second = "The council met on Monday.", "The council MET, on Monday"
    >>> nearly_repeats(sketch(first), sketch(second))
    True
    >>> nearly_repeats(sketch(first), sketch("Nobody came to the second meeting."))
    False
    """
    either = np.union1d(one, other)[:SKETCH]
    both = np.intersect1d(one, other, assume_unique=True)
    return bool(np.isin(either, both, assume_unique=True).sum() >= REPEAT * len(either))


def text_hash(text: str) -> int:
    """Return a number that stands for a text whatever its case, spacing and punctuation.

    Models keep it of the texts that they learned from. It is a sum over places: some texts in
    which words change places have the same.
    """
    hashes = _hashes(_words(text))
    weights = np.arange(1, 2 * len(hashes), 2, dtype=np.uint64)
    with np.errstate(over="ignore"):
        return int((hashes * weights).sum(dtype=np.uint64))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold()) or [text]


def _hashes(words: list[str]) -> Hashes:
    return pd.util.hash_array(np.array(words, dtype=object), categorize=False)


def _smallest(hashes: Hashes) -> Hashes:
    """Return the sketch of words' hashes."""
    size = min(SHINGLE, len(hashes))
    windows = np.lib.stride_tricks.sliding_window_view(hashes, size)
    odd = np.array([2 * i + 3 for i in range(size)], dtype=np.uint64)
    with np.errstate(over="ignore"):
        mixed = (windows * odd * _SPREAD).sum(axis=1, dtype=np.uint64)
    least: Hashes = np.unique(mixed ^ (mixed >> np.uint64(29)))[:SKETCH]
    return least
