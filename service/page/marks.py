"""Evidence on the text it is about: segments that never overlap, safe to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from krynica.classifier.answer import Evidence

_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
"""Between two paragraphs: a blank line at least."""

_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufff9-\ufffc\U000e0000-\U000e0fff\ud800-\udfff]"
)
"""Characters that command a screen, turn the direction of writing or hide: shown by number."""


@dataclass(frozen=True)
class Segment:
    """A stretch of text under the same evidence.

    Parameters
    ----------
    text
        Its characters, odd ones by their numbers.
    phrase
        Number of the phrase it belongs to; None for none.
    passage
        Number of the passage, likewise.
    begins_phrase, begins_passage
        Whether it is the first of that phrase, of that passage.
    """

    text: str
    phrase: int | None = None
    passage: int | None = None
    begins_phrase: bool = False
    begins_passage: bool = False


def paragraphs(text: str, evidence: Mapping[int, Evidence]) -> list[list[Segment]]:
    """Cut a text into paragraphs of segments.

    Where phrases overlap, the shortest has the place, so that none hides another; likewise of
    passages. Every character of the text but the blank lines between paragraphs is in exactly
    one segment.

    Parameters
    ----------
    text
        The text that the evidence's offsets point into.
    evidence
        What is to be marked, by number.
    """
    phrase = _owners(len(text), evidence, "phrase")
    passage = _owners(len(text), evidence, "passage")
    seen: set[int] = set()
    found = []
    for start, end in _paragraphs(text):
        segments = []
        for a, b in _runs(start, end, phrase, passage):
            here = phrase[a], passage[a]
            segments.append(
                Segment(
                    visible(text[a:b]),
                    here[0],
                    here[1],
                    here[0] is not None and here[0] not in seen,
                    here[1] is not None and here[1] not in seen,
                )
            )
            seen.update(number for number in here if number is not None)
        found.append(segments)
    return found


def visible(text: str) -> str:
    """Return a text with odd characters by their numbers, such as ⟨U+202E⟩."""
    return _ODD.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def one_line(text: str) -> str:
    """Return a text made visible on one line: for titles, names and quotations."""
    return visible(" ".join(text.split()))


def _owners(length: int, evidence: Mapping[int, Evidence], kind: str) -> list[int | None]:
    """Return for each character the number of the evidence of a kind that has its place."""
    owners: list[int | None] = [None] * length
    spans = [
        (item.end - item.start, -abs(item.weight), number, item.start, item.end)
        for number, item in evidence.items()
        if item.kind == kind and item.start is not None and item.end is not None
    ]
    for _, _, number, start, end in sorted(spans, reverse=True):
        owners[start:end] = [number] * (min(end, length) - min(start, length))
    return owners


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where paragraphs begin and end, without the blank lines around them."""
    at = len(text) - len(text.lstrip("\n"))
    end = len(text.rstrip())
    for match in _BREAK.finditer(text, at, end):
        yield at, match.start()
        at = match.end()
    if at < end:
        yield at, end


def _runs(
    start: int, end: int, phrase: list[int | None], passage: list[int | None]
) -> Iterator[tuple[int, int]]:
    at = start
    for i in range(start + 1, end + 1):
        if i == end or phrase[i] != phrase[at] or passage[i] != passage[at]:
            yield at, i
            at = i
