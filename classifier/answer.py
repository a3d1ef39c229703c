"""What comes out: one answer, the same object in Python, on the command line and over HTTP."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Verdict = Literal["propaganda", "journalism", "unclear"]


@dataclass(frozen=True)
class Reason:
    """Why a verdict is ``unclear``: a code for programs, a sentence for people."""

    code: str
    note: str


@dataclass(frozen=True)
class Evidence:
    """One reason that can be looked at.

    Parameters
    ----------
    start, end
        Place in the text as given, in Unicode code points; None for a measure of the whole text.
    text
        That slice of the text; None likewise.
    kind
        ``"phrase"``, ``"passage"`` or ``"style"``.
    weight
        Contribution to the log-odds of `Answer.p_propaganda`; above zero speaks for propaganda.
    note
        One sentence for people.
    """

    start: int | None
    end: int | None
    text: str | None
    kind: Literal["phrase", "passage", "style"]
    weight: float
    note: str


@dataclass(frozen=True)
class Levels:
    """How a text reads: plain, journalism with a voice, one-sided, propaganda, blatant propaganda.

    Parameters
    ----------
    score
        Mean of the levels, 0 to 4.
    levels
        Probability of each of the five, sum 1. `Answer.p_propaganda` is the sum of the last three.
    """

    score: float
    levels: tuple[float, float, float, float, float]


GENRES = ("news", "analysis", "opinion", "interview", "official", "other")
"""What a text may be; ``other`` is no article: a recipe, a list, an advert, page furniture."""


@dataclass(frozen=True)
class Genre:
    """What kind of text it is: one of `GENRES`, with its probability."""

    name: str
    p: float


@dataclass(frozen=True)
class ModelId:
    """Which model gave an answer; ``sha256`` is that of its ``SHA256SUMS``."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True)
class Answer:
    """The answer to one article.

    Parameters
    ----------
    verdict
        ``"propaganda"``, ``"journalism"`` or ``"unclear"``; None only beside an `error`.
    p_propaganda
        Probability that a careful reader would score the text 2 or more of 4 (one-sided or worse),
        calibrated on outlets the model never saw, or None where it must not judge.
    reading
        Probabilities of the five scores, and their mean; None with `p_propaganda`.
    genre
        What kind of text it is; None with `p_propaganda`.
    p_persuasion
        Probability that a reader trained to mark persuasion techniques would mark this text; of
        an article, that of its passages on average.
    language
        ISO 639-1 code, or ``"und"``.
    why_unclear
        Reasons; empty for a clear verdict.
    words
        Words read: all of the article.
    signals
        The views behind the verdict, each 0 to 1.
    evidence
        Strongest first.
    model
        Which model said so.
    error
        One sentence; then the other fields are None or empty.
    """

    verdict: Verdict | None = None
    p_propaganda: float | None = None
    reading: Levels | None = None
    genre: Genre | None = None
    p_persuasion: float | None = None
    language: str | None = None
    why_unclear: tuple[Reason, ...] = ()
    words: int | None = None
    signals: dict[str, float] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    model: ModelId | None = None
    error: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as plain lists and dictionaries, fields in the contract's order."""
        plain = asdict(self)
        plain["why_unclear"] = list(plain["why_unclear"])
        plain["evidence"] = list(plain["evidence"])
        if self.reading:
            plain["reading"]["levels"] = list(self.reading.levels)
        return plain

    def as_row(self) -> dict[str, Any]:
        """Return the answer as the cells of a table; `why_unclear` is its codes joined by ``;``."""
        return {
            "verdict": self.verdict,
            "p_propaganda": self.p_propaganda,
            "reading": self.reading.score if self.reading else None,
            "genre": self.genre.name if self.genre else None,
            "p_persuasion": self.p_persuasion,
            "language": self.language,
            "why_unclear": ";".join(reason.code for reason in self.why_unclear) or None,
            "model_version": self.model.version if self.model else None,
            "error": self.error,
        }


ROW_COLUMNS: tuple[str, ...] = tuple(Answer().as_row())
"""Names of the columns that an answer adds to a table."""
