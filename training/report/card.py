"""The model card: what a manifest says, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from krynica.classifier.languages import LANGUAGES
from krynica.classifier.parameters import POINTS
from krynica.classifier.techniques import LEAST_NAMED
from krynica.training.report.generalisation import beyond
from krynica.training.report.markdown import table
from krynica.training.report.summary import interval, number, percent
from krynica.training.results.worth import Figures, Metrics, ReadingFigures, read_metrics

READER = (
    "The readings that the model learned from were made by a language model that followed a "
    "written codebook, blind to outlet and source; they are as good as that reader, whose second, "
    "independent reading agreed at a quadratic kappa of .95."
)
"""What is told wherever a figure rests on the project's own readings."""
_POOLED = "pooled"
_MOST_ROOMS = 25
"""Newsrooms whose accusations stand on the card: those accused most."""


def render(manifest: Mapping[str, Any]) -> str:
    """Write a model card.

    Parameters
    ----------
    manifest
        A manifest as `training.model_folder` makes it; every figure on the card is read from it.

    Returns
    -------
    str
        Markdown.
    """
    metrics = read_metrics(manifest["metrics"])
    together = metrics.get(_POOLED, Figures())
    return "\n".join(
        [
            f"# {manifest['name']} {manifest['version']}",
            "",
            "Tells how a text reads, from plain reporting (0) to blatant propaganda (4). It says "
            "nothing of whether the text is true, and nothing of who wrote it.",
            "",
            manifest["readings"],
            "",
            *_unseen(metrics, manifest["encoder_outlets"]),
            *_refused(manifest),
            *_started_from(manifest),
            *_beyond(together),
            *_newsrooms(together),
            *_passages(metrics),
            *_techniques(together),
            *_points(manifest),
            *_screen(manifest.get("screen"), together),
            *_sources(manifest),
            *_limits(manifest),
            f"Licence: {manifest['licence']}",
            "",
        ]
    )


def _unseen(metrics: Metrics, encoder_outlets: int) -> Iterator[str]:
    judged = {code: one.readings for code, one in metrics.items() if one.readings}
    if not judged:
        return
    flattered = sorted(_name(code) for code in judged if metrics[code].encoder_met)
    met = "Neither it nor the views had met those below."
    if flattered:
        met = (
            "The views had not met those below; the encoder, or the model that training started "
            f"from, had, which flatters these figures ({', '.join(flattered)})."
        )
    yield "## Outlets never seen"
    yield ""
    yield (
        f"The encoder was tuned on texts of {encoder_outlets} outlets. {met} Levels "
        "and operating points were fitted on four fifths of these outlets and tried on the last, "
        "in turn; what ships is fitted on all. *AUC*: scored 2 or more against 0 and 1, with the "
        "interval of drawing outlets; *strong*: 3 or more against 0 and 1; *found*: share of 2 or "
        "more, and of 3 or more, above the point that accuses 2% of newsrooms' plain texts; "
        "*calibration error*: mean distance of the probability from the share, in ten bins of "
        "equal width, both sides weighing the same, and in brackets what 19 in 20 perfectly "
        "calibrated probabilities would stay below on so few texts: an error that is no larger "
        "shows nothing wrong."
    )
    yield ""
    yield from _figures({_name(code): one for code, one in judged.items()}, "language")
    together = metrics.get(_POOLED, Figures())
    for title, what, rows in (
        ("Articles and posts", "kind", together.kinds),
        ("Genres", "genre", together.genres),
    ):
        if rows:
            yield f"**{title}**"
            yield ""
            yield from _figures(rows, what)
    if checkers := together.fact_checkers:
        yield "**Fact-checkers**, who quote what they refute:"
        yield ""
        yield from _figures({"fact-checkers": checkers}, "outlets")


