"""Figures of two models on the same rows, as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from krynica.training.results.records import OPTIONAL

T = TypeVar("T")


@dataclass(frozen=True)
class Sides(Generic[T]):
    """The same of both models."""

    a: T
    b: T


@dataclass(frozen=True)
class Classes:
    """Numbers by class."""

    propaganda: int
    journalism: int

    @property
    def least(self) -> int:
        """The smaller one."""
        return min(self.propaganda, self.journalism)


@dataclass(frozen=True)
class Coverage:
    """Articles by which models judge them."""

    both: int
    only_a: int
    only_b: int
    neither: int


@dataclass(frozen=True)
class Difference:
    """A figure of both models.

    Parameters
    ----------
    a, b
        The figures; None where there is none.
    difference
        b less a.
    interval
        Of the difference: 95%, by drawing outlets with replacement,
        `training.statistics.metrics.bootstrap`.
    """

    a: float | None
    b: float | None
    difference: float | None
    interval: tuple[float, float] | None

    @property
    def ends(self) -> tuple[float, float]:
        """The interval; where there is none, one that tells nothing."""
        return self.interval or (0.0, 0.0)


@dataclass(frozen=True)
class Disagreement:
    """Two answers of yes or no on the same rows, compared by McNemar's exact test (1947).

    Parameters
    ----------
    only_a, only_b
        Rows on which one alone says yes.
    p_value
        How likely so uneven a split is, either way, if each of these rows might as well have been
        the other's (binomial, two-sided; 1 without such rows).
    """

    only_a: int
    only_b: int
    p_value: float


@dataclass(frozen=True)
class Disagreements:
    """On what two models disagree.

    It takes articles to be independent, which those of one outlet are not: p-values are too small,
    and decide nothing.

    Parameters
    ----------
    accuses_newsrooms
        Whether a model accuses an article of a newsroom.
    is_right
        Whether a clear verdict is the label.
    """

    accuses_newsrooms: Disagreement
    is_right: Disagreement


@dataclass(frozen=True)
class OutletPair:
    """What two models say of one outlet.

    Parameters
    ----------
    outlet, label, articles
        Its name, its class, and its articles.
    called_propaganda
        Share of articles with this verdict.
    mcnemar
        Of these verdicts.
    auc
        Of an outlet of propaganda against all newsrooms here.
    """

    outlet: str
    label: Literal["journalism", "propaganda"]
    articles: int
    called_propaganda: Sides[float]
    mcnemar: Disagreement
    auc: Sides[float | None] | None = field(default=None, metadata=OPTIONAL)


@dataclass(frozen=True)
class Paired:
    """Figures of two models, and their differences.

    Parameters
    ----------
    articles, outlets
        By class.
    outlets_both_judge
        Those with a row that both models judge.
    joined
        Names that were counted under another one, by `data.corpus.outlet_names.joined`, and that.
    judged
        Articles by which models judge them.
    figures
        By name. ``found_less_accused`` is Youden's J of 1950: the share of propaganda found less
        that of newsrooms accused, 0 for a model that accuses everybody or nobody;
        ``clear_and_right`` is a share of all rows.
    mcnemar
        On what they disagree.
    by_outlet
        Each outlet's figures, as `training.comparison.pairs.by_outlet` gives them; empty where they
        are not told.
    """

    articles: Classes
    outlets: Classes
    outlets_both_judge: Classes
    joined: Mapping[str, str]
    judged: Coverage
    figures: Mapping[str, Difference]
    mcnemar: Disagreements
    by_outlet: tuple[OutletPair, ...] = field(default=(), metadata=OPTIONAL)
