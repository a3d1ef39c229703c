"""What the model card says of probabilities, of newsrooms, and of accusing less."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from classifier.languages import LANGUAGES
from training.markdown import table
from training.summary import interval, number, percent

MOST_ARTICLES, MOST_ACCUSED = 10, 5
"""Newsrooms whose false accusations stand on the card: the largest, and those accused most."""
Metrics = Mapping[str, Mapping[str, Any]]


def worth(judged: Metrics) -> Iterator[str]:
    """Write what a probability and a verdict are worth on outlets never seen.

    Parameters
    ----------
    judged
        Figures of each language that judges articles.

    Yields
    ------
    str
        Lines of Markdown.
    """
    yield from _calibration(judged)
    yield from _newsrooms(judged)
    yield from _trade_off(judged)


def _calibration(judged: Metrics) -> Iterator[str]:
    yield "## What a probability is worth"
    yield ""
    yield (
        "Mean probability and share of propaganda in ten bins, on outlets never seen, the classes "
        "weighing the same, with the bin's weight in brackets."
    )
    yield ""
    bins = [f"{at / 10:.1f}–{(at + 1) / 10:.1f}" for at in range(10)]
    rows = (
        (LANGUAGES[language].name, *(map(_bin, m["articles"]["reliability"])))
        for language, m in judged.items()
    )
    yield from table(("language", *bins), rows)
    yield (
        "Errors where the least certain articles are left out, by the share that is answered, and "
        "the area under that curve."
    )
    yield ""
    told = ("0.1", "0.2", "0.4", "0.6", "0.8", "1.0")
    rows = (
        _errors(LANGUAGES[k].name, m["articles"]["risk_coverage"], told) for k, m in judged.items()
    )
    yield from table(("language", *told, "area"), rows)


def _errors(name: str, curve: Mapping[str, Any], told: Sequence[str]) -> tuple[str, ...]:
    risk = dict(curve["points"])
    return (name, *(percent(risk[float(coverage)]) for coverage in told), number(curve["area"]))


def _bin(one: Mapping[str, Any]) -> str:
    if one["mean_p"] is None:
        return "–"
    return f"{one['mean_p']:.2f} → {one['propaganda']:.2f} ({one['weight']:.2f})"


def _newsrooms(judged: Metrics) -> Iterator[str]:
    yield "## Newsrooms that were accused"
    yield ""
    yield (
        f"The {MOST_ARTICLES} newsrooms with most articles, and the {MOST_ACCUSED} that were "
        "accused most, of those with 40 articles or more; all of them are in the manifest."
    )
    yield ""
    rows = (
        (
            *(LANGUAGES[language].name, room["outlet"], str(room["articles"])),
            f"{percent(room['falsely_accused'])} {interval(room['interval'], of_percent=True)}",
        )
        for language, m in judged.items()
        for room in _picked(m["articles"]["falsely_accused_by_outlet"])
    )
    yield from table(("language", "newsroom", "articles", "falsely accused (95%)"), rows)


def _picked(rooms: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    largest = sorted(rooms, key=lambda room: (-room["articles"], room["outlet"]))[:MOST_ARTICLES]
    by_share = sorted(rooms, key=lambda room: (-room["falsely_accused"], room["outlet"]))
    accused = [room for room in by_share[:MOST_ACCUSED] if room["falsely_accused"]]
    return largest + [room for room in accused if room not in largest]


def _trade_off(judged: Metrics) -> Iterator[str]:
    yield "## What accusing less would cost"
    yield ""
    yield (
        "Propaganda found, and articles on which nothing would be said, where at most so many of "
        "newsrooms' articles were accused. Read off the held-out articles themselves: what a "
        "point could give, and no promise. Journalism is called as the model calls it."
    )
    yield ""
    rows = (
        (
            LANGUAGES[language].name,
            f"{point['accused_at_most']:.1%}",
            percent(point["propaganda_found"]),
            percent(point["abstained"]),
        )
        for language, m in judged.items()
        for point in m["articles"]["trade_off"]
    )
    yield from table(("language", "accused at most", "propaganda found", "nothing said"), rows)