def _figures(rows: Mapping[str, ReadingFigures], what: str) -> Iterator[str]:
    yield from table(
        (what, "2+ of texts", "outlets", "AUC", "strong", "found 2+ / 3+", "calibration error"),
        [
            (
                name,
                f"{one.propaganda} of {one.texts}",
                str(one.outlets),
                f"{number(one.auc)} {interval(one.auc_interval)}".strip(),
                number(one.auc_strong),
                f"{percent(one.found)} / {percent(one.found_strong)}",
                _error(one),
            )
            for name, one in rows.items()
        ],
    )
    yield from table(
        (
            *(what, "plain texts of newsrooms accused", "accusations", "right"),
            *("propaganda called so", "clear verdicts", "`journalism` right"),
        ),
        [
            (
                name,
                f"{percent(one.accused_newsrooms)} of {one.newsroom_texts} "
                f"{interval(one.newsrooms_interval, of_percent=True)}",
                str(one.accusations),
                percent(one.accusations_right),
                percent(one.propaganda_found),
                percent(one.clear_verdicts),
                percent(one.journalism_right),
            )
            for name, one in rows.items()
        ],
    )


def _error(one: ReadingFigures) -> str:
    chance = one.calibration_chance  # figures of a start may lack it
    return number(one.calibration_error) + (f" ({chance:.3f})" if chance is not None else "")


def _name(code: str) -> str:
    return LANGUAGES[code].name if code in LANGUAGES else "all"


def _refused(manifest: Mapping[str, Any]) -> Iterator[str]:
    for reason in manifest["refused"].values():
        yield reason
        yield ""


def _started_from(manifest: Mapping[str, Any]) -> Iterator[str]:
    begun = manifest["started_from"]
    if begun is None:
        return
    yield "## The model it started from"
    yield ""
    yield (
        f"{begun['name']} {begun['version']} ({begun['sha256']}). What is fitted stays near its "
        "numbers as far as the texts allow; languages of which they say too little are as it has "
        "them, figures and all, and so are the operating points."
    )
    yield ""


def _beyond(together: Figures) -> Iterator[str]:
    if told := together.generalisation:
        yield from beyond(told, encoder_met=together.encoder_met)


def _newsrooms(together: Figures) -> Iterator[str]:
    rooms = together.newsrooms
    if not rooms:
        return
    yield "## Newsrooms never seen, accused one by one"
    yield ""
    yield (
        f"Texts that nobody read count as plain. Those accused most, of {len(rooms)} newsrooms "
        "and fact-checkers with 20 texts or more; none of the others is accused more often."
    )
    yield ""
    yield from table(
        ("newsroom", "texts", "accused", "95%"),
        [
            (
                room.outlet,
                str(room.texts),
                percent(room.accused),
                interval(room.interval, of_percent=True),
            )
            for room in rooms[:_MOST_ROOMS]
        ],
    )


def _passages(metrics: Metrics) -> Iterator[str]:
    rows = [
        (_name(code), unit, str(one.count), number(one.auc))
        for code, figures in metrics.items()
        for unit, one in (figures.passages or {}).items()
    ]
    if rows:
        yield "## Passages that people marked, on documents never seen"
        yield ""
        yield from table(("language", "unit", "number", "AUC"), rows)


def _techniques(together: Figures) -> Iterator[str]:
    told = together.techniques
    if not told:
        return
    yield "## Techniques that a passage is said to be likely marked for"
    yield ""
    yield (
        "Of marked passages of documents never seen, in all languages. *Named*: for how many of "
        f"them the technique had a probability of {LEAST_NAMED:.0%} or more; *right*: the share of "
        "these that people marked for it."
    )
    yield ""
    yield from table(
        ("technique", "marked", "AUC", "named", "right"),
        [
            (
                name.replace("_", " "),
                str(one.marked),
                number(one.auc),
                str(one.named),
                percent(one.right),
            )
            for name, one in told.items()
        ],
    )


