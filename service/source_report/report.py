"""What a source report says, in numbers: what the page and the tables show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from krynica.classifier.answer import ModelId
from krynica.classifier.statistics import wilson
from krynica.service.source_report.quotes import Quote

LEAST = 20
"""Fewest judged articles of an outlet about which anything is concluded. With 19 articles none of
which is accused, Wilson's interval still reaches 17%."""
ALPHA = 0.05
"""Chance of a finding where there is nothing to find, over all outlets of a report."""


UNNAMED = "no outlet given"
POOLED = "further outlets together"


class Finding(Enum):
    """What can be said of an outlet's share of accused articles, by its name in tables."""

    MORE = "stands_out"
    ABOVE_ERROR = "above_error"
    WITHIN_ERROR = "no_finding"
    SMALL = "small_sample"
    NO_VERDICTS = "no_verdicts"
    MIXED = "not_one_outlet"


@dataclass(frozen=True)
class Share:
    """So many of so many articles."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """The share; None of nothing."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95% interval; it takes articles to be independent of each other."""
        return wilson(self.hits, self.total)


@dataclass(frozen=True)
class Quartiles:
    """First quartile, median and third quartile."""

    first: float
    median: float
    third: float


@dataclass(frozen=True)
class Month:
    """An outlet's judged articles of one month.

    `mean_p` is that of the probability of propaganda; `margin` half of its 95% interval, None
    with a single article.
    """

    day: dt.date
    accused: Share
    mean_p: float
    margin: float | None


@dataclass(frozen=True)
class Change:
    """Whether something changed over an outlet's months: z, and p adjusted over all outlets."""

    z: float
    p: float

    @property
    def found(self) -> bool:
        """Whether it surely did."""
        return self.p <= ALPHA


@dataclass(frozen=True)
class Mean:
    """A mean, and its standard error."""

    value: float
    error: float


@dataclass(frozen=True)
class Traits:
    """What drift is told by, of an outlet's judged articles in one language.

    `known` is the share of words that the model knows, None where rows do not say; `log_odds`
    those of propaganda.
    """

    language: str
    known: Mean | None
    unlike_training: Share
    unclear: Share
    log_odds: Mean

    @property
    def articles(self) -> int:
        """How many there are."""
        return self.unclear.total


@dataclass(frozen=True)
class Outlet:
    """One outlet, or a group of articles that is none.

    Parameters
    ----------
    name
        Safe to show on one line.
    learned
        Whether the model learned from an outlet of this name.
    articles
        Articles read, each counted once.
    repeats, errors
        Rows that repeat the outlet's own articles, and rows that could not be read.
    languages
        Articles a language, most first.
    span
        First and last month of the judged articles that bear a date.
    unjudged
        Articles without a verdict to count: too short, or in a language without verdicts.
    propaganda, journalism, unclear
        Shares of the judged articles.
    accused_of_clear
        Share of propaganda among the clear verdicts.
    p_propaganda, p_persuasion
        Of all articles that have them, in every language.
    error
        Share that the model may accuse wrongly: that of the newsroom accused most among those
        never seen.
    p_error, p_others
        p-values, adjusted over all outlets, of a share no higher than `error`, and of the same
        share as all others; None where they are not asked.
    others
        Share of the others' articles accused, at this outlet's mix of the languages that others
        write in too; None where there is none.
    finding
        What follows.
    change, shift
        Change of the share accused, and of the probability; None where there is too little.
    months, passages, style
        Months in order; the most persuasive passages; sentences on what is unusual in the style,
        None where it cannot be compared.
    traits
        By language.
    """

    name: str
    learned: bool
    articles: int
    repeats: int
    errors: int
    languages: tuple[tuple[str, int], ...]
    span: tuple[dt.date, dt.date] | None
    unjudged: int
    propaganda: Share
    journalism: Share
    unclear: Share
    accused_of_clear: Share
    p_propaganda: Quartiles | None
    p_persuasion: Quartiles | None
    error: float
    p_error: float | None
    p_others: float | None
    others: float | None
    finding: Finding
    change: Change | None
    shift: Change | None
    months: tuple[Month, ...]
    passages: tuple[Quote, ...]
    style: tuple[str, ...] | None
    traits: tuple[Traits, ...]

    @property
    def judged(self) -> int:
        """Articles whose verdicts are counted."""
        return self.propaganda.total


@dataclass(frozen=True)
class Compared:
    """One figure of a language's outlets beside the training profile.

    Parameters
    ----------
    name
        ``known``, ``unlike_training``, ``unclear`` or ``log_odds``.
    below, above, outlets
        Outlets below and above the profile's range, of so many compared.
    p
        Adjusted p-value of so many.
    low, high
        The range; None for no end on that side.
    pooled, pooled_then
        The figure over all articles, now and in the profile; None where that does not say.
    """

    name: str
    below: int
    above: int
    outlets: int
    p: float
    low: float | None
    high: float | None
    pooled: float
    pooled_then: float | None

    @property
    def outside(self) -> int:
        """Outlets outside of the range."""
        return self.below + self.above


class Fit(Enum):
    """How a language's articles fit the model."""

    FITS = "fits"
    UNUSUAL = "unusual"
    TOO_FEW = "too few"
    NO_PROFILE = "no profile"


@dataclass(frozen=True)
class Language:
    """A language of the report.

    Parameters
    ----------
    code, articles
        ISO 639-1 or ``"und"``, and its articles, with a probability or without.
    verdicts
        Whether the model gives verdicts in it.
    fit, says
        Whether its articles fit the model, and the sentence that says so.
    compared
        What that rests on; empty where nothing could be compared.
    """

    code: str
    articles: int
    verdicts: bool
    fit: Fit
    says: str
    compared: tuple[Compared, ...]


@dataclass(frozen=True)
class Report:
    """All that a source report says.

    Parameters
    ----------
    model
        Which model gave the verdicts.
    outlets
        Those that stand out first, then those above the model's error, then those without a
        finding, then small samples and what is no outlet; by name within each.
    languages
        Most articles first.
    accused
        Over all outlets.
    read_first
        Articles worth a reader's time, the most urgent first.
    """

    model: ModelId
    outlets: tuple[Outlet, ...]
    languages: tuple[Language, ...]
    accused: Share
    read_first: tuple[Quote, ...]

    @property
    def articles(self) -> int:
        """Articles read, an outlet's repeats of its own once."""
        return sum(one.articles for one in self.outlets)

    @property
    def repeats(self) -> int:
        """Rows that repeat an article of the same outlet."""
        return sum(one.repeats for one in self.outlets)

    @property
    def errors(self) -> int:
        """Rows that could not be read."""
        return sum(one.errors for one in self.outlets)

    @property
    def named(self) -> int:
        """Outlets told apart."""
        return sum(one.finding is not Finding.MIXED for one in self.outlets)

    @property
    def pooled(self) -> bool:
        """Whether there were more outlets than are told apart."""
        return any(one.finding is Finding.MIXED and one.name == POOLED for one in self.outlets)
