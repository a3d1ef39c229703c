"""Probabilities side by side, each with its name, a bar and a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from krynica.classifier.answer import Levels
from krynica.classifier.wording import FROM_LEVEL, LEVELS, VIEWS, middle
from krynica.service.page.translation import Interface


@dataclass(frozen=True)
class Bar:
    """One probability.

    Parameters
    ----------
    name
        What it is of.
    share
        From 0 to 1.
    figure
        The same in words.
    kind
        Class of the bar: ``journalism``, ``propaganda``, or empty.
    here
        Whether the text reads as this.
    """

    name: str
    share: float
    figure: str
    kind: str = ""
    here: bool = False


def percentage(ui: Interface, p: float) -> str:
    """Write a probability, never as certainty."""
    if p < 0.01:
        return ui.say("below {p:.0%}", p=0.01)
    return ui.say("above {p:.0%}", p=0.99) if p > 0.99 else ui.percent(p)


def of_levels(ui: Interface, reading: Levels) -> tuple[Bar, ...]:
    """Return a bar for each level of a reading."""
    here = middle(reading)
    return tuple(
        Bar(
            ui.tell(name),
            p,
            percentage(ui, p),
            "propaganda" if level >= FROM_LEVEL else "journalism",
            level == here,
        )
        for level, (name, p) in enumerate(zip(LEVELS, reading.levels, strict=True))
    )


def of_views(ui: Interface, signals: Mapping[str, float]) -> tuple[Bar, ...]:
    """Return a bar for each view of a model."""
    return tuple(
        Bar(ui.tell(VIEWS.get(name, name)), p, percentage(ui, p)) for name, p in signals.items()
    )