def _points(manifest: Mapping[str, Any]) -> Iterator[str]:
    points = manifest["operating_points"]
    if not points:
        return
    yield "## When it says what"
    yield ""
    yield (
        f"A text of fewer than {manifest['minimum_words']} words is not judged. *propaganda* is "
        "said from a point on at which at most 2 in 100 plain texts of newsrooms and fact-checkers "
        "were accused and 9 in 10 accusations were right; *journalism* up to one at which 19 in 20 "
        "were. Texts that argue and short texts have points of their own. In between the answer is "
        "*unclear*."
    )
    yield ""
    yield from table(
        ("language", *(f"{kind}: propaganda from, journalism to" for kind in POINTS)),
        [
            (
                _name(code),
                *(
                    f"{_point(one['propaganda_from'][kind])}, {_point(one['journalism_to'][kind])}"
                    for kind in POINTS
                ),
            )
            for code, one in points.items()
        ],
    )


def _screen(screen: Mapping[str, Any] | None, together: Figures) -> Iterator[str]:
    if not screen:
        return
    yield "## Read by the words alone"
    yield ""
    if screen["journalism_to"] < 0:
        yield "Tables are read whole: on outlets held out the words alone could promise nothing."
        yield ""
        return
    yield (
        "Tables, feeds and batches over HTTP are read in two stages: where the words alone give "
        f"a probability up to {screen['journalism_to']:.3f}, a text is called *journalism*, and "
        "the encoder does not read it. One text alone is always read whole. Languages: "
        f"{', '.join(_name(code) for code in screen['languages'])}."
    )
    yield ""
    one = together.screen
    if one is None:
        return
    yield (
        f"Tried on the same {one.texts} readings of outlets never seen, its point chosen on "
        f"four fifths of them: {percent(one.cleared)} are cleared so, and of "
        f"{one.newsroom_texts} texts of newsrooms {percent(one.newsrooms_cleared)}. Of the "
        f"readings so cleared {percent(one.right)} were scored 0 or 1. Read whole, the texts "
        f"so cleared would be called journalism ({one.journalism}), unclear "
        f"({one.unclear}) and propaganda ({one.propaganda}). AUC read whole "
        f"{number(one.auc_whole)}, in two stages {number(one.auc_staged)}, by the words "
        f"alone {number(one.auc)}."
    )
    yield ""


def _point(value: float) -> str:
    return f"{value:.3f}" if 0.0 <= value <= 1.0 else "never"


def _sources(manifest: Mapping[str, Any]) -> Iterator[str]:
    encoder = manifest["encoder"]
    source = encoder.get("source", "")
    yield "## What it learned from"
    yield ""
    yield (
        f"{_LABELS[manifest['configuration'].get('labels_of')]}Passages were marked by people. "
        f"The model holds terms and numbers; no text. Its encoder, {encoder['name']}"
        f"{', ' * bool(source)}{source}, was tuned on {manifest['encoder_outlets']} outlets; "
        f"`SHA256SUMS` of its folder has the checksum {encoder['sha256']}."
    )
    yield ""
    yield from table(
        ("source", "rows", "licence"),
        [(one["source"], str(one["rows"]), one["licence"]) for one in manifest["sources"]],
    )
    left_out = "; ".join(f"{n} ({why})" for why, n in manifest["left_out"].items())
    yield f"Rows left out: {left_out or 'none'}."
    yield ""


_LABELS = {
    None: "",
    "text": "Labels were taken to be the texts' own. ",
    "outlet": "Labels were taken to be the outlets': they guard newsrooms, and teach nothing where "
    "texts were scored. ",
}
"""What is told of labels without a score."""


def _limits(manifest: Mapping[str, Any]) -> Iterator[str]:
    yield "## Limits, and who could be harmed"
    yield ""
    dated = " Texts it learned from are of 2007 to 2025." * (READER in manifest["readings"])
    yield (
        "A wrong verdict harms newsrooms, small ones and those in exile above all: an accusation "
        "sticks, and nobody reads the correction. So never publish a verdict without reading the "
        "article, never rank outlets by means of it, and never block, fire, defund or prosecute on "
        "it. Satire, poetry, transcripts and machine translations are unlike what the model "
        "learned from; a fact check that quotes much and says little of its own may be taken for "
        f"what it quotes.{dated} An author who has the model can evade it."
    )
    yield ""
