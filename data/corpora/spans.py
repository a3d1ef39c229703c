"""Marks on characters of an article to labels of its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")


@dataclass(frozen=True, slots=True)
class Span:
    """A fragment that somebody marked.

    Parameters
    ----------
    start, end
        In characters (code points) of the article; the end is the first that is not marked.
    technique
        What it is marked for.
    """

    start: int
    end: int
    technique: str


def paragraphs(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give each line that is not blank with the techniques of the fragments that reach into it.

    A fragment over several lines marks each of them: it was marked as one, and a paragraph read
    alone is no less persuasive for where its fragment began.

    Yields
    ------
    text : str
        Without blanks around it.
    techniques : tuple of str
        Each once, in the order of their fragments.
    """
    for line in _LINE.finditer(text):
        inside = [span for span in spans if span.start < line.end() and span.end > line.start()]
        names = dict.fromkeys(span.technique for span in sorted(inside, key=lambda s: s.start))
        yield line[0].strip(), tuple(names)
