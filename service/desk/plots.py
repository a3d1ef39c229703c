"""The pictures of a source report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from service.desk.panels import BLUE, GREY, MOST, ORANGE, chosen, large, left_out, short
from service.desk.plot_change import change
from service.desk.plot_drift import drift
from service.desk.report import Finding, Report, Share
from service.desk.statistics import funnel as limits
from service.desk.svg import Picture, picture
from service.desk.words import number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST_NAMED = 8
"""Outlets that are named in the funnel."""


def pictures(report: Report) -> dict[str, Picture]:
    """Draw what there is to draw: ``funnel``, ``intervals``, ``change`` and ``drift``."""
    makers: dict[str, Callable[[Report], Picture | None]] = {
        "funnel": _funnel,
        "intervals": _intervals,
        "change": change,
        "drift": drift,
    }
    made = {name: make(report) for name, make in makers.items()}
    return {name: one for name, one in made.items() if one is not None}


def _funnel(report: Report) -> Picture | None:
    """Draw shares accused against numbers of articles, between control limits."""
    outlets = [one for one in large(report) if one.finding is not Finding.MIXED]
    share = report.accused.value
    if len(outlets) < 2 or not share or share == 1.0:
        return None
    sizes = np.array([one.judged for one in outlets])
    shares = np.array([one.propaganda.value for one in outlets])
    above = int((shares > limits(share, sizes, 0.998)[1]).sum())

    def draw(figure: Figure) -> None:
        axes = figure.add_subplot()
        ends = 0.8 * sizes.min(), 1.25 * sizes.max()
        grid = np.unique(np.geomspace(*ends, 300).astype(np.int64))
        for level, style in ((0.95, "--"), (0.998, "-")):
            for line in limits(share, grid, level):
                axes.plot(grid, 100 * line, color=BLUE, linestyle=style, linewidth=1)
        axes.axhline(100 * share, color=GREY, linewidth=1)
        axes.plot(sizes, 100 * shares, "o", color=GREY, markersize=4)
        for one in chosen([one for one in outlets if one.finding is Finding.MORE], _MOST_NAMED):
            at = one.judged, 100 * (one.propaganda.value or 0.0)
            axes.plot(*at, "D", color=ORANGE, markersize=6)
            side, shift = ("right", -7) if one.judged > sizes.max() / 3 else ("left", 7)
            axes.annotate(
                short(one.name),
                at,
                (shift, 0),
                textcoords="offset points",
                fontsize=8,
                va="center",
                ha=side,
            )
        axes.set(
            xscale="log",
            ylim=(0, None),
            xlabel="judged articles of the outlet (logarithmic)",
            ylabel="accused, %",
        )
        ticks = [n for n in (20, 50, 100, 200, 500, *(10**k for k in range(3, 7))) if n <= grid[-1]]
        axes.set_xticks(ticks, [f"{n:,}" for n in ticks])
        axes.minorticks_off()

    label = (
        f"Funnel plot of {number(len(outlets), 'outlet')}: share of articles accused against the "
        f"number of articles. The share over all is {percent(share)}; "
        f"{number(above, 'outlet lies', 'outlets lie')} above the upper 99.8% limit."
    )
    return picture("funnel", (7.2, 4.2), draw, label)


def _intervals(report: Report) -> Picture | None:
    """Draw each outlet's shares with their intervals, unclear apart."""
    outlets = large(report)
    shown = chosen(outlets, MOST)
    if not shown:
        return None

    def draw(figure: Figure) -> None:
        accused, unclear = figure.subplots(1, 2, sharey=True)
        for height, one in enumerate(reversed(shown)):
            stands_out = one.finding is Finding.MORE
            accused.plot([100 * one.error] * 2, [height - 0.4, height + 0.4], color=BLUE)
            _bar(accused, height, one.propaganda, ORANGE, "D" if stands_out else "o")
            _bar(unclear, height, one.unclear, GREY, "s")
        accused.set_yticks(
            range(len(shown)), [f"{short(one.name)} ({one.judged:,})" for one in reversed(shown)]
        )
        ends = -0.7, len(shown) - 0.3
        accused.set(xlim=(0, None), ylim=ends, xlabel="accused, % (95% interval)")
        unclear.set(xlim=(0, 100), xlabel="unclear, % (95% interval)")

    label = (
        f"Shares of articles accused and of unclear verdicts of {number(len(shown), 'outlet')}, "
        "with 95% intervals; the table below has the figures."
    )
    size = 7.2, 1.0 + 0.24 * len(shown)
    return picture("intervals", size, draw, label, left_out(len(outlets), len(shown)))


def _bar(axes: Axes, height: int, share: Share, colour: str, marker: str) -> None:
    axes.plot([100 * end for end in share.interval], [height] * 2, color=colour, linewidth=1.2)
    axes.plot(100 * (share.value or 0.0), height, marker, color=colour, markersize=5)
