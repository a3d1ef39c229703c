"""The share accused over time: a small picture an outlet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from krynica.service.source_report.panels import GREY, ORANGE, chosen, large, left_out, short
from krynica.service.source_report.report import Finding, Month, Report, Share
from krynica.service.source_report.svg import Picture, picture
from krynica.service.source_report.words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_CHANGES = 12
"""Outlets that are drawn."""


def change(report: Report) -> Picture | None:
    """Draw the share accused by month, a small picture an outlet."""
    able = [
        one for one in large(report) if len(one.months) > 1 and one.finding is not Finding.MIXED
    ]
    shown = chosen(able, MOST_CHANGES)
    if not shown:
        return None
    rows = -(-len(shown) // 3)
    days: Any = sorted({month.day for one in shown for month in one.months})
    step, period = _period(days)

    def draw(figure: Figure) -> None:
        grid: Any = figure.subplots(rows, 3, sharex=True, sharey=True, squeeze=False)
        for axes, one in zip(grid.flat, shown, strict=False):
            _over_time(axes, _joined(one.months, step))
            axes.set_title(short(one.name), fontsize=9)
        for axes in grid.flat[len(shown) :]:
            axes.set_visible(False)
        for axes in grid[:, 0]:
            axes.set_ylabel("accused, %")
        for axes in grid.flat:
            ends = [days[0], days[-1]]
            axes.set_xticks(ends, [f"{day:%Y-%m}" for day in ends], fontsize=8)
            axes.xaxis.set_tick_params(labelbottom=True)

    label = (
        f"Share of articles accused by {period}, with 95% intervals, of "
        f"{number(len(shown), 'outlet')}: {', '.join(short(one.name) for one in shown)}."
    )
    size = 7.2, 0.5 + 1.5 * rows
    note = f"One point a {period}. {left_out(len(able), len(shown))}".strip()
    return picture("change", size, draw, label, note)


def _period(days: Sequence[dt.date]) -> tuple[int, str]:
    """Return how many months make a point, and what that is called: some two dozen points."""
    months = 12 * (days[-1].year - days[0].year) + days[-1].month - days[0].month
    return (1, "month") if months < 24 else (3, "quarter") if months < 72 else (12, "year")


def _joined(months: Sequence[Month], step: int) -> list[tuple[dt.date, Share]]:
    """Add up the accused of months that make one point."""
    points: dict[dt.date, Share] = {}
    for one in months:
        day = one.day.replace(month=1 + (one.day.month - 1) // step * step)
        before = points.get(day, Share(0, 0))
        points[day] = Share(before.hits + one.accused.hits, before.total + one.accused.total)
    return list(points.items())


def _over_time(axes: Axes, points: Sequence[tuple[dt.date, Share]]) -> None:
    days: Any = [day for day, _ in points]
    low, high = zip(*(share.interval for _, share in points), strict=True)
    axes.vlines(days, [100 * end for end in low], [100 * end for end in high], color=GREY, lw=1)
    shares = [100 * (share.value or 0.0) for _, share in points]
    axes.plot(days, shares, "o-", color=ORANGE, markersize=3, linewidth=1)
    axes.set_ylim(0, 100)
