"""What the model's own trial says of an answer: read from its manifest, less where it is silent.

All figures come from outlets that the model had not learned from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from classifier.answer import Answer
from classifier.sentence import Sentence


@dataclass(frozen=True)
class Zones:
    """Where verdicts lie on the scale: journalism up to ``clear``, propaganda from ``accuse``."""

    clear: float
    accuse: float


def zones(manifest: Mapping[str, Any], language: str | None) -> Zones | None:
    """Return the zones of a language's scale, or None where it gives no verdicts."""
    points = manifest.get("operating_points", {}).get(language or "", {})
    clear, accuse = points.get("journalism_to", -1.0), points.get("propaganda_from", 2.0)
    if clear < 0.0 and accuse > 1.0:
        return None
    return Zones(max(clear, 0.0), min(accuse, 1.0))


def sureness(manifest: Mapping[str, Any], answer: Answer) -> list[Sentence]:
    """Say how far a probability has held on outlets never seen; nothing where it is not known."""
    figures = _figures(manifest, answer.language)
    if answer.p_propaganda is None:
        return []
    found = [_calibration(figures.get("reliability", ()), answer.p_propaganda)]
    if answer.verdict == "propaganda":
        found.append(_accused(figures))
    if answer.verdict == "journalism":
        found.append(_missed(figures))
    return [sentence for sentence in found if sentence is not None]


def outlets(manifest: Mapping[str, Any], language: str | None) -> Sentence | None:
    """Say on how many outlets the model was tried in a language."""
    counts = _figures(manifest, language).get("outlets", {})
    journalism, propaganda = counts.get("journalism"), counts.get("propaganda")
    if not isinstance(journalism, int) or not isinstance(propaganda, int):
        return None
    return Sentence(
        "Outlets on which the model was tried in this language: {newsrooms}, {propaganda}.",
        newsrooms=Sentence("{n:,} newsroom", "{n:,} newsrooms", n=journalism),
        propaganda=Sentence("{n:,} propaganda outlet", "{n:,} propaganda outlets", n=propaganda),
    )


def _figures(manifest: Mapping[str, Any], language: str | None) -> Mapping[str, Any]:
    found: Mapping[str, Any] = (
        manifest.get("metrics", {}).get(language or "", {}).get("articles", {})
    )
    return found


def _calibration(bins: Any, p: float) -> Sentence | None:
    for one in bins:
        if one["from"] <= p <= one["to"] and one.get("propaganda") is not None:
            return Sentence(
                "In the trial on outlets it had never seen, {share:.0%} of the texts that got "
                "between {low:.0%} and {high:.0%} were propaganda.",
                share=float(one["propaganda"]),
                low=float(one["from"]),
                high=float(one["to"]),
            )
    return None


def _accused(figures: Mapping[str, Any]) -> Sentence | None:
    interval = figures.get("falsely_accused_interval")
    if not interval or None in interval:
        return None
    return Sentence(
        "In that trial this verdict was wrongly given to {share:.1%} of the articles of newsrooms "
        "(95% interval: {low:.1%} to {high:.1%}).",
        share=float(figures["falsely_accused"]),
        low=float(interval[0]),
        high=float(interval[1]),
    )


def _missed(figures: Mapping[str, Any]) -> Sentence | None:
    missed = figures.get("propaganda_called_journalism")
    if missed is None:
        return None
    return Sentence(
        "In that trial {share:.0%} of the articles of propaganda outlets got this verdict, too.",
        share=float(missed),
    )
