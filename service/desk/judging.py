"""What a model promises in one language, and what is usual there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from classifier.parameters import Usual

if TYPE_CHECKING:
    from classifier.model import Model

PROMISED = 0.02
"""Share of a newsroom's articles that the operating point allows to be accused."""


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
        newsrooms, and among collections, held out in training, or that of all newsrooms' articles
        that a reader scored; at least `PROMISED`.
    usual
        Range of each measure in newsrooms; None where it is not known.
    profile
        What articles of outlets never seen looked like in training; None likewise.
    """

    language: str
    verdicts: bool
    error: float
    usual: Usual | None
    profile: Mapping[str, Any] | None

    @classmethod
    def of(cls, model: Model, language: str) -> Judging:
        """Read what a model says of a language."""
        profile = model.manifest.get("profile", {}).get(language)
        error = _error(model.manifest.get("metrics", {}).get(language, {}))
        if language not in model.source.languages:
            return cls(language, verdicts=False, error=error, usual=None, profile=profile)
        numbers = model.source.parameters(language)
        verdicts = numbers.articles is not None and numbers.articles.combiner.accuse <= 1.0
        return cls(language, verdicts, error, numbers.usual, profile)


def _error(metrics: Mapping[str, Any]) -> float:
    articles, collections, readings = (
        metrics.get(name) or {} for name in ("articles", "collections", "readings")
    )
    apart = articles.get("falsely_accused_by_outlet") or ()
    pooled = (collections.get("by_collection") or {}).values()
    shares = [one.get("falsely_accused") or 0.0 for one in (*apart, *pooled)]
    return max((PROMISED, readings.get("newsrooms_accused") or 0.0, *shares))
