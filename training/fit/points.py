"""Operating points: from which probability a text is accused, and up to which it is cleared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from krynica.classifier.arrays import BoolArray, FloatArray, IntArray
from krynica.classifier.parameters import POINTS, Points

ACCUSED, RIGHT, CLEARED = 0.02, 0.90, 0.95
"""Greatest share of newsrooms' texts that may be accused, least share of accused texts that read 2
or more, and least share of cleared texts that read 1 or less: the contract's."""
ARGUING = 0.01
"""Greatest share of newsrooms' texts that argue that may be accused: persuasion is their trade."""
MARGIN = 0.005
"""What the share of cleared texts is chosen above its promise: on outlets that had no part in the
choice it comes out half a point to one lower."""
ROOM, ROOM_ACCUSED = 40, 0.05
"""Texts from which a newsroom is looked at alone, and greatest share of its own that is accused."""
LEAST_NEWS, LEAST_ROOMS = 100, 5
"""Fewest texts of newsrooms, and fewest newsrooms, to accuse anybody by: of 100 texts of which none
is accused, 3 in 100 of others may be (the rule of three)."""
LEAST_RIGHT, LEAST_CLEARED = 10, 40
"""Fewest accusations, and fewest cleared texts, of which a share tells anything."""
LEAST_ACCUSED = 0.5
"""No text is accused that is likelier plain."""
UNLIKE = 0.005
"""Share of texts of held-out outlets that the model calls unlike its training."""
NEVER, NONE = 2.0, -1.0


@dataclass(frozen=True)
class Tried:
    """Texts of outlets that the views had not met.

    Parameters
    ----------
    p, kind, known
        Probability, place in `POINTS` of its kind, and share of words known.
    propaganda
        Whether a text was read as 2 or more.
    read
        Whether it was read at all: texts of newsrooms that nobody read guard accusations alone.
    newsroom
        Whether it is of a newsroom or a fact-checker.
    outlet
        Whose it is.
    """

    p: FloatArray
    kind: IntArray
    known: FloatArray
    propaganda: BoolArray
    read: BoolArray
    newsroom: BoolArray
    outlet: npt.NDArray[np.str_]

    def take(self, rows: npt.NDArray[np.generic]) -> Tried:
        """Return some of the rows."""
        return Tried(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


def operating_points(tried: Tried) -> Points:
    """Choose the points of each kind of text.

    A kind with too few texts of its own has the strictest point of the others: nobody is accused
    by a point that nothing shows to hold.
    """
    accuse = np.full(len(POINTS), NEVER)
    clear = np.full(len(POINTS), NONE)
    for at, name in enumerate(POINTS):
        own = tried.take(tried.kind == at)
        share = ARGUING if name == "opinion" else ACCUSED
        accuse[at], clear[at] = _accuse(own, share), _clear(own)
    every = _accuse(tried)
    known = accuse[accuse < NEVER]
    strictest = max([every, *known.tolist()]) if len(known) else every
    accuse[accuse >= NEVER] = strictest
    report, opinion = POINTS.index("report"), POINTS.index("opinion")
    accuse[opinion] = max(accuse[opinion], accuse[report])
    accuse = np.maximum(accuse, _sparing(tried, accuse))
    cleared = clear[clear > NONE]
    clear[clear <= NONE] = min(cleared.min(), _clear(tried)) if len(cleared) else _clear(tried)
    least_known = float(np.quantile(tried.known, UNLIKE)) if len(tried.known) else 0.0
    return Points(accuse, np.minimum(clear, accuse - 1e-6), least_known)


def _accuse(tried: Tried, share: float = ACCUSED) -> float:
    """Return the least point that accuses few of newsrooms, and is right nine times in ten."""
    plain = tried.newsroom & (~tried.read | ~tried.propaganda)
    if plain.sum() < LEAST_NEWS or len(np.unique(tried.outlet[plain])) < LEAST_ROOMS:
        return NEVER
    allowed = int(share * plain.sum())
    news = np.sort(tried.p[plain])[::-1]
    # No more are allowed than there are: whoever has as much as the first beyond them is spared.
    point = max(LEAST_ACCUSED, _above(float(news[allowed])))
    # From the likeliest down: the longest run of accusations of which nine in ten are right, and
    # none of which lies below that point. Texts of one probability share one fate.
    p, right = tried.p[tried.read], tried.propaganda[tried.read]
    order = np.argsort(-p, kind="stable")
    p, count = p[order], np.arange(1, len(order) + 1)
    rate = np.cumsum(right[order]) / count
    last = np.append(np.diff(p) != 0, True)[: len(p)]
    good = np.flatnonzero((rate >= RIGHT) & (count >= LEAST_RIGHT) & last & (p >= point))
    return float(p[good[-1]]) if len(good) else NEVER


def _sparing(tried: Tried, accuse: FloatArray) -> float:
    """Return the least point at which no newsroom is accused more often than `ROOM_ACCUSED`."""
    plain = tried.newsroom & (~tried.read | ~tried.propaganda)
    accused = plain & (tried.p >= accuse[tried.kind])
    point = 0.0
    for outlet in np.unique(tried.outlet[accused]).tolist():
        texts = int((plain & (tried.outlet == outlet)).sum())
        p = np.sort(tried.p[accused & (tried.outlet == outlet)])
        if texts >= ROOM and (spared := len(p) - int(ROOM_ACCUSED * texts)) > 0:
            point = max(point, _above(float(p[spared - 1])))
    return point


def _clear(tried: Tried) -> float:
    """Return the greatest point up to which 19 in 20 texts read 1 or less."""
    p, wrong = tried.p[tried.read], tried.propaganda[tried.read]
    order = np.argsort(p, kind="stable")
    p, count = p[order], np.arange(1, len(order) + 1)
    rate = np.cumsum(~wrong[order]) / count
    last = np.append(np.diff(p) != 0, True)[: len(p)]
    good = (rate >= CLEARED + MARGIN) & (count >= LEAST_CLEARED) & last & (p < LEAST_ACCUSED)
    return float(p[np.flatnonzero(good)[-1]]) if good.any() else NONE


def _above(p: float) -> float:
    return float(np.nextafter(p, 1.0))
