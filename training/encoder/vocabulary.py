"""The encoder's tokeniser, cut down to the pieces that the program's languages use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from krynica.training.encoder.weights import Weights

_SHORT = re.compile("▁?[\u0021-\u024f\u0400-\u052f\u2010-\u20bf]{1,2}")
"""Pieces that are kept whether the texts use them or not, Latin and Cyrillic letters and marks: any
word can be spelled with them."""


def tokeniser(pieces: Sequence[str], scores: Sequence[float], unk: int) -> Tokenizer:
    """Return a unigram tokeniser, normalising as the published one does.

    Parameters
    ----------
    pieces, scores
        The vocabulary.
    unk
        Number of the piece that stands for the unknown.
    """
    made = Tokenizer(models.Unigram(list(zip(pieces, scores, strict=True)), unk_id=unk))
    made.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    return made


def used(weights: Weights, texts: Iterable[Sequence[str]]) -> npt.NDArray[np.int64]:
    """Return the pieces to keep, ascending: special ones, those that texts use, and all letters.

    Parameters
    ----------
    weights
        With the whole vocabulary.
    texts
        Batches of texts that may be learned from; their labels are not looked at.
    """
    whole = tokeniser(weights.pieces, weights.scores, weights.unk)
    keep = np.zeros(len(weights.pieces), dtype=bool)
    keep[[weights.bos, weights.eos, weights.pad, weights.unk]] = True
    for at, piece in enumerate(weights.pieces):
        keep[at] |= piece == "▁" or _SHORT.fullmatch(piece) is not None
    for batch in texts:
        for coded in whole.encode_batch(list(batch)):
            keep[coded.ids] = True
    return np.flatnonzero(keep)
