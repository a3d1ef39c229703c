"""What the gate asks for: figures no lower than their floors, and no higher than their ceilings."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).parents[1] / "floors.toml"
"""The bounds of the model that ships."""


@dataclass(frozen=True)
class Bounds:
    """Bounds of figures.

    Parameters
    ----------
    sha256
        Checksum of the table of readings that they were measured on.
    epsilon
        What is put down to other processors and versions of libraries.
    floors, ceilings
        By a figure's path, such as ``en/auc``.
    """

    sha256: str
    epsilon: float
    floors: Mapping[str, float]
    ceilings: Mapping[str, float]

    def failings(self, result: Mapping[str, Any]) -> list[str]:
        """Say in what a model falls short.

        Parameters
        ----------
        result
            A result of the gate as plain dictionaries.

        Returns
        -------
        list of str
            One sentence a failing; empty for a model that may pass.
        """
        failings = []
        if result["readings"] != self.sha256:
            failings.append("The readings are not those that the floors were measured on.")
        for bounds, sign, word in ((self.floors, 1, "at least"), (self.ceilings, -1, "at most")):
            for path, bound in bounds.items():
                value = _at(result["figures"], path)
                if value is None:
                    failings.append(f"{path} is missing; it must be {word} {bound}.")
                elif sign * (value - bound) < -self.epsilon:
                    failings.append(f"{path} is {value}; it must be {word} {bound}.")
        return failings


def read_bounds(path: Path = FLOORS) -> Bounds:
    """Read bounds from a file such as ``floors.toml``."""
    read = tomllib.loads(path.read_text("utf-8"))
    return Bounds(read["readings"]["sha256"], read["epsilon"], read["floors"], read["ceilings"])


def _at(figures: Mapping[str, Any], path: str) -> float | None:
    language, _, name = path.partition("/")
    value: float | None = figures.get(language, {}).get(name)
    return value
