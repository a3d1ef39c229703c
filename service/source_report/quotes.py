"""The few articles that are quoted: the best of a stream, in memory that does not grow with it."""

from __future__ import annotations

import datetime as dt
from bisect import insort
from dataclasses import dataclass

from krynica.classifier.wording import GENRES
from krynica.service.source_report.item import Item
from krynica.service.terminal import one_line

_LONGEST = 400
"""Characters shown of a title, an address or a passage."""


@dataclass(frozen=True)
class Quote:
    """One article that is quoted: who printed it where, what was said of it, and its passage.

    `genre` is what people call it. Its words are safe to show on one line; `url` is None unless it
    begins with http or https.
    """

    outlet: str | None
    title: str | None
    url: str | None
    place: str
    date: dt.date | None
    language: str
    verdict: str
    genre: str | None
    p_propaganda: float | None
    p_persuasion: float | None
    passage: str | None
    p_passage: float | None

    def __lt__(self, other: Quote) -> bool:
        """Order articles of equal rank in some way that does not hang on who came first."""
        return repr(self) > repr(other)


def quote(item: Item) -> Quote:
    """Take from an item what is quoted."""
    cells, link = item.scored.cells, item.url and item.url.strip()
    web = link and link.lower().startswith(("http://", "https://")) and len(link) < 2000
    return Quote(
        _safe(item.outlet),
        _safe(item.title),
        one_line(link).replace(" ", "%20") if link and web else None,
        _safe(item.place) or "",
        item.date,
        str(cells["language"]),
        str(cells["verdict"]),
        GENRES.get(str(cells["genre"])),
        cells["p_propaganda"],
        cells["p_persuasion"],
        _safe(item.scored.passage),
        item.scored.p_passage,
    )


def _safe(text: str | None) -> str | None:
    if text is None:
        return None
    line = one_line(text[: 4 * _LONGEST])
    # What is as long as may be has been cut, here or before.
    return (line if len(line) < _LONGEST else line[:_LONGEST].rsplit(" ", 1)[0] + " …") or None


Rank = tuple[float, ...]


class Top:
    """The highest ranked articles, one of those whose passage is the same.

    Whichever order they are offered in, the same are kept.

    Parameters
    ----------
    most
        How many.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: list[tuple[Rank, Quote]] = []  # the lowest first

    def offer(self, rank: Rank, item: Item) -> None:
        """Keep an article if its rank is high enough."""
        kept = self._kept
        if len(kept) == self._most and rank < kept[0][0]:
            return
        new = rank, quote(item)
        for at, old in enumerate(kept):
            if old[1].passage is not None and old[1].passage == new[1].passage:
                if not old < new:
                    return
                del kept[at]
                break
        insort(kept, new)
        if len(kept) > self._most:
            del kept[0]

    def best(self) -> tuple[Quote, ...]:
        """Return them, the highest first."""
        return tuple(one for _, one in reversed(self._kept))
