"""What is remembered of texts and of keys in place of them, and how a database keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Self

import numpy as np
from numpy.typing import NDArray

from krynica.data.corpus.duplicates import band_keys, fingerprint, nearly_repeats

LEAST_WORDS = 20
"""Words that a text needs to be nearly the same as another; a shorter one is the same or is not."""


@dataclass(frozen=True)
class Fingerprint:
    """What is remembered of a text in place of the text.

    Parameters
    ----------
    hash
        Of its words.
    sketch
        Of its word shingles, shape (n,), uint64, or None where none is wanted.
    """

    hash: int
    sketch: NDArray[np.uint64] | None

    @classmethod
    def of(cls, text: str) -> Self:
        """Take the fingerprint of a text."""
        number, sketch = fingerprint(text)
        return cls(number, sketch if len(text.split()) >= LEAST_WORDS else None)

    @property
    def blob(self) -> bytes | None:
        """The sketch as a database keeps it."""
        return None if self.sketch is None else self.sketch.astype("<u8").tobytes()

    @property
    def bands(self) -> list[int]:
        """Signed numbers of which a text that is nearly the same very likely shares one."""
        return [] if self.sketch is None else [signed(int(key)) for key in band_keys(self.sketch)]

    def nearest(self, kept: Iterable[tuple[int, bytes]]) -> int | None:
        """Return the number of the first of kept sketches that is nearly the same, or None."""
        if self.sketch is None:
            return None
        for number, blob in kept:
            if nearly_repeats(np.frombuffer(blob, "<u8").astype(np.uint64), self.sketch):
                return number
        return None


def digest(key: str) -> bytes:
    """Return what is kept of a key."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def signed(number: int) -> int:
    """Return an unsigned number of 64 bits as SQLite can keep it."""
    return number - (1 << 64) if number >= 1 << 63 else number
