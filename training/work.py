"""How a run works: in how many processes, what it keeps on the way, and whom it tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


class Progress(Protocol):
    """Is told how far a run is."""

    def begin(self, stage: str, rows: int | None) -> None:
        """Begin a stage of so many rows, or of nobody knows how many."""

    def done(self, rows: int) -> None:
        """Count rows."""


class Silent:
    """Says nothing; a `Progress`."""

    def begin(self, stage: str, rows: int | None) -> None:
        """Say nothing."""

    def done(self, rows: int) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Work:
    """How a run works.

    Parameters
    ----------
    jobs
        Processes; -1 for one a core.
    steps
        Folder in which results of steps are kept, and found again; None keeps none.
    say
        Called with a sentence at each step.
    progress
        Told how many texts of how many are read.
    """

    jobs: int = -1
    steps: Path | None = None
    say: Callable[[str], None] = lambda _: None
    progress: Progress = field(default_factory=Silent)

    def step(self, name: str) -> Path | None:
        """Return the folder of a step's results, made where it is missing; None keeps none."""
        if self.steps is None:
            return None
        folder = self.steps / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder
