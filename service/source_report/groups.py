"""An outlet's counts, and those of everybody, by language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from krynica.service.source_report.cell import Counted
from krynica.service.source_report.judging import Judging
from krynica.service.source_report.report import Share

if TYPE_CHECKING:
    from krynica.service.source_report.gathered import Gathered


@dataclass(frozen=True)
class Group:
    """An outlet's counts.

    Parameters
    ----------
    gathered
        What was counted.
    counted
        The judged articles of each language.
    verdicts
        Languages among them in which there are verdicts.
    """

    gathered: Gathered
    counted: Mapping[str, Counted]
    verdicts: Sequence[str]

    @property
    def name(self) -> str:
        """The outlet's name."""
        return self.gathered.name

    def accused(self) -> dict[str, Share]:
        """Return the share accused in each language with verdicts."""
        found = {}
        for language in self.verdicts:
            one = self.counted[language]
            found[language] = Share(one.of("propaganda"), int(one.number.sum()))
        return found


def group(gathered: Gathered, judging: Mapping[str, Judging]) -> Group:
    """Turn an outlet's counts into arrays."""
    judged = {code: cell for code, cell in sorted(gathered.cells.items()) if cell.judged}
    verdicts = [code for code in judged if judging[code].verdicts]
    return Group(gathered, {code: cell.counted() for code, cell in judged.items()}, verdicts)


Totals = Mapping[str, Share]
"""The share accused over all outlets, by language."""


def totals(groups: Iterable[Group]) -> Totals:
    """Add up the accused of all groups."""
    found: dict[str, Share] = {}
    for one in groups:
        for language, share in one.accused().items():
            before = found.get(language, Share(0, 0))
            found[language] = Share(before.hits + share.hits, before.total + share.total)
    return found


def others(everybody: Totals, mine: Mapping[str, Share]) -> dict[str, Share]:
    """Return the share of the others' articles accused, by language of an outlet's own."""
    return {
        code: Share(everybody[code].hits - share.hits, everybody[code].total - share.total)
        for code, share in mine.items()
    }
