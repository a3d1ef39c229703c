"""Texts made by sampling and perturbing others, for benchmarks that need many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


def perturbed(
    texts: Sequence[str], rows: int, replaced: float = 0.1, seed: int = 0
) -> Iterator[str]:
    """Yield texts of which no two are near-repeats.

    A tenth of the sentences go, the others change places, and a share of the words give way to
    others of the same text.

    Parameters
    ----------
    texts
        Texts to sample from.
    rows
        Number of texts to make.
    replaced
        Share of words that give way.
    seed
        Of the drawing.
    """
    generator = np.random.default_rng(seed)
    for _ in range(rows):
        sentences = _SENTENCE.split(texts[generator.integers(len(texts))])
        kept = [one for one in sentences if generator.random() < 0.9] or sentences
        words = " ".join(kept[at] for at in generator.permutation(len(kept))).split(" ")
        for at in np.flatnonzero(generator.random(len(words)) < replaced).tolist():
            words[at] = words[generator.integers(len(words))]
        yield " ".join(words)
