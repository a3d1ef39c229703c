"""The figures of one outlet, as far as they need no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import numpy as np

from krynica.classifier.arrays import FloatArray
from krynica.classifier.languages import LANGUAGES
from krynica.data.corpus.outlet_names import KnownOutlets
from krynica.service.source_report.cell import BINS, VERDICTS, Cell, Counted, first_day
from krynica.service.source_report.groups import Group, Totals, others
from krynica.service.source_report.judging import Judging
from krynica.service.source_report.report import (
    LEAST,
    Finding,
    Mean,
    Month,
    Outlet,
    Quartiles,
    Share,
    Traits,
)
from krynica.service.source_report.statistics import quantiles
from krynica.service.source_report.style import unusual

if TYPE_CHECKING:
    from krynica.service.source_report.gathered import Gathered


def outlet_figures(
    group: Group, everybody: Totals, judging: Mapping[str, Judging], learned: KnownOutlets
) -> Outlet:
    """Return an outlet without what follows from tests, which are made over all outlets.

    Parameters
    ----------
    group
        Its counts.
    everybody
        The accused over all outlets.
    judging
        What the model promises, by language.
    learned
        Which outlets it learned from.
    """
    one, accused = group.gathered, group.accused()
    judged = [group.counted[code] for code in group.verdicts]
    number = sum(share.total for share in accused.values())
    hits = {verdict: sum(part.of(verdict) for part in judged) for verdict in VERDICTS}
    months = tuple(_months(judged))
    articles = sum(cell.articles for cell in one.cells.values())
    rest = {code: share for code, share in others(everybody, accused).items() if share.total}
    alike = {code: accused[code] for code in rest}
    return Outlet(
        name=one.name,
        learned=one.one_outlet and one.name in learned,
        articles=articles,
        repeats=one.repeats,
        errors=one.errors,
        languages=_languages(one),
        span=(months[0].day, months[-1].day) if months else None,
        unjudged=articles - number,
        propaganda=Share(hits["propaganda"], number),
        journalism=Share(hits["journalism"], number),
        unclear=Share(hits["unclear"], number),
        accused_of_clear=Share(hits["propaganda"], number - hits["unclear"]),
        p_propaganda=_quartiles(part.histogram() for part in group.counted.values()),
        p_persuasion=_quartiles(cell.persuaded() for cell in one.cells.values()),
        error=_mixed({code: judging[code].error for code in accused}, accused),
        p_error=None,
        p_others=None,
        others=_mixed({code: share.value or 0.0 for code, share in rest.items()}, alike)
        if rest
        else None,
        finding=_finding(one, number, articles),
        change=None,
        shift=None,
        months=months,
        passages=one.passages.best(),
        style=_style(one.cells, judging),
        traits=tuple(_traits(code, one.cells[code], part) for code, part in group.counted.items()),
    )


def _languages(one: Gathered) -> tuple[tuple[str, int], ...]:
    counts = [(code, cell.articles) for code, cell in one.cells.items()]
    return tuple(sorted(counts, key=lambda pair: (-pair[1], pair[0])))


def _finding(one: Gathered, judged: int, articles: int) -> Finding:
    """Return what can be said before any test."""
    if not one.one_outlet:
        return Finding.MIXED
    if articles and not judged:
        return Finding.NO_VERDICTS
    return Finding.SMALL if judged < LEAST else Finding.WITHIN_ERROR


def _mixed(rates: Mapping[str, float], mine: Mapping[str, Share]) -> float:
    """Return a rate at an outlet's mix of languages."""
    total = sum(share.total for share in mine.values())
    return sum(rates[code] * mine[code].total for code in mine) / total if total else 0.0


def _quartiles(histograms: Iterable[FloatArray]) -> Quartiles | None:
    total = reduce(add, histograms, np.zeros(BINS))
    return Quartiles(*quantiles(total, (0.25, 0.5, 0.75))) if total.any() else None


def _months(judged: Sequence[Counted]) -> Iterable[Month]:
    """Yield the months of the languages with verdicts, in order."""
    middle = (np.arange(BINS) + 0.5) / BINS
    for month in sorted({month for one in judged for month in one.months()[0].tolist()}):
        bins = reduce(add, (one.histogram(one.month == month) for one in judged))
        n, mean = int(bins.sum()), float(bins @ middle / bins.sum())
        spread = float(bins @ (middle - mean) ** 2)
        margin = 1.96 * (spread / (n - 1) / n) ** 0.5 if n > 1 else None
        accused = sum(
            int(one.number[(one.month == month) & (one.verdict == 0)].sum()) for one in judged
        )
        yield Month(first_day(month), Share(accused, n), mean, margin)


def _style(cells: Mapping[str, Cell], judging: Mapping[str, Judging]) -> tuple[str, ...] | None:
    """Say what is unusual, in each language with articles enough."""
    told = {
        code: unusual(usual, cell.mean_measures)
        for code, cell in sorted(cells.items())
        if cell.measured >= LEAST and (usual := judging[code].usual) is not None
    }
    if not told:
        return None
    names = {code: f"{LANGUAGES[code].name}. " if len(cells) > 1 else "" for code in told}
    return tuple(f"{names[code]}{note}" for code, notes in told.items() for note in notes)


def _traits(code: str, cell: Cell, counted: Counted) -> Traits:
    number = int(counted.number.sum())
    return Traits(
        code,
        cell.known.mean(),
        Share(cell.unlike, number),
        Share(counted.of("unclear"), number),
        cell.log_odds.mean() or Mean(0.0, 0.0),
    )
