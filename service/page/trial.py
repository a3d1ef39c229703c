"""What the model's own trial says of an answer: read from its manifest, less where it is silent.

All figures come from outlets that the model had not learned from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from krynica.classifier.answer import Answer
from krynica.classifier.parameters import POINTS
from krynica.classifier.sentence import Sentence
from krynica.classifier.verdict import kind_told


@dataclass(frozen=True)
class Zones:
    """Where verdicts lie on the scale: journalism up to ``clear``, propaganda from ``accuse``."""

    clear: float
    accuse: float


def zones(manifest: Mapping[str, Any], answer: Answer) -> Zones | None:
    """Return the zones of the scale of an answer's kind of text, or None where it has none."""
    points = manifest.get("operating_points", {}).get(answer.language or "") or {}
    clear, accuse = points.get("journalism_to") or {}, points.get("propaganda_from") or {}
    kind = POINTS[kind_told(answer.genre.name if answer.genre else None, answer.words or 0)]
    # The likeliest genre may be a report, and all that argue together likelier.
    others = {"report": "opinion", "opinion": "report"}
    ends = [(clear.get(one, -1.0), accuse.get(one, 2.0)) for one in (kind, others.get(kind, kind))]
    low, high = next((pair for pair in ends if _fits(answer, *pair)), ends[0])
    if low < 0.0 and high > 1.0:
        return None
    return Zones(max(low, 0.0), min(high, 1.0))


def _fits(answer: Answer, clear: float, accuse: float) -> bool:
    """Say whether an answer may have been judged by these points."""
    if answer.p_propaganda is None:
        return True
    between = any(reason.code == "near_threshold" for reason in answer.why_unclear)
    return (clear < answer.p_propaganda < accuse) == between


def sureness(manifest: Mapping[str, Any], answer: Answer) -> list[Sentence]:
    """Say how far a probability has held on outlets never seen; nothing where it is not known."""
    if answer.p_propaganda is None:
        return []
    figures = _figures(manifest, answer.language)
    found = [_calibration(figures), _order(figures)]
    if answer.verdict == "propaganda":
        found += [_newsrooms(figures), _accused(figures)]
    if answer.verdict == "journalism":
        found.append(_cleared(figures))
    if answer.verdict == "unclear":
        found.append(_clear(figures))
    return [sentence for sentence in found if sentence is not None]


def tried_on(manifest: Mapping[str, Any], language: str | None) -> Sentence | None:
    """Say on how many outlets and texts the model was tried in a language."""
    figures = _figures(manifest, language)
    outlets, texts = figures.get("outlets"), figures.get("texts")
    if not isinstance(outlets, int) or not isinstance(texts, int):
        return None
    return Sentence(
        "What the model was tried on in this language: {outlets}, {texts}.",
        outlets=Sentence("{n:,} outlet", "{n:,} outlets", n=outlets),
        texts=Sentence("{n:,} text", "{n:,} texts", n=texts),
    )


def _figures(manifest: Mapping[str, Any], language: str | None) -> Mapping[str, Any]:
    """Return the figures of a language's readings; a manifest may have null in any place."""
    metrics: Mapping[str, Any] = manifest.get("metrics", {}).get(language or "") or {}
    return metrics.get("readings") or {}


def _calibration(figures: Mapping[str, Any]) -> Sentence | None:
    error = figures.get("calibration_error")
    if error is None:
        return None
    return Sentence(
        "In the trial on outlets it had never seen, its probabilities lay {error:.1%} from the "
        "true shares on average.",
        error=float(error),
    )


def _order(figures: Mapping[str, Any]) -> Sentence | None:
    auc = figures.get("auc")
    if auc is None:
        return None
    return Sentence(
        "Of two texts, one of them one-sided or worse, it gave that one the higher probability in "
        "{auc:.0%} of the cases in the trial.",
        auc=float(auc),
    )


def _newsrooms(figures: Mapping[str, Any]) -> Sentence | None:
    share, interval = figures.get("accused_newsrooms"), figures.get("newsrooms_interval")
    if share is None or not interval or None in interval:
        return None
    return Sentence(
        "In the trial this verdict was wrongly given to {share:.1%} of the texts of newsrooms that "
        "read as journalism (95% interval: {low:.1%} to {high:.1%}).",
        share=float(share),
        low=float(interval[0]),
        high=float(interval[1]),
    )


def _accused(figures: Mapping[str, Any]) -> Sentence | None:
    right = figures.get("accusations_right")
    if right is None:
        return None
    return Sentence(
        "In the trial the reader found {share:.0%} of the texts with this verdict one-sided or "
        "worse.",
        share=float(right),
    )


def _cleared(figures: Mapping[str, Any]) -> Sentence | None:
    right = figures.get("journalism_right")
    if right is None:
        return None
    return Sentence(
        "In the trial the reader found {share:.0%} of the texts with this verdict plain, or "
        "journalism with a voice.",
        share=float(right),
    )


def _clear(figures: Mapping[str, Any]) -> Sentence | None:
    share = figures.get("clear_verdicts")
    if share is None:
        return None
    return Sentence(
        "In the trial {share:.0%} of the texts got a clear verdict.", share=float(share)
    )
