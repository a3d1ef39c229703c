"""What texts of outlets never seen look like, as a manifest tells it under ``profile``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from krynica.training.results.records import reader

Quantiles = list[float] | None
"""At `Profile.shares`; None of too few outlets."""


@dataclass(frozen=True)
class ByClass:
    """Quantiles over outlets, by what most of an outlet's texts read as."""

    journalism: Quantiles
    propaganda: Quantiles


@dataclass(frozen=True)
class Profile:
    """What texts of a language look like, over outlets.

    Parameters
    ----------
    articles, outlets
        How many are described; outlets by what most of their texts read as.
    least_articles
        Fewest of an outlet among them.
    shares
        Shares of outlets at which quantiles are told.
    known
        Quantiles of the mean share of words known.
    unlike_training, unclear
        Quantiles of the shares of texts unlike training, and with an ``unclear`` verdict.
    log_odds
        Quantiles of the mean log-odds.
    pooled
        The first three over all texts.
    """

    articles: int
    least_articles: int
    outlets: Mapping[str, int]
    shares: list[float]
    known: Quantiles
    unlike_training: Quantiles
    unclear: Quantiles
    log_odds: ByClass
    pooled: Mapping[str, float]


read_profiles = reader(Profile, "training profile")
"""Reads what stands under ``profile`` in a manifest, by language; null and None are nothing."""
