"""The card's part on sources, languages and genres never seen, and on the learning curve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from krynica.classifier.languages import LANGUAGES
from krynica.training.report.markdown import table
from krynica.training.report.summary import interval, number, percent
from krynica.training.results.generalisation import (
    LEAST_CLASS,
    LEAST_TEXTS,
    Generalisation,
    Learnt,
    LeftOut,
)

_POOLED = "pooled"


def beyond(told: Generalisation, *, encoder_met: bool) -> Iterator[str]:
    """Write what a model is worth beyond outlets never seen.

    Parameters
    ----------
    told
        Figures beyond outlets never seen.
    encoder_met
        Whether the encoder had met the outlets that judge.
    """
    every = (("sources", told.sources), ("languages", told.languages), ("genres", told.genres))
    groups = [(what, rows) for what, rows in every if rows]
    if groups:
        yield "## Sources, languages and genres never seen"
        yield ""
        yield _what_was_met(encoder_met=encoder_met)
        yield ""
    for what, rows in groups:
        yield f"**{what.capitalize()}** left out"
        yield ""
        yield from _left_out(what.rstrip("s"), rows)
    yield from _curve(told.curve)


def _what_was_met(*, encoder_met: bool) -> str:
    outlets = (
        "It had met the outlets that are judged, which flatters"
        if encoder_met
        else "It had not met the outlets that are judged"
    )
    return (
        "Views, levels and points were fitted without any text of the group, and without any text "
        f"of the outlets that are judged. **The encoder was not tuned again.** {outlets}; what it "
        "had met of each group beside them stands under *encoder met*: the number of the group's "
        "texts, of these tables, that it was tuned on. So these figures tell what views and levels "
        "carry over; of a group that the encoder knows nothing of they promise nothing, least of "
        "all of a language. *With*: AUC of the "
        "same texts where the rest of their group was learned from. Sources are left out in "
        "five parts; translations stand with their source. Groups of "
        f"{LEAST_TEXTS} texts and more, {LEAST_CLASS} of either kind, are told apart."
    )


def _left_out(what: str, rows: Mapping[str, LeftOut]) -> Iterator[str]:
    yield from table(
        (
            *(what, "2+ of texts", "outlets", "encoder met", "AUC", "with"),
            *("plain texts of newsrooms accused", "accusations", "right"),
        ),
        [
            (
                _name(name),
                f"{one.propaganda} of {one.texts}",
                str(one.outlets),
                str(one.encoder_met),
                f"{number(one.auc)} {interval(one.auc_interval)}".strip(),
                number(one.auc_with),
                f"{percent(one.accused_newsrooms)} of {one.newsroom_texts}",
                str(one.accusations),
                percent(one.accusations_right),
            )
            for name, one in sorted(rows.items(), key=lambda row: (row[0] == _POOLED, row[0]))
        ],
    )


def _name(name: str) -> str:
    if name == _POOLED:
        return "all"
    return LANGUAGES[name].name if name in LANGUAGES else name


def _curve(points: Sequence[Learnt]) -> Iterator[str]:
    if len(points) < 2:
        return
    yield "## Learning curve"
    yield ""
    yield (
        "AUC of 2 or more against 0 and 1 on the outlets held out, by the number of readings that "
        "views and levels were fitted on. Outlets were drawn, whole, and the mean of the draws is "
        "told, with the lowest and the highest. The encoder stayed as it is, tuned on all of its "
        "readings: what more readings would teach it is not told here."
    )
    yield ""
    yield from table(
        ("readings for the views", "for the levels", "AUC", "lowest–highest", "draws"),
        [
            (
                f"{one.views:,}",
                f"{one.reader:,}",
                number(one.auc),
                f"{number(one.lowest)}–{number(one.highest)}",
                str(one.draws),
            )
            for one in points
        ],
    )
