"""Figures in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from krynica.classifier.languages import LANGUAGES
from krynica.training.check.finding import counted
from krynica.training.results.worth import Figures, PassageFigures


def summary(language: str, metrics: Figures, unseen: str = "outlets never seen") -> str:
    """Say in one line what a language's answers are worth.

    Parameters
    ----------
    language
        ISO 639-1 code, or what stands for all together.
    metrics
        Its figures.
    unseen
        Whose texts they are of.
    """
    name = _name(language)
    if metrics.encoder_met:
        unseen = "outlets held out, which the encoder or the start had met"
    units = (metrics.passages or {}).items()
    passages = ", ".join(f"{unit}s {number(one.auc)}" for unit, one in units)
    told = f" Marked text, AUC on documents never seen: {passages}." if passages else ""
    found = metrics.readings
    if found is None:
        return f"{name}: no readings.{told}"
    return (
        f"{name}, {unseen} ({counted(found.texts, 'text')} of {found.outlets}): AUC of 2 or "
        f"more {number(found.auc)} {interval(found.auc_interval)}, of 3 or more "
        f"{number(found.auc_strong)}; plain texts of newsrooms accused "
        f"{percent(found.accused_newsrooms)}, accusations right "
        f"{percent(found.accusations_right)}, propaganda found "
        f"{percent(found.propaganda_found)}, clear verdicts "
        f"{percent(found.clear_verdicts)}, calibration error "
        f"{number(found.calibration_error)}.{told}"
    )


def marked(language: str, found: PassageFigures) -> str:
    """Say what the persuasion view of a language is worth on marked passages."""
    return f"{_name(language)}, marked passages: {found.count}, AUC {number(found.auc)}."


def _name(language: str) -> str:
    return LANGUAGES[language].name if language in LANGUAGES else "All languages"


def number(value: float | None) -> str:
    """Write a figure, or a dash."""
    return "–" if value is None else f"{value:.3f}"


def signed(value: float | None) -> str:
    """Write a difference with its sign, or a dash."""
    return "–" if value is None else f"{value:+.3f}"


def percent(value: float | None) -> str:
    """Write a share in per cent, or a dash."""
    return "–" if value is None else f"{value:.1%}"


def interval(pair: Sequence[float] | None, *, of_percent: bool = False) -> str:
    """Write an interval in brackets; nothing where there is none."""
    if pair is None:
        return ""
    show = percent if of_percent else number
    return f"({show(pair[0])}–{show(pair[1])})"
