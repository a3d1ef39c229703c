"""How far annotators agree: Krippendorff's alpha, nominal and ordinal, and what is clear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from krynica.classifier.arrays import FloatArray

TENTATIVE, CUSTOMARY = 0.667, 0.800
"""Customary to require is an alpha of .800; .667 is the lowest conceivable limit, where tentative
conclusions are still acceptable (Krippendorff 2004, "Content Analysis", 2nd edition, p. 241)."""
FEW = 200
"""Pairable answers below which the interval is too wide to rely on: with two annotators, three
labels and a true alpha of .7 its half is .25 at 50 answers, .18 at 100, .12 at 200 and .09 at 400
(200 simulated studies each)."""
_DRAWS = 2000


@dataclass(frozen=True)
class Class:
    """How one label was used.

    Parameters
    ----------
    share
        Of all answers.
    agreed
        Share of the other answers to a row that are this label too, where one is: the coincidences
        *o_cc* over *n_c*, None where no row with the label has another answer.
    """

    share: float
    agreed: float | None


@dataclass(frozen=True)
class Agreement:
    """What can be told of annotators' agreement.

    Parameters
    ----------
    alpha
        Krippendorff's; None where nothing can be told: no row has two answers, or all are alike.
    interval
        Ends of the bootstrap interval.
    pairable
        Number of answers to rows that have two or more.
    classes
        By label.
    """

    alpha: float | None
    interval: tuple[float, float] | None
    pairable: int
    classes: Mapping[str, Class]


def agreement(
    answers: Sequence[Sequence[str]],
    labels: Sequence[str],
    *,
    ordinal: bool = False,
    seed: int = 0,
    level: float = 0.95,
) -> Agreement:
    """Measure agreement.

    Parameters
    ----------
    answers
        Of each row, the labels that its annotators gave; a row may have any number.
    labels
        All labels that there are; in their order where they have one.
    ordinal
        Whether the labels have an order: neighbours are then a smaller disagreement.
    seed
        Of the bootstrap, the one figure that is drawn.
    level
        Share of the draws inside the interval.
    """
    counts = np.array(
        [[row.count(label) for label in labels] for row in answers], dtype=np.float64
    ).reshape(-1, len(labels))
    pairs = counts[counts.sum(axis=1) >= 2]
    return Agreement(
        alpha(counts, ordinal=ordinal),
        _interval(pairs, seed, level, ordinal=ordinal),
        int(pairs.sum()),
        {label: _class(counts, pairs, at) for at, label in enumerate(labels)},
    )


def alpha(counts: FloatArray, *, ordinal: bool = False) -> float | None:
    """Return Krippendorff's alpha for nominal or ordinal data.

    One minus the observed disagreement over that which chance would bring: with *n_uc* answers
    *c* to unit *u*, *m_u* answers to it, *n_c* and *n* such sums over all units with two answers
    or more, ``1 - (n - 1) · Σ_u (m_u² - Σ_c n_uc²) / (m_u - 1) / (n² - Σ_c n_c²)``: Krippendorff
    2011, "Computing Krippendorff's Alpha-Reliability", section C, its sum over coincidences of
    unlike values written unit by unit. For ordinal data every pair of unlike values *c* < *k*
    weighs ``(n_c / 2 + n_(c+1) + … + n_(k-1) + n_k / 2)²``, his ordinal metric.

    Parameters
    ----------
    counts
        How often each unit was given each value, shape (n_units, n_values). Units with one answer
        or none tell nothing and are passed over.
    ordinal
        Whether the values have an order, that of the columns.

    Returns
    -------
    float or None
        1 where all agree, 0 where they agree as chance would have it; None where no unit has two
        answers, or all answers are alike.

    Examples
    --------
    Two people, four texts, two labels; they differ about one text:

    >>> round(alpha(np.array([[2, 0], [2, 0], [0, 2], [1, 1]])), 3)
    0.533
    """
    pairs = counts[counts.sum(axis=1) >= 2]
    value = float(_alphas(pairs, np.ones((1, len(pairs))), ordinal=ordinal)[0])
    return None if np.isnan(value) else value


def _alphas(pairs: FloatArray, times: FloatArray, *, ordinal: bool) -> FloatArray:
    """Return alpha of samples in which units stand so many times, shape (n_samples, n_units)."""
    if ordinal:
        return np.array([_ordinal(pairs, one) for one in times])
    size = pairs.sum(axis=1)
    apart = (size**2 - (pairs**2).sum(axis=1)) / (size - 1)
    total = times @ size
    chance = total**2 - ((times @ pairs) ** 2).sum(axis=1)
    told = np.where(chance > 0, chance, np.nan)
    result: FloatArray = 1 - (total - 1) * (times @ apart) / told
    return result


def _ordinal(pairs: FloatArray, times: FloatArray) -> float:
    """Return ordinal alpha of one sample of units, NaN where nothing can be told."""
    if not len(pairs):
        return float("nan")
    own = times / (pairs.sum(axis=1) - 1)
    met = np.einsum("u,uc,uk->ck", own, pairs, pairs) - np.diag(own @ pairs)
    n = times @ pairs
    upto = np.cumsum(n) - n / 2  # from the middle of one value's answers to that of another's
    apart = (upto[:, None] - upto[None, :]) ** 2
    chance = float((np.outer(n, n) * apart).sum())
    return 1 - (n.sum() - 1) * float((met * apart).sum()) / chance if chance > 0 else float("nan")


def _interval(
    pairs: FloatArray, seed: int, level: float, *, ordinal: bool
) -> tuple[float, float] | None:
    """Return the percentile interval over draws of units with replacement.

    Efron & Tibshirani 1993, chapter 13. Units are drawn, with all their answers, as it is units
    that another study would have others of; Krippendorff's own algorithm draws single coincidences.
    """
    n = len(pairs)
    if n < 2:
        return None
    rng, even = np.random.default_rng(seed), np.full(n, 1 / n)
    drawn = np.array(
        [
            _alphas(pairs, rng.multinomial(n, even, 1).astype(np.float64), ordinal=ordinal)[0]
            for _ in range(_DRAWS)
        ]
    )
    told = drawn[~np.isnan(drawn)]
    if not len(told):
        return None
    low, high = np.quantile(told, ((1 - level) / 2, (1 + level) / 2))
    return float(low), float(high)


def _class(counts: FloatArray, pairs: FloatArray, at: int) -> Class:
    total, here = counts.sum(), pairs[:, at]
    met = here.sum()
    alike = (here * (here - 1) / (pairs.sum(axis=1) - 1)).sum()
    return Class(
        float(counts[:, at].sum() / total) if total else 0.0,
        float(alike / met) if met else None,
    )


def clear_majority(answers: Sequence[str]) -> str | None:
    """Return the label that more than half of a row's answers give; None where none does.

    Whoever could not tell counts as well: two of four are no majority.
    """
    return next((one for one in answers if 2 * answers.count(one) > len(answers)), None)


def clear_score(scores: Sequence[int]) -> int | None:
    """Return the lower median of a row's scores; None where two of them differ by more than 1."""
    if not scores or max(scores) - min(scores) > 1:
        return None
    return sorted(scores)[(len(scores) - 1) // 2]
