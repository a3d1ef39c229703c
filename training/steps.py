"""Results of the steps of a run, kept on disk so that a stopped run need not begin anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from data.whole import hidden, keep

T = TypeVar("T")
SPOILT = "What an earlier run kept cannot be read; train again without --resume."
"""What is said where a step's result is not what it was."""


def kept(path: Path | None, make: Callable[[T], bytes], given: T) -> bytes:
    """Return what was kept under a path, or make it and keep it.

    Parameters
    ----------
    path
        Where it is kept once it is whole; its folder is there. None keeps nothing.
    make, given
        What makes it, and of what.
    """
    if path is None:
        return make(given)
    if path.exists():
        return path.read_bytes()
    part = hidden(path)
    part.write_bytes(made := make(given))
    keep(part, path)
    return made
