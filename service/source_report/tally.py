"""Articles in, one after the other; a source report out."""

from __future__ import annotations

from array import array
from functools import lru_cache

from krynica.classifier.language import UNKNOWN
from krynica.classifier.languages import LANGUAGES
from krynica.service.source_report.cell import Cell
from krynica.service.source_report.gathered import Gathered
from krynica.service.source_report.item import Item
from krynica.service.source_report.quotes import Quote, Top
from krynica.service.source_report.report import POOLED, UNNAMED
from krynica.service.terminal import one_line

MOST_OUTLETS = 2_000
"""Outlets that are told apart; a table in which every row names another shall not fill memory."""
READ_FIRST = 50
_NAME = 100
"""Characters of an outlet's name."""


class Tally:
    """Counts articles by outlet, language and month.

    An outlet's repeats of its own articles count once; what it reprints of others counts for it.
    Memory grows with outlets, languages and months, and by four bytes a row.
    """

    def __init__(self) -> None:
        self._outlets: dict[str, Gathered] = {}
        self._unnamed = Gathered(0, UNNAMED, one_outlet=False)
        self._pooled = Gathered(1, POOLED, one_outlet=False)
        self._printed_by = array("i")
        self._reprinted: set[tuple[int, int]] = set()
        self._first = Top(READ_FIRST)

    def add(self, item: Item) -> None:
        """Count one article.

        Rows come in the order in which `Item.duplicate_of` counts them. Otherwise order does not
        matter, up to `MOST_OUTLETS`: whoever comes after so many others is pooled.
        """
        outlet = self._outlet(item.outlet)
        self._printed_by.append(outlet.number)
        cells = item.scored.cells
        if cells["error"] is not None:
            outlet.errors += 1
        elif self._repeats(item.duplicate_of, outlet.number):
            outlet.repeats += 1
        else:
            language = cells["language"] if cells["language"] in LANGUAGES else UNKNOWN
            cell = outlet.cells.get(language)
            if cell is None:
                cell = outlet.cells[language] = Cell()
            cell.add(item.scored, item.date)
            if item.scored.p_passage is not None:
                outlet.passages.offer((item.scored.p_passage,), item)
            if item.duplicate_of is None:
                self._offer(item)

    def gathered(self) -> list[Gathered]:
        """Return what has been counted so far, outlet by outlet."""
        groups = (*self._outlets.values(), self._unnamed, self._pooled)
        return [one for one in groups if one.cells or one.errors or one.repeats]

    def read_first(self) -> tuple[Quote, ...]:
        """Return the articles to be read first."""
        return self._first.best()

    def _outlet(self, name: str | None) -> Gathered:
        clean = _clean(name) if name else ""
        if not clean:
            return self._unnamed
        found = self._outlets.get(clean)
        if found is None:
            if len(self._outlets) == MOST_OUTLETS:
                return self._pooled
            found = self._outlets[clean] = Gathered(len(self._outlets) + 2, clean, one_outlet=True)
        return found

    def _repeats(self, earlier: int | None, outlet: int) -> bool:
        """Tell whether the outlet has printed this article before, and remember that it has."""
        if earlier is None:
            return False
        if earlier < len(self._printed_by) and self._printed_by[earlier] == outlet:
            return True
        if (earlier, outlet) in self._reprinted:
            return True
        self._reprinted.add((earlier, outlet))
        return False

    def _offer(self, item: Item) -> None:
        """Offer an article to be read first: the accused, then what persuades most."""
        cells = item.scored.cells
        if cells["verdict"] == "propaganda":
            self._first.offer((1.0, cells["p_propaganda"]), item)
        elif cells["p_persuasion"] is not None:
            self._first.offer((0.0, cells["p_persuasion"]), item)


@lru_cache(maxsize=4 * MOST_OUTLETS)
def _clean(name: str) -> str:
    return one_line(name[: 4 * _NAME])[:_NAME]
