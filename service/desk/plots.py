"""The pictures of a source report. Two hues that the colour-blind tell apart, and shapes beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from service.desk.report import LEAST, Finding, Outlet, Report, Share
from service.desk.statistics import funnel as limits
from service.desk.svg import Picture, picture
from service.desk.words import language_name, number, percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST, MOST_CHANGES, MOST_NAMED = 40, 12, 8
"""Outlets of a picture, of the small ones over time, and those named in the funnel."""
_ORANGE, _BLUE, _GREY = "#c77a3c", "#5b93c7", "#8a8f94"
"""Each at least 3 to 1 against the page's ground, light and dark."""
_NAME = 30


def pictures(report: Report) -> dict[str, Picture]:
    """Draw what there is to draw: ``funnel``, ``intervals``, ``change`` and ``drift``."""
    makers: dict[str, Callable[[Report], Picture | None]] = {
        "funnel": _funnel,
        "intervals": _intervals,
        "change": _change,
        "drift": _drift,
    }
    made = {name: make(report) for name, make in makers.items()}
    return {name: one for name, one in made.items() if one is not None}


def _funnel(report: Report) -> Picture | None:
    """Draw shares accused against numbers of articles, between control limits."""
    outlets = [one for one in _large(report) if one.finding is not Finding.MIXED]
    share = report.accused.value
    if len(outlets) < 2 or not share or share == 1.0:
        return None
    sizes = np.array([one.judged for one in outlets])
    shares = np.array([one.propaganda.value for one in outlets])
    above = int((shares > limits(share, sizes, 0.998)[1]).sum())

    def draw(figure: Figure) -> None:
        axes = figure.add_subplot()
        grid = np.unique(np.geomspace(sizes.min(), sizes.max() + 1, 300).astype(np.int64))
        for level, style in ((0.95, "--"), (0.998, "-")):
            for line in limits(share, grid, level):
                axes.plot(grid, 100 * line, color=_BLUE, linestyle=style, linewidth=1)
        axes.axhline(100 * share, color=_GREY, linewidth=1)
        axes.plot(sizes, 100 * shares, "o", color=_GREY, markersize=4)
        for one in _chosen([one for one in outlets if one.finding is Finding.MORE], MOST_NAMED):
            at = one.judged, 100 * (one.propaganda.value or 0.0)
            axes.plot(*at, "D", color=_ORANGE, markersize=6)
            side, shift = ("right", -7) if one.judged > sizes.max() / 3 else ("left", 7)
            axes.annotate(
                _short(one.name),
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


def _large(report: Report) -> list[Outlet]:
    return [one for one in report.outlets if one.judged >= LEAST]


def _intervals(report: Report) -> Picture | None:
    """Draw each outlet's shares with their intervals, unclear apart."""
    large = _large(report)
    shown = _chosen(large, MOST)
    if not shown:
        return None

    def draw(figure: Figure) -> None:
        accused, unclear = figure.subplots(1, 2, sharey=True)
        for height, one in enumerate(reversed(shown)):
            stands_out = one.finding is Finding.MORE
            accused.plot([100 * one.error] * 2, [height - 0.4, height + 0.4], color=_BLUE)
            _bar(accused, height, one.propaganda, _ORANGE, "D" if stands_out else "o")
            _bar(unclear, height, one.unclear, _GREY, "s")
        accused.set_yticks(
            range(len(shown)), [f"{_short(one.name)} ({one.judged:,})" for one in reversed(shown)]
        )
        ends = -0.7, len(shown) - 0.3
        accused.set(xlim=(0, None), ylim=ends, xlabel="accused, % (95% interval)")
        unclear.set(xlim=(0, 100), xlabel="unclear, % (95% interval)")

    label = (
        f"Shares of articles accused and of unclear verdicts of {number(len(shown), 'outlet')}, "
        "with 95% intervals; the table below has the figures."
    )
    size = 7.2, 1.0 + 0.24 * len(shown)
    return picture("intervals", size, draw, label, _left_out(len(large), len(shown)))


def _bar(axes: Axes, height: int, share: Share, colour: str, marker: str) -> None:
    axes.plot([100 * end for end in share.interval], [height] * 2, color=colour, linewidth=1.2)
    axes.plot(100 * (share.value or 0.0), height, marker, color=colour, markersize=5)


def _change(report: Report) -> Picture | None:
    """Draw the share accused by month, a small picture an outlet."""
    able = [
        one for one in _large(report) if len(one.months) > 1 and one.finding is not Finding.MIXED
    ]
    shown = _chosen(able, MOST_CHANGES)
    if not shown:
        return None
    rows = -(-len(shown) // 3)
    days = sorted({month.day for one in shown for month in one.months})
    ticks: Any = [days[0], days[-1]]

    def draw(figure: Figure) -> None:
        grid: Any = figure.subplots(rows, 3, sharex=True, sharey=True, squeeze=False)
        for axes, one in zip(grid.flat, shown, strict=False):
            at: Any = [month.day for month in one.months]
            low, high = zip(*(month.accused.interval for month in one.months), strict=True)
            axes.vlines(at, [100 * e for e in low], [100 * e for e in high], color=_GREY, lw=1)
            axes.plot(at, [100 * (m.accused.value or 0.0) for m in one.months], "o-",
                color=_ORANGE, markersize=3, linewidth=1,
            )  # fmt: skip
            axes.set_title(_short(one.name), fontsize=9)
            axes.set_ylim(0, 100)
        for axes in grid.flat[len(shown) :]:
            axes.set_visible(False)
        for axes in grid[:, 0]:
            axes.set_ylabel("accused, %")
        for axes in grid.flat:
            axes.set_xticks(ticks, [f"{day:%Y-%m}" for day in ticks], fontsize=8)
            axes.xaxis.set_tick_params(labelbottom=True)

    label = (
        f"Share of articles accused by month, with 95% intervals, of {number(len(shown), 'outlet')}"
        f": {', '.join(_short(one.name) for one in shown)}."
    )
    size = 7.2, 0.5 + 1.5 * rows
    return picture("change", size, draw, label, _left_out(len(able), len(shown)))


def _drift(report: Report) -> Picture | None:
    """Draw the share of known words of each outlet beside the range of the training profile."""
    panels = [
        (language_name(language.code), low, _known(report.outlets, language.code))
        for language in report.languages
        for one in language.compared
        if one.name == "known" and (low := one.low) is not None
    ]
    if not panels:
        return None
    shown = [dict(sorted(sorted(known.items(), key=_by_value)[:MOST])) for _, _, known in panels]
    heights = [len(outlets) + 2.0 for outlets in shown]

    def draw(figure: Figure) -> None:
        grid: Any = figure.subplots(len(panels), 1, squeeze=False, height_ratios=heights)
        for axes, (name, low, _), outlets in zip(grid.flat, panels, shown, strict=True):
            _range(axes, low, outlets)
            axes.set(title=name, xlabel="words that the model knows, %")

    told = (
        f"{name}, {sum(share < low for share in known.values())} of "
        f"{number(len(known), 'outlet')} below it"
        for name, low, known in panels
    )
    label = (
        "Share of known words of each outlet, beside the range of 19 in 20 outlets never seen: "
        f"{'; '.join(told)}."
    )
    there, drawn = sum(len(known) for _, _, known in panels), sum(map(len, shown))
    note = (
        ""
        if there == drawn
        else f"Shown are {drawn:,} of {there:,}, those of whose words the model knows least."
    )
    return picture("drift", (7.2, 0.5 + 0.24 * sum(heights)), draw, label, note)


def _range(axes: Axes, low: float, outlets: dict[str, float]) -> None:
    """Draw outlets from above to below, and the range where they would usually lie."""
    axes.axvspan(100 * low, 100, color=_BLUE, alpha=0.18, linewidth=0)
    axes.axvline(100 * low, color=_BLUE)
    for height, share in enumerate(reversed(outlets.values())):
        mark, colour = ("o", _GREY) if share >= low else ("D", _ORANGE)
        axes.plot(100 * share, height, mark, color=colour, markersize=5)
    axes.set_yticks(range(len(outlets)), [_short(name) for name in reversed(outlets)])
    axes.set_xlim(
        100 * min(low, *outlets.values()) - 1, min(100.5, 100 * max(outlets.values()) + 1)
    )
    axes.set_ylim(-0.7, len(outlets) - 0.3)


def _known(outlets: Sequence[Outlet], language: str) -> dict[str, float]:
    """Return the share of known words of the outlets that are compared."""
    return {
        one.name: traits.known
        for one in outlets
        for traits in one.traits
        if traits.language == language and traits.articles >= LEAST
        if traits.known is not None and one.finding is not Finding.MIXED
    }


def _by_value(pair: tuple[str, float]) -> tuple[float, str]:
    return pair[1], pair[0]


def _chosen(outlets: Sequence[Outlet], most: int) -> list[Outlet]:
    """Return those that stand out and those with most articles, in the report's order."""
    keen = sorted(outlets, key=lambda one: (one.finding is not Finding.MORE, -one.judged, one.name))
    names = {one.name for one in keen[:most]}
    return [one for one in outlets if one.name in names]


def _left_out(there: int, shown: int) -> str:
    if there == shown:
        return ""
    return (
        f"Shown: {shown:,} of {number(there, 'outlet')}, those that stand out and those with most "
        "articles; the table has all."
    )


def _short(name: str) -> str:
    return name if len(name) <= _NAME else name[: _NAME - 1] + "…"
