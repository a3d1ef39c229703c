"""What comes of going through outlets, as the threads tell it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Dealt:
    """A candidate that was dealt with.

    Parameters
    ----------
    outlet
        Its domain.
    reason
        Why it is no row; None if it is one.
    failure
        What went wrong on the way to it, in a sentence, or None.
    is_kept
        Whether the state counts it too, so that later runs tell of it.
    """

    outlet: str
    reason: str | None
    failure: str | None = None
    is_kept: bool = True


@dataclass(frozen=True)
class Failed:
    """A feed, sitemap or archive that could not be read, or not wholly: one sentence."""

    reason: str


Event = Dealt | Failed
