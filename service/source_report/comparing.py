"""Outlets compared: with what the model gets wrong, with all others, and with themselves earlier.

Every question is asked of all outlets at once, and its p-values are adjusted for their number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from krynica.classifier.statistics import holm
from krynica.service.source_report import statistics
from krynica.service.source_report.cell import UNDATED
from krynica.service.source_report.groups import Group, Totals, others
from krynica.service.source_report.report import ALPHA, LEAST, Change, Finding, Outlet

LEAST_HITS = 5
"""Fewest articles accused, and fewest not accused, for a trend: of fewer, a normal z is not to be
trusted (Cochran 1954)."""


def compare(outlets: Sequence[Outlet], groups: Sequence[Group], everybody: Totals) -> list[Outlet]:
    """Add to outlets what follows from tests.

    Parameters
    ----------
    outlets, groups
        Figures and counts, in the same order.
    everybody
        The accused over all outlets.

    Returns
    -------
    list of Outlet
        Those with `LEAST` judged articles with a finding; the others as they were.
    """
    pairs = list(zip(outlets, groups, strict=True))
    large = [(one, group) for one, group in pairs if one.finding is Finding.WITHIN_ERROR]
    error = _adjusted(
        (one.name, statistics.surpasses(one.propaganda.hits, one.judged, one.error))
        for one, _ in large
    )
    rest = _adjusted(
        (one.name, _against_others(group, everybody))
        for one, group in large
        if one.others is not None
    )
    single = [group for one, group in pairs if one.finding is not Finding.MIXED]
    change = _changes((group.name, _trend(group)) for group in single)
    shift = _changes((group.name, _shift(group)) for group in single)
    return [
        replace(
            one,
            p_error=error.get(one.name),
            p_others=rest.get(one.name),
            finding=_finding(one, error, rest, higher=_is_higher(group, everybody)),
            change=change.get(one.name),
            shift=shift.get(one.name),
        )
        if one.finding is not Finding.MIXED
        else one
        for one, group in pairs
    ]


def _finding(
    one: Outlet, error: Mapping[str, float], rest: Mapping[str, float], *, higher: bool
) -> Finding:
    if error.get(one.name, 1.0) > ALPHA:
        return one.finding
    return Finding.MORE if higher and rest.get(one.name, 1.0) <= ALPHA else Finding.ABOVE_ERROR


def _adjusted(p: Iterable[tuple[str, float]]) -> dict[str, float]:
    found = dict(p)
    return dict(zip(found, holm(list(found.values())), strict=True))


def _changes(found: Iterable[tuple[str, float | None]]) -> dict[str, Change]:
    z = {name: value for name, value in found if value is not None}
    p = _adjusted((name, statistics.two_sided(value)) for name, value in z.items())
    return {name: Change(z[name], p[name]) for name in z}


def _against_others(group: Group, everybody: Totals) -> float:
    mine = group.accused()
    return statistics.exact_test(
        (mine[code].hits, mine[code].total, rest.hits, rest.total)
        for code, rest in others(everybody, mine).items()
    )


def _is_higher(group: Group, everybody: Totals) -> bool:
    """Tell whether more articles are accused than of the others, in the languages of both."""
    mine = group.accused()
    beyond = (
        mine[code].hits - mine[code].total * rest.value
        for code, rest in others(everybody, mine).items()
        if rest.value is not None
    )
    return sum(beyond) > 0


def _trend(group: Group) -> float | None:
    """Return the z of a trend of the share accused; None of too few articles."""
    strata = [group.counted[code].months() for code in group.verdicts]
    accused = sum(float(hits.sum()) for _, _, hits in strata)
    number = sum(float(total.sum()) for _, total, _ in strata)
    if number < LEAST or min(accused, number - accused) < LEAST_HITS:
        return None
    if all(len(month) < 2 for month, _, _ in strata):
        return None
    return statistics.trend((month.astype(float), hits, total) for month, total, hits in strata)


def _shift(group: Group) -> float | None:
    """Return the z of a shift of probabilities from the earlier half to the later one.

    The halves meet between two months, where they are most alike in size.
    """
    strata = []
    for one in group.counted.values():
        month, total, _ = one.months()
        if len(month) > 1 and total.sum() >= LEAST:
            halves = np.abs(np.cumsum(total)[:-1] - total.sum() / 2)
            last = month[int(halves.argmin())]
            earlier = (one.month != UNDATED) & (one.month <= last)
            strata.append((one.histogram(earlier), one.histogram(one.month > last)))
    return statistics.shift(strata) if strata else None
