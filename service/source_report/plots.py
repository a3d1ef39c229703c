"""The pictures of a source report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from krynica.service.source_report.panels import (
    BLUE,
    GREY,
    MOST,
    ORANGE,
    chosen,
    large,
    left_out,
    short,
)
from krynica.service.source_report.plot_change import change
from krynica.service.source_report.plot_drift import drift
from krynica.service.source_report.plot_funnel import funnel
from krynica.service.source_report.report import Finding, Report, Share
from krynica.service.source_report.svg import Picture, picture
from krynica.service.source_report.words import number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def pictures(report: Report) -> dict[str, Picture]:
    """Draw what there is to draw: ``funnel``, ``intervals``, ``change`` and ``drift``."""
    makers: dict[str, Callable[[Report], Picture | None]] = {
        "funnel": funnel,
        "intervals": _intervals,
        "change": change,
        "drift": drift,
    }
    made = {name: make(report) for name, make in makers.items()}
    return {name: one for name, one in made.items() if one is not None}


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
