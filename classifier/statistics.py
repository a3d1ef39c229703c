"""Standard statistics that training and source reports share."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt


def wilson(hits: float, total: float, z: float = 1.96) -> tuple[float, float]:
    """Return Wilson's score interval of a share (Wilson 1927), (0, 1) of nothing."""
    if not total:
        return 0.0, 1.0
    share, square = hits / total, z * z / total
    middle = (share + square / 2) / (1 + square)
    half = z * sqrt(share * (1 - share) / total + square / (4 * total)) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)


def holm(p: Sequence[float]) -> list[float]:
    """Adjust p-values for their number.

    Holm's step-down method (Holm 1979): among those adjusted to at most 5%, the chance that even
    one is there by accident is at most 5%. The false discovery rate of Benjamini and Hochberg
    (1995) finds more, and allows one in twenty of those it names to be named wrongly; here a name
    is a newsroom's.
    """
    adjusted, least = [1.0] * len(p), 0.0
    for done, at in enumerate(sorted(range(len(p)), key=p.__getitem__)):
        least = max(least, min(1.0, (len(p) - done) * p[at]))
        adjusted[at] = least
    return adjusted
