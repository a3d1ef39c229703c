"""How far a long run is: a bar on a terminal, a line a minute elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from krynica.service.terminal import say

if TYPE_CHECKING:
    from rich.progress import Progress as Display

EVERY = 60.0
"""Seconds between two lines where there is no terminal."""


class Progress(Protocol):
    """Is told how far a run is."""

    def begin(self, stage: str, rows: int | None) -> None:
        """Begin a stage of so many rows, or of nobody knows how many."""

    def done(self, rows: int, *, now: bool = True) -> None:
        """Count rows; those not done `now` were done by an earlier run."""


class Silent:
    """Says nothing; a `Progress`."""

    def begin(self, stage: str, rows: int | None) -> None:
        """Say nothing."""

    def done(self, rows: int, *, now: bool = True) -> None:
        """Say nothing."""


class Lines:
    """Says a line now and then; a `Progress`.

    Parameters
    ----------
    every
        Seconds between two lines.
    """

    def __init__(self, every: float = EVERY) -> None:
        self._every = every

    def begin(self, stage: str, rows: int | None) -> None:
        """Begin a stage."""
        self._stage, self._rows = stage, rows
        self._done = self._now = 0
        self._begun = self._said = time.monotonic()

    def done(self, rows: int, *, now: bool = True) -> None:
        """Count rows, and say so when it is time."""
        self._done += rows
        self._now += rows if now else 0
        at = time.monotonic()
        if at - self._said >= self._every:
            self._said = at
            say(self._line(at - self._begun))

    def _line(self, seconds: float) -> str:
        rate = self._now / seconds
        of = "" if self._rows is None else f" of {self._rows:,}"
        line = f"{self._stage}: {self._done:,}{of} rows"
        if rate:
            line += f", {rate:.0f} a second"
        if rate and self._rows is not None:
            line += f", {_time((self._rows - self._done) / rate)} left"
        return line


class Bar:
    """Draws a bar on a terminal; a `Progress`.

    Parameters
    ----------
    display
        Where it is drawn.
    """

    def __init__(self, display: Display) -> None:
        self._display = display
        self._task = display.add_task("", total=None)

    def begin(self, stage: str, rows: int | None) -> None:
        """Begin a stage."""
        self._display.reset(self._task, description=stage, total=rows)

    def done(self, rows: int, *, now: bool = True) -> None:
        """Move on."""
        del now
        self._display.advance(self._task, rows)


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


@contextmanager
def progress() -> Iterator[Progress]:
    """Show how far a run is on standard error."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        ProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Display
    from rich.progress import Task as Shown
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Shown) -> Text:
            return Text("" if task.speed is None else f"{task.speed:.0f} rows a second")

    look = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
    )
    with Display(*look, console=Console(stderr=True), transient=True) as display:
        yield Bar(display)
