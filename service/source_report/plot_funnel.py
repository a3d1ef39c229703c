"""Funnel plot: shares accused against numbers of articles, between control limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from krynica.classifier.arrays import IntArray
from krynica.service.source_report.panels import BLUE, GREY, ORANGE, chosen, large, short
from krynica.service.source_report.report import Finding, Outlet, Report
from krynica.service.source_report.statistics import funnel as limits
from krynica.service.source_report.svg import Picture, picture
from krynica.service.source_report.words import number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST_NAMED = 8
"""Outlets that are named."""
_ROUND = (20, 50, 100, 200, 500, *(10**k for k in range(3, 7)))


def funnel(report: Report) -> Picture | None:
    """Draw the outlets that are no small samples; None where they cannot differ."""
    outlets = [one for one in large(report) if one.finding is not Finding.MIXED]
    share = report.accused.value
    if len(outlets) < 2 or not share or share == 1.0:
        return None
    sizes = np.array([one.judged for one in outlets])
    shares = np.array([one.propaganda.value for one in outlets])
    grid = np.unique(np.geomspace(0.8 * sizes.min(), 1.25 * sizes.max(), 300).astype(np.int64))

    def draw(figure: Figure) -> None:
        axes = figure.add_subplot()
        axes.plot(sizes, 100 * shares, "o", color=GREY, markersize=4)
        for one in chosen([one for one in outlets if one.finding is Finding.MORE], _MOST_NAMED):
            _name(axes, one, to_the_left=one.judged > sizes.max() / 3)
        _limits(axes, share, grid)

    above = int((shares > limits(share, sizes, 0.998)[1]).sum())
    label = (
        f"Funnel plot of {number(len(outlets), 'outlet')}: share of articles accused against the "
        f"number of articles. The share over all is {percent(share)}; "
        f"{number(above, 'outlet lies', 'outlets lie')} above the upper 99.8% limit."
    )
    return picture("funnel", (7.2, 4.2), draw, label)


def _limits(axes: Axes, share: float, grid: IntArray) -> None:
    for level, style in ((0.95, "--"), (0.998, "-")):
        for line in limits(share, grid, level):
            axes.plot(grid, 100 * line, color=BLUE, linestyle=style, linewidth=1)
    axes.axhline(100 * share, color=GREY, linewidth=1)
    axes.set(
        xscale="log",
        xlim=(grid[0], grid[-1]),
        ylim=(0, None),
        xlabel="judged articles of the outlet (logarithmic)",
        ylabel="accused, %",
    )
    ticks = [n for n in _ROUND if grid[0] <= n <= grid[-1]]
    ticks = ticks if len(ticks) > 1 else [int(grid[0]), int(grid[-1])]
    axes.set_xticks(ticks, [f"{n:,}" for n in ticks])
    axes.minorticks_off()


def _name(axes: Axes, one: Outlet, *, to_the_left: bool) -> None:
    at = one.judged, 100 * (one.propaganda.value or 0.0)
    side, shift = ("right", -7) if to_the_left else ("left", 7)
    axes.plot(*at, "D", color=ORANGE, markersize=6)
    axes.annotate(
        short(one.name),
        at,
        (shift, 0),
        textcoords="offset points",
        fontsize=8,
        va="center",
        ha=side,
    )
