"""Known words of each outlet beside the range of the training profile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from krynica.service.source_report.panels import BLUE, GREY, MOST, ORANGE, short
from krynica.service.source_report.report import LEAST, Finding, Outlet, Report
from krynica.service.source_report.svg import Picture, picture
from krynica.service.source_report.words import language_name, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def drift(report: Report) -> Picture | None:
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
    axes.axvspan(100 * low, 100, color=BLUE, alpha=0.18, linewidth=0)
    axes.axvline(100 * low, color=BLUE)
    for height, share in enumerate(reversed(outlets.values())):
        mark, colour = ("o", GREY) if share >= low else ("D", ORANGE)
        axes.plot(100 * share, height, mark, color=colour, markersize=5)
    axes.set_yticks(range(len(outlets)), [short(name) for name in reversed(outlets)])
    axes.set_xlim(
        100 * min(low, *outlets.values()) - 1, min(100.5, 100 * max(outlets.values()) + 1)
    )
    axes.set_ylim(-0.7, len(outlets) - 0.3)


def _known(outlets: Sequence[Outlet], language: str) -> dict[str, float]:
    """Return the share of known words of the outlets that are compared."""
    return {
        one.name: traits.known.value
        for one in outlets
        for traits in one.traits
        if traits.language == language and traits.articles >= LEAST
        if traits.known is not None and one.finding is not Finding.MIXED
    }


def _by_value(pair: tuple[str, float]) -> tuple[float, str]:
    return pair[1], pair[0]
