"""What a model is worth on sources, languages and genres never seen, and by number of readings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEAST_TEXTS, LEAST_CLASS = 30, 5
"""Fewest texts of a group, and of each class in it, of which figures are told apart."""


@dataclass(frozen=True)
class LeftOut:
    """What is said of a group's texts by views and readers fitted without the group.

    Parameters
    ----------
    texts, propaganda, outlets
        How many texts were read, how many of them read as propaganda, of how many outlets.
    encoder_met
        Texts of the group, in the tables, that the encoder was tuned on.
    auc, auc_interval
        2 or more against 1 or less, and its interval by drawing outlets.
    auc_with
        Of the same texts, by views and readers that had met the rest of the group.
    accused_newsrooms, newsroom_texts
        Share of plain texts of newsrooms that are accused, and their number.
    accusations, accusations_right
        Number of accusations, and share of them that read 2 or more.
    """

    texts: int
    propaganda: int
    outlets: int
    encoder_met: int
    auc: float | None
    auc_interval: tuple[float, float] | None
    auc_with: float | None
    accused_newsrooms: float | None
    newsroom_texts: int
    accusations: int
    accusations_right: float | None


@dataclass(frozen=True)
class Learnt:
    """A point of the learning curve.

    Parameters
    ----------
    views, reader
        Mean number of readings that views, and readers, were fitted on.
    auc
        Mean over draws.
    lowest, highest
        Over draws.
    draws
        How many there were.
    """

    views: int
    reader: int
    auc: float
    lowest: float
    highest: float
    draws: int


@dataclass(frozen=True)
class Generalisation:
    """Figures beyond outlets never seen.

    Parameters
    ----------
    sources, languages, genres
        Of each group with enough texts, and under `POOLED` of all groups together, each left out.
    curve
        From the fewest readings to all of them; empty where one outlet's texts decide alone.
    """

    sources: Mapping[str, LeftOut]
    languages: Mapping[str, LeftOut]
    genres: Mapping[str, LeftOut]
    curve: tuple[Learnt, ...]
