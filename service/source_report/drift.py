"""Drift: whether the articles that come in still look like those the model was tried on.

The unit is the outlet, as articles of one outlet are alike. An incoming outlet with articles
enough is compared with the outlets held out in training: it lies outside where its mean share of
known words is below their 5% quantile; its share of articles unlike training, or of unclear
verdicts, above their 95% quantile; its mean log-odds below the 5% quantile of newsrooms or above
the 95% quantile of propaganda outlets, as which of the two it is nobody knows. It must be surely
outside: with 95% confidence, as an outlet of few articles varies more than those held out.

If nothing has changed, at most about one outlet in twenty lies outside of each. Quantiles of few
outlets are rough, and that is allowed for: of `m` new outlets, the number below the `r`-th of `n`
old ones is beta-binomial with parameters `m`, `r` and `n + 1 - r`, whatever they measure (Wilks
1942). The articles are unusual where more lie outside than that allows, at 5% over the four figures
(Holm 1979): said by mistake of one language in twenty at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from scipy.stats import betabinom

from krynica.classifier.statistics import holm
from krynica.service.source_report.judging import Judging
from krynica.service.source_report.report import (
    ALPHA,
    Compared,
    Finding,
    Fit,
    Language,
    Mean,
    Outlet,
    Share,
    Traits,
)
from krynica.service.source_report.statistics import surpasses
from krynica.training.results.profiles import Profile

if TYPE_CHECKING:
    from krynica.classifier.model import Model

LEAST_OUTLETS = 5
"""Fewest outlets by which anything is said: four that fit would say little of the next."""
_TAIL = 0.05
_ONE_SIDED = 1.645
"""Standard errors in which 95% of what is lower lies."""
_REASONS = {
    "known": "with fewer words that the model knows",
    "unlike_training": "with more articles unlike its training",
    "unclear": "with more unclear verdicts",
    "log_odds": "with probabilities that lie farther out",
}


def language_report(
    model: Model, judging: Judging, articles: int, outlets: Sequence[Outlet]
) -> Language:
    """Compare a language's outlets with the training profile.

    Parameters
    ----------
    model
        The model.
    judging
        The language.
    articles
        How many there are of it.
    outlets
        All outlets of the report.
    """
    code, profile = judging.language, judging.profile
    if profile is None:
        return Language(code, articles, judging.verdicts, Fit.NO_PROFILE, _no_profile(model), ())
    told = [
        (outlet.finding is not Finding.MIXED, one)
        for outlet in outlets
        for one in outlet.traits
        if one.language == code
    ]
    large = [one for single, one in told if single and one.articles >= profile.least_articles]
    compared = _compared(profile, large, [one for _, one in told])
    fit, says = _verdict(profile, compared, len(large))
    return Language(code, articles, judging.verdicts, fit, says, compared)


def _no_profile(model: Model) -> str:
    if "profile" not in model.manifest:
        return (
            "This model has no training profile to compare with: it was made before there was one."
        )
    return "The model has learned from no articles in this language that could be compared with."


def _compared(
    profile: Profile, large: Sequence[Traits], every: Sequence[Traits]
) -> tuple[Compared, ...]:
    """Compare each figure that the profile has, and that the outlets have."""
    found = [
        (one, _chance(one, profile))
        for name in _REASONS
        if (one := _figure(name, profile, large, every)) is not None
    ]
    adjusted = holm([p for _, p in found])
    return tuple(replace(one, p=p) for (one, _), p in zip(found, adjusted, strict=True))


def _figure(
    name: str, profile: Profile, large: Sequence[Traits], every: Sequence[Traits]
) -> Compared | None:
    low, high = _range(name, profile)
    told = [value for one in large if (value := getattr(one, name)) is not None]
    # What cannot be passed tells nothing: without verdicts, all are unclear.
    if not told or (low is None and high is None) or (name != "log_odds" and high == 1.0):
        return None
    below = sum(low is not None and _sides(value, low)[0] for value in told)
    above = sum(high is not None and _sides(value, high)[1] for value in told)
    pooled = [(one.articles, value.value) for one in every if (value := getattr(one, name))]
    mean = sum(n * value for n, value in pooled) / sum(n for n, _ in pooled)
    then = profile.pooled.get(name)
    return Compared(name, below, above, len(told), 1.0, low, high, mean, then)


def _sides(value: Mean | Share, end: float) -> tuple[bool, bool]:
    """Tell whether an outlet lies surely below, or above, an end of the range.

    Of few articles a figure varies more than those of the profile: what that explains is not
    outside.
    """
    if isinstance(value, Share):
        return False, surpasses(value.hits, value.total, end) <= ALPHA
    margin = _ONE_SIDED * value.error
    return value.value + margin < end, value.value - margin > end


def _range(name: str, profile: Profile) -> tuple[float | None, float | None]:
    """Return the ends of the usual range; None for a side on which nothing is amiss."""

    def at(quantiles: Sequence[float] | None, share: float) -> float | None:
        return None if quantiles is None else quantiles[profile.shares.index(share)]

    if name == "known":
        return at(profile.known, _TAIL), None
    if name == "log_odds":
        kinds = profile.log_odds
        return at(kinds.journalism, _TAIL), at(kinds.propaganda, 1 - _TAIL)
    shares = profile.unclear if name == "unclear" else profile.unlike_training
    return None, at(shares, 1 - _TAIL)


def _chance(one: Compared, profile: Profile) -> float:
    """Return the chance of so many outlets outside if nothing had changed."""
    held_out = profile.outlets
    both = _held_out(profile)
    low, high = both, both
    if one.name == "log_odds":
        low, high = held_out["journalism"], held_out["propaganda"]
    sides = [
        _so_many(count, one.outlets, of)
        for count, of, end in ((one.below, low, one.low), (one.above, high, one.high))
        if end is not None
    ]
    return min(1.0, len(sides) * min(sides))


def _so_many(outside: int, outlets: int, held_out: int) -> float:
    """Return the chance of at least so many new outlets beyond the old ones' outer quantile."""
    rank = 1 + _TAIL * (held_out - 1)
    return float(betabinom.sf(outside - 1, outlets, rank, held_out + 1 - rank))


def _verdict(profile: Profile, compared: Sequence[Compared], outlets: int) -> tuple[Fit, str]:
    if outlets < LEAST_OUTLETS:
        return Fit.TOO_FEW, (
            f"Too few articles to tell: that takes {LEAST_OUTLETS} outlets with at least "
            f"{profile.least_articles} articles each, and there are {outlets}."
        )
    if not compared or _so_many(outlets, outlets, _held_out(profile)) * len(compared) > ALPHA:
        return Fit.TOO_FEW, "Too few outlets were held out in training to tell."
    amiss = [
        f"{one.outside} of {one.outlets} outlets {_REASONS[one.name]}"
        for one in compared
        if one.p <= ALPHA
    ]
    if amiss:
        return Fit.UNUSUAL, (
            f"These articles are unusual: there are {'; '.join(amiss)} than those of 19 in 20 "
            "outlets the model was tried on. They may be texts of another kind, or of another "
            "time: check some answers by hand before you rely on them."
        )
    return Fit.FITS, (
        "The model fits these articles: no more outlets than chance allows lie outside of what "
        "outlets never seen looked like when it was tried."
    )


def _held_out(profile: Profile) -> int:
    return int(sum(profile.outlets.values()))
