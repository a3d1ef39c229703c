"""Passages of a text as windows that the encoder reads, so that every token keeps its passage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from krynica.classifier.arrays import IntArray

LONGEST = 320
"""Most tokens of a text in one window, the frame aside. The encoder was tuned with windows of this
length (`training.encoder`), and knows no place beyond 512."""


@dataclass(frozen=True)
class Window:
    """A run of whole passages that the encoder reads at once.

    Parameters
    ----------
    ids
        Numbers of its tokens, shape (n_tokens,), without the frame that the encoder puts around.
    passage
        Passage that each token belongs to, shape (n_tokens,).
    """

    ids: IntArray
    passage: IntArray


def windows(passages: Sequence[Sequence[int]], longest: int = LONGEST) -> list[Window]:
    """Group passages into windows of about the same length.

    Passages stay whole, but for one that is longer than a window. Windows are as few as they can
    be, and even: a text a little too long for one window makes two halves, no crumb.

    Parameters
    ----------
    passages
        Numbers of the tokens of each passage.
    longest
        Most tokens of a window.

    Returns
    -------
    list of Window
        None for a text without tokens.
    """
    parts = list(_parts(passages, longest))
    total = sum(len(ids) for _, ids in parts)
    if not total:
        return []
    even = total / ceil(total / longest)
    groups: list[list[tuple[int, Sequence[int]]]] = [[]]
    held = done = 0
    for number, ids in parts:
        # Past the middle of the part that would cross the even border, a new window begins.
        full = done + held + len(ids) / 2 > even * len(groups)
        if held and (held + len(ids) > longest or full):
            groups.append([])
            done, held = done + held, 0
        groups[-1].append((number, ids))
        held += len(ids)
    return [_window(group) for group in groups]


def _parts(passages: Sequence[Sequence[int]], longest: int) -> Iterator[tuple[int, Sequence[int]]]:
    """Yield passages with their numbers, those longer than a window in pieces."""
    for number, ids in enumerate(passages):
        for at in range(0, len(ids), longest):
            yield number, ids[at : at + longest]


def _window(group: Sequence[tuple[int, Sequence[int]]]) -> Window:
    ids = np.concatenate([np.asarray(ids, dtype=np.int64) for _, ids in group])
    passage = np.repeat([number for number, _ in group], [len(ids) for _, ids in group])
    return Window(ids, passage.astype(np.int64))
