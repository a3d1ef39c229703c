"""What a model promises in one language, and what is usual there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from krynica.classifier.parameters import Usual
from krynica.training.results.profiles import Profile, read_profiles
from krynica.training.results.worth import Figures, Metrics, read_metrics

if TYPE_CHECKING:
    from krynica.classifier.model import Model

PROMISED = 0.02
"""Share of a newsroom's articles that the operating point allows to be accused."""
POOLED = "pooled"
"""Name under which the figures of all languages together stand in a manifest."""


@dataclass(frozen=True)
class Judging:
    """A language as the model judges it.

    Parameters
    ----------
    language
        Its code.
    verdicts
        Whether the model ever accuses in it.
    error
        Share of articles of a newsroom never seen that may be accused wrongly: the largest among
        newsrooms held out in training, in whatever language, or that of all newsrooms' articles of
        this language; at least `PROMISED`.
    usual
        Range of each measure in newsrooms; None where it is not known.
    profile
        What articles of outlets never seen looked like in training; None likewise.
    """

    language: str
    verdicts: bool
    error: float
    usual: Usual | None
    profile: Profile | None

    @classmethod
    def of(cls, model: Model, language: str) -> Judging:
        """Read what a model says of a language."""
        profile = read_profiles(model.manifest.get("profile")).get(language)
        error = _error(read_metrics(model.manifest.get("metrics")), language)
        if language not in model.source.languages:
            return cls(language, verdicts=False, error=error, usual=None, profile=profile)
        numbers = model.source.parameters(language)
        judging = numbers.judging
        verdicts = judging is not None and float(judging.points.accuse.min()) <= 1.0
        return cls(language, verdicts, error, numbers.usual, profile)


def _error(metrics: Metrics, language: str) -> float:
    """Return what may be wrong."""
    own, together = (metrics.get(name, Figures()) for name in (language, POOLED))
    rooms = (room.accused for room in together.newsrooms or ())
    accused = own.readings and own.readings.accused_newsrooms
    return max((PROMISED, accused or 0.0, *rooms))
