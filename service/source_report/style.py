"""How an outlet writes beside newsrooms: the measures that stand outside most, in words."""

from __future__ import annotations

import numpy as np

from krynica.classifier.arrays import FloatArray
from krynica.classifier.comparison import compare
from krynica.classifier.measures import MEASURES
from krynica.classifier.parameters import Usual
from krynica.classifier.sentence import Sentence

MOST = 5
_WORDS, _SENTENCES = 1_000, 100
"""Rates are told as counts in a text of this length."""


def unusual(usual: Usual, mean: FloatArray) -> list[Sentence]:
    """Say which measures lie outside of what is usual in newsrooms.

    Parameters
    ----------
    usual
        What is usual in the language.
    mean
        Mean of each measure over an outlet's articles, shape (n_measures,).

    Returns
    -------
    list of Sentence
        At most `MOST` sentences, the farthest outside first, in widths of the usual range.
    """
    low, high = usual.low, usual.high
    mean = mean[: len(low)]  # newer measures are not known to the model
    outside = np.maximum(low - mean, mean - high) / np.maximum(high - low, 1e-9)
    says: list[Sentence] = []
    for at in np.argsort(-outside, kind="stable").tolist():
        bounds = float(low[at]), float(high[at])
        compared = compare(MEASURES[at], float(mean[at]), bounds, _WORDS, _SENTENCES)
        if compared.stands_out:
            says.append(compared.note)
    return says[:MOST]
