"""Quality beside speed in one picture, as SVG: the same figures make the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl
from figures import ALL, KRYNICA, Found
from matplotlib.figure import Figure

_STYLE: Any = {
    "svg.hashsalt": "krynica",
    "svg.fonttype": "path",  # else the picture would hang on the reader's fonts
    "font.family": "DejaVu Sans",
    "axes.spines.top": False,
    "axes.spines.right": False,
}
_BLUE, _GREY = "#30588c", "#8a8a8a"


def draw(found: Found, path: Path) -> None:
    """Draw AUC against articles a CPU second; speed alone is a dotted line."""
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(7, 4.2), layout="constrained")
        axes = figure.add_subplot()
        aucs = {name: one.worth.auc.get(ALL) for name, one in found.contenders.items()}
        ranked = sorted(aucs.items(), key=lambda pair: -(pair[1] or 0.0))
        for place, (name, auc) in enumerate(ranked):
            rate = found.rate(name)
            if auc is None:
                axes.axvline(rate, color=_GREY, linestyle=":")
                across = axes.get_xaxis_transform()
                axes.text(rate, 0.02, f" {name}", transform=across, color=_GREY)
                continue
            color = _BLUE if name.startswith(KRYNICA) else _GREY
            axes.scatter([rate], [auc], color=color, zorder=3)
            aside = (6, -12 if place % 2 else 5)  # neighbours' names are apart
            axes.annotate(name, (rate, auc), aside, textcoords="offset points", color=color)
        axes.set(
            xscale="log",
            xlabel="articles a second, one core (to the right: faster)",
            ylabel="AUC, 2 or more against 0 and 1",
            title="quality beside speed, on outlets held out",
        )
        axes.margins(x=0.25, y=0.12)
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
