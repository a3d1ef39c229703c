"""Whose voice words are in: the author's, or somebody else's whom the text quotes."""

from __future__ import annotations

import re

import numpy as np

from krynica.classifier.arrays import BoolArray, IntArray
from krynica.classifier.tokens import Tokens

_LONGEST = 2_000
"""Characters of a quotation: one that goes on for longer was never closed."""

# Each kind begins with its mark: re looks for these characters and nothing else. What follows
# the mark is never given back, so that a mark that nothing closes costs one look.
_QUOTED = re.compile(
    # One quotation may stand inside another of the same marks.
    rf"«(?:[^«»]|«[^«»]{{1,{_LONGEST}}}»){{1,{_LONGEST}}}+»"
    # Where a quotation goes on in a new paragraph, that opens anew and the one before has no end.
    rf"|“[^“”]{{1,{_LONGEST}}}+(?:”|(?<=\n)(?=“))"
    rf"|„[^„“”]{{1,{_LONGEST}}}+[“”]"
    # A single mark is an apostrophe too, where letters stand on both sides.
    rf"|‘(?<!\w‘)(?:[^‘’\n]|(?<=\w)’(?=\w)){{1,{_LONGEST}}}+’"
    rf"|\"(?<!\w\")[^\"\n]{{1,{_LONGEST}}}+\""
)


def quotations(text: str) -> IntArray:
    """Find what stands inside quotation marks.

    Parameters
    ----------
    text
        A clean text.

    Returns
    -------
    ndarray of int64, shape (n_quotations, 2)
        Begin and end of each, the marks among it, in code points; in order, none inside another.
    """
    spans = [match.span() for match in _QUOTED.finditer(text)]
    return np.array(spans, dtype=np.int64).reshape(-1, 2)


def inside(tokens: Tokens, spans: IntArray) -> BoolArray:
    """Tell which tokens stand inside one of the spans that `quotations` returns."""
    if not len(spans):
        return np.zeros(len(tokens.start), dtype=np.bool_)
    span = np.searchsorted(spans[:, 0], tokens.start, side="right") - 1
    within: BoolArray = (span >= 0) & (tokens.start < spans[span, 1])
    return within


def in_sentences(tokens: Tokens, at: IntArray) -> BoolArray:
    """Tell which tokens stand in the same sentence as one of the tokens of given numbers."""
    return np.isin(tokens.sentence, tokens.sentence[at])
