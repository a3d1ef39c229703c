"""Figures in sentences, in the order of the protocol: outlets never seen first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from classifier.languages import LANGUAGES

PROBES: Mapping[str, str] = {
    "language": "the language",
    "outlet_name": "the outlet's name",
    "date": "the day",
    "length": "the length",
    "punctuation": "punctuation",
    "place_names": "spellings of places",
}
"""What each probe looks at, in the order of the tables."""


def summary(language: str, metrics: Mapping[str, Any]) -> str:
    """Say in one line what a language's verdicts are worth on outlets never seen."""
    units = metrics.get("passages", {}).items()
    passages = ", ".join(f"{unit}s {number(m['auc'])}" for unit, m in units)
    marked = f" Marked text, AUC on documents never seen: {passages}." if passages else ""
    found = metrics.get("articles")
    if found is None:
        return f"{metrics['articles_refused']}{marked}"
    return (
        f"{LANGUAGES[language].name}, outlets never seen: AUC {number(found['auc'])}, falsely "
        f"accused {percent(found['falsely_accused'])}, propaganda found "
        f"{percent(found['propaganda_found'])}, clear verdicts {percent(found['clear_verdicts'])}. "
        f"Random split, for comparison: AUC {number(metrics['random_split_auc'])}.{marked}"
    )


def sentences(language: str, metrics: Mapping[str, Any]) -> Iterator[str]:
    """Tell all splits of a language.

    Parameters
    ----------
    language
        ISO 639-1 code.
    metrics
        Its figures, as `training.protocol.measure` returns them.

    Yields
    ------
    str
        A sentence a line; the first is that of outlets never seen.
    """
    found = metrics.get("articles")
    if found is None:
        yield summary(language, metrics)
        return
    yield (
        f"{LANGUAGES[language].name}, outlets never seen: AUC {number(found['auc'])} "
        f"{interval(found['auc_interval'])}, found at 2% false accusations "
        f"{percent(found['recall_at_2_percent'])}, falsely accused "
        f"{percent(found['falsely_accused'])}, propaganda found "
        f"{percent(found['propaganda_found'])}, clear verdicts "
        f"{percent(found['clear_verdicts'])}, calibration error "
        f"{number(found['calibration_error'])}."
    )
    if metrics["documents"]["auc"] is not None:
        told = of_documents(metrics["documents"])
        yield told[0].upper() + told[1:]
    yield _collections(metrics["collections"])
    yield _time(metrics["time"])
    yield _other_languages(metrics["other_languages"])
    yield (
        f"Random split: AUC {number(metrics['random_split_auc'])}, which is "
        f"{signed(metrics['random_split_gap'])} beside outlets never seen."
    )
    parts = ", ".join(
        f"{PROBES[kind]} {number(one['auc'])} (random split {number(one['random_split_auc'])})"
        for kind, one in in_order(metrics["probes"])
    )
    yield f"Shortcuts, AUC on outlets never seen of one kind of feature alone: {parts}."
    for unit, one in metrics.get("passages", {}).items():
        yield f"Marked {unit}s, documents never seen: {one['count']}, AUC {number(one['auc'])}."


def in_order(probes: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return the probes in the order of `PROBES`; a manifest has them by the alphabet."""
    return [(kind, probes[kind]) for kind in PROBES if kind in probes]


def of_documents(found: Mapping[str, Any]) -> str:
    """Say how marked documents are ranked when others of their collection are learned from."""
    return (
        f"marked documents never seen, of collections that are: {found['count']}, AUC against "
        f"newsrooms never seen {number(found['auc'])}."
    )


def _collections(found: Mapping[str, Any]) -> str:
    if not found["by_collection"]:
        return "Collections never seen: none can be held out."
    parts = ", ".join(
        f"{name} {number(one['auc'])}" for name, one in found["by_collection"].items()
    )
    return f"Collections never seen: mean AUC {number(found['mean_auc'])}; {parts}."


def _time(found: Mapping[str, Any]) -> str:
    if "refused" in found:
        return f"Later articles: not told, for {found['refused']}"
    new, value = found["new_outlets"], number(found["new_outlets_auc"])
    return (
        f"Articles from {found['cut']} on, learned from earlier ones: AUC "
        f"{number(found['auc'])}; of outlets that were not learned from "
        f"({new['propaganda']} propaganda, {new['journalism']} journalism) {value}. "
        f"{found['undated']} have no date."
    )


def _other_languages(found: Mapping[str, Any]) -> str:
    if not found["learned_from"]:
        return "Learned from other languages: not told, for there are none."
    names = ", ".join(LANGUAGES[language].name for language in found["learned_from"])
    return f"Style alone, learned from {names}: AUC {number(found['auc'])}."


def number(value: float | None) -> str:
    """Write a figure, or a dash."""
    return "–" if value is None else f"{value:.3f}"


def signed(value: float | None) -> str:
    """Write a difference with its sign, or a dash."""
    return "–" if value is None else f"{value:+.3f}"


def percent(value: float | None) -> str:
    """Write a share in per cent, or a dash."""
    return "–" if value is None else f"{value:.1%}"


def interval(pair: list[float] | None, *, of_percent: bool = False) -> str:
    """Write an interval in brackets; nothing where there is none."""
    if pair is None:
        return ""
    show = percent if of_percent else number
    return f"({show(pair[0])}–{show(pair[1])})"
