"""What answers are worth, as records: what stands under ``metrics`` in a manifest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated

from pydantic import Field

from krynica.training.results.generalisation import Generalisation
from krynica.training.results.records import OPTIONAL, beside, reader, told


@dataclass(frozen=True)
class Newsroom:
    """How often one newsroom's texts are accused, and its plain ones."""

    outlet: str = ""
    texts: int = 0
    accused: float = 0.0
    interval: tuple[float, float] = (0.0, 1.0)


@dataclass(frozen=True)
class ReadingFigures:
    """What verdicts and probabilities are worth.

    Shares are None where there is nothing to share; a manifest may lack some figures.

    Parameters
    ----------
    texts, propaganda, outlets
        How many texts were read, how many of them read as propaganda, of how many outlets.
    auc, auc_interval
        2 or more against 1 or less, and its interval by drawing outlets.
    auc_strong
        3 or more against 1 or less.
    found, found_strong
        Share of 2 or more, and of 3 or more, above the point that accuses 2% of newsrooms' plain
        texts.
    calibration_error, calibration_chance
        Of the probability, both classes weighing the same; and what 19 in 20 perfectly calibrated
        ones stay below on so few texts.
    accused_newsrooms, newsrooms_interval, newsroom_texts
        Share of plain texts of newsrooms that are accused, its interval, and their number.
    accusations, accusations_right
        Number of accusations, and share of them that read 2 or more.
    propaganda_found
        Share of 2 or more that is called propaganda.
    clear_verdicts
        Share of texts with a verdict other than ``unclear``.
    journalism_right
        Share of verdicts ``journalism`` that read 1 or less.
    """

    texts: int = 0
    propaganda: int = 0
    outlets: int = 0
    auc: float | None = None
    auc_interval: tuple[float, float] | None = None
    auc_strong: float | None = None
    found: float | None = None
    found_strong: float | None = None
    calibration_error: float | None = None
    calibration_chance: float | None = None
    accused_newsrooms: float | None = None
    newsrooms_interval: tuple[float, float] | None = None
    newsroom_texts: int = 0
    accusations: int = 0
    accusations_right: float | None = None
    propaganda_found: float | None = None
    clear_verdicts: float | None = None
    journalism_right: float | None = None


@dataclass(frozen=True)
class PassageFigures:
    """What the persuasion view is worth on documents never seen: passages, and AUC."""

    count: int = 0
    auc: float | None = None


@dataclass(frozen=True)
class TechniqueFigures:
    """What a technique's name is worth on documents never seen.

    Parameters
    ----------
    marked
        Passages marked for it.
    named, right
        Marked passages of documents held out that it would be named for, and the share of them
        for which people had named it.
    auc
        Among marked passages of documents held out.
    """

    marked: int
    named: int
    right: float | None
    auc: float


@dataclass(frozen=True)
class ScreenFigures:
    """What two stages are worth beside the whole model, on outlets that neither had met.

    Shares are None where there is nothing to share.

    Parameters
    ----------
    texts, auc
        Texts that were read, and how well the screen alone ranks them.
    cleared, right
        Share of them that the screen clears, and share of these that read 1 or less.
    newsroom_texts, newsrooms_cleared
        Texts of newsrooms, and share of them that it clears: ordinary news.
    journalism, unclear, propaganda
        Texts that it clears, by what the whole model says of them.
    auc_whole, auc_staged
        Of the whole model, and of two stages.
    """

    texts: int
    auc: float | None
    cleared: float | None
    right: float | None
    newsroom_texts: int
    newsrooms_cleared: float | None
    journalism: int
    unclear: int
    propaganda: int
    auc_whole: float | None
    auc_staged: float | None


@dataclass(frozen=True)
class Bin:
    """A bin of the reliability curve.

    Parameters
    ----------
    from_, to
        Its ends.
    mean_p, propaganda
        Mean probability, and share of propaganda; None in an empty bin.
    weight
        Of all rows; the bins' weights add up to 1.
    """

    from_: Annotated[float, Field(alias="from")]
    to: float
    mean_p: float | None
    propaganda: float | None
    weight: float


@dataclass(frozen=True)
class RiskCoverage:
    """The error among the most certain rows, for growing shares of rows.

    Parameters
    ----------
    area
        Under the whole curve, 0 at best (Geifman & El-Yaniv 2017, "Selective Classification for
        Deep Neural Networks").
    points
        Coverage, and the error at the first coverage that reaches it.
    """

    area: float
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Figures:
    """What answers in a language are worth, or in all of them together.

    What was not measured is None.

    Parameters
    ----------
    readings
        Of texts of outlets never seen.
    kinds, genres
        The same by kind and by genre; told of all languages together, as is what follows.
    newsrooms
        Newsrooms one by one, those accused most first.
    fact_checkers
        Of fact-checkers' texts; None where none was read.
    reliability, risk_coverage
        Curves.
    screen
        What two stages are worth.
    generalisation
        Beyond outlets never seen.
    techniques
        By technique.
    passages
        Of marked passages of a language, by unit.
    encoder_met
        Whether the encoder, or the start, had met the outlets that judge.
    """

    readings: ReadingFigures | None = field(default=None, metadata=OPTIONAL)
    kinds: Mapping[str, ReadingFigures] | None = field(default=None, metadata=OPTIONAL)
    genres: Mapping[str, ReadingFigures] | None = field(default=None, metadata=OPTIONAL)
    newsrooms: tuple[Newsroom, ...] | None = field(default=None, metadata=OPTIONAL)
    fact_checkers: ReadingFigures | None = field(default=None, metadata=beside("kinds"))
    reliability: tuple[Bin, ...] | None = field(default=None, metadata=OPTIONAL)
    risk_coverage: RiskCoverage | None = field(default=None, metadata=OPTIONAL)
    screen: ScreenFigures | None = field(default=None, metadata=OPTIONAL)
    generalisation: Generalisation | None = field(default=None, metadata=OPTIONAL)
    techniques: Mapping[str, TechniqueFigures] | None = field(default=None, metadata=OPTIONAL)
    passages: Mapping[str, PassageFigures] | None = field(default=None, metadata=OPTIONAL)
    encoder_met: bool = field(default=False, metadata=OPTIONAL)

    def updated(self, other: Figures) -> Figures:
        """Return these figures, with those that another record tells in their place."""
        return replace(self, **told(other))


Metrics = Mapping[str, Figures]
"""By language, and of all together under `training.measure.protocol.POOLED`."""
read_metrics = reader(Figures, "figures")
"""Reads what stands under ``metrics`` in a manifest."""
