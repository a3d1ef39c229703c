"""Pictures of the figures, as SVG: drawn from their records and nothing else.

The same figures make the same bytes: ids come from a fixed salt, and no date is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from krynica.classifier.errors import KrynicaError
from krynica.training.results.worth import Bin, Figures, Metrics, Newsroom, RiskCoverage

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_STYLE: Any = {  # matplotlib types its keys one by one, and other versions otherwise
    "svg.hashsalt": "krynica",
    "svg.fonttype": "path",  # else the picture would hang on the reader's fonts
    "font.family": "DejaVu Sans",  # the one that matplotlib brings
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 11,
    "text.parse_math": False,  # a dollar sign in an outlet's name opens no formula
}
_BLUE, _RED, _GREY = "#30588c", "#b5402e", "#8a8a8a"
MOST = 30
"""Newsrooms in the picture of false accusations: those accused most; all are in the figures."""


def write(metrics: Metrics, folder: Path) -> list[Path]:
    """Draw three pictures of all languages together.

    Parameters
    ----------
    metrics
        Figures as `training.measure.protocol.measure` returns them; without readings there is no
        picture.
    folder
        Where to write; made where it is missing.

    Returns
    -------
    list of Path
        ``reliability.svg``, ``risk-coverage.svg`` and ``false-accusations.svg``.

    Raises
    ------
    KrynicaError
        If the folder cannot be written.
    """
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if together := metrics.get("pooled"):
            paths += list(_drawn(together, folder))
    except OSError as error:
        raise KrynicaError(f"The pictures cannot be written to {folder}: {error}.") from error
    return paths


Draw = Callable[["Axes"], None]


def _drawn(together: Figures, folder: Path) -> Iterator[Path]:
    bins, curve, rooms = together.reliability, together.risk_coverage, together.newsrooms or ()
    if bins is None or curve is None:
        return
    height = 1.6 + 0.22 * min(MOST, len(rooms))
    pictures: tuple[tuple[str, Draw, tuple[float, float]], ...] = (
        ("reliability", partial(_reliability, bins), (5, 5)),
        ("risk-coverage", partial(_risk_coverage, curve), (6, 4)),
        ("false-accusations", partial(_accusations, rooms), (7, height)),
    )
    for name, draw, size in pictures:
        path = folder / f"{name}.svg"
        _save(path, draw, size)
        yield path


def _save(path: Path, draw: Draw, size: tuple[float, float]) -> None:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=size, layout="constrained")
        axes = figure.add_subplot()
        draw(axes)
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})


def _reliability(every: Sequence[Bin], axes: Axes) -> None:
    bins = [
        (one.mean_p, one.propaganda, one.weight)
        for one in every
        if one.mean_p is not None and one.propaganda is not None
    ]
    x, y, weight = zip(*bins, strict=True)
    axes.plot([0, 1], [0, 1], color=_GREY, linewidth=1, linestyle="--")
    axes.plot(x, y, color=_BLUE)
    axes.scatter(x, y, s=[10 + 600 * share for share in weight], color=_BLUE)
    axes.set(
        xlim=(0, 1),
        ylim=(0, 1),
        xlabel="mean probability in the bin",
        ylabel="share read as 2 or more (both weighing the same)",
        title="reliability on outlets never seen",
    )


def _risk_coverage(curve: RiskCoverage, axes: Axes) -> None:
    axes.plot(*zip(*curve.points, strict=True), color=_BLUE, marker="o", markersize=3)
    axes.set(
        xlim=(0, 1.02),
        ylim=(0, None),
        xlabel="share of articles answered, the most certain first",
        ylabel="share of errors among them",
        title=f"risk and coverage, area {curve.area:.3f}",
    )


def _accusations(rooms: Sequence[Newsroom], axes: Axes) -> None:
    shown = rooms[:MOST][::-1]
    for height, room in enumerate(shown):
        axes.plot([100 * end for end in room.interval], [height] * 2, color=_GREY)
        axes.plot(100 * room.accused, height, "o", color=_RED, markersize=4)
    axes.set_yticks(range(len(shown)), [f"{room.outlet} ({room.texts})" for room in shown])
    axes.set(
        xlim=(0, None),
        xlabel="plain texts accused, % (95% interval)",
        title=f"newsrooms accused most, {len(shown)} of {len(rooms)}",
    )
