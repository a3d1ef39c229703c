"""What was found of a page's article beside what the page shows; what was lost is taken back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from krynica.data.documents.finding.shown import Line

_SAME = 0.5
"""Share of the triples of neighbouring words by which a line is found in a text, as in
`data.extraction`."""
_LOST = 0.5
"""Share of the words of the lines of running text below which a text is clearly less than a page
shows. Of what stands around articles most is known by its classes and left out before; what is not
makes half of a page now and then. Chosen, not swept."""
_FEWEST = 50
"""Words that must be missing: a caption and a byline have fewer."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Compared:
    """The lines of a page beside the text that was found in it.

    Parameters
    ----------
    read, shown
        Words in lines of running text: those that the text has, and all.
    whole
        The text with the lines that are set like those that were found, or None where it has all.
    """

    read: int
    shown: int
    whole: str | None

    @property
    def is_less(self) -> bool:
        """Whether the text is clearly less than what the page shows."""
        return self.shown - self.read >= _FEWEST and self.read < _LOST * self.shown


def compare(text: str, lines: list[Line]) -> Compared:
    """Compare a text with the lines of its page.

    Parameters
    ----------
    text
        As it was found, one paragraph a line; it may be empty.
    lines
        Of the page, in their order.
    """
    triples = _triples(text)
    running = [place for place, line in enumerate(lines) if line.is_running]
    found = [place for place in running if _is_in(lines[place], triples)]
    own = {lines[place].article for place in found}
    if len(own) == 1 and None not in own:  # what the page does not mark as this article is not it
        running = [place for place in running if lines[place].article in own]
    read = sum(lines[place].words for place in found)
    shown = sum(lines[place].words for place in running)
    kinds = {lines[place].kind for place in found}
    alike = [place for place in running if lines[place].kind in kinds]
    more = sum(lines[place].words for place in alike) - read
    whole = joined(lines, alike, _first_line(text)) if more >= _FEWEST // 2 else None
    return Compared(read, shown, whole)


def joined(lines: list[Line], places: list[int], first: str = "") -> str:
    """Return the lines from the first place to the last, without links.

    Parameters
    ----------
    lines, places
        The page's lines, and which of them are the article's running text.
    first
        A line that stands before them where it is one of the page, such as a headline.
    """
    start = places[0]
    for place in range(start - 1, max(-1, start - 3), -1):
        line = lines[place]
        if line.text == first or line.kind == lines[start].kind:
            start = place
    between = lines[start : places[-1] + 1]
    return "\n".join(line.text for line in between if not line.is_linked)


def _first_line(text: str) -> str:
    return text.partition("\n")[0]


def _is_in(line: Line, triples: set[tuple[str, ...]]) -> bool:
    own = _triples(line.text)
    return bool(own) and len(own & triples) >= _SAME * len(own)


def _triples(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return set(zip(words, words[1:], words[2:], strict=False))
