"""The model card: what a manifest says, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from classifier.languages import LANGUAGES
from classifier.techniques import LEAST_NAMED
from training.card_protocol import protocol
from training.markdown import table
from training.summary import number
from training.techniques import LEAST_MARKED, LEAST_USE


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
    return "\n".join(
        [
            f"# {manifest['name']} {manifest['version']}",
            "",
            "Tells whether an article reads like propaganda or like journalism. It says nothing "
            "of whether the article is true, and nothing of who wrote it.",
            "",
            *protocol(manifest["metrics"]),
            *_refused(manifest),
            *_started_from(manifest),
            *_passages(manifest),
            *_techniques(manifest),
            *_points(manifest),
            *_profile(manifest),
            *_sources(manifest),
            *_LIMITS,
            f"Licence: {manifest['licence']}",
            "",
        ]
    )


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
        f"{begun['name']} {begun['version']} ({begun['sha256']}). Fits stay near its numbers as "
        "far as the articles allow; what it had learned from, and every outlet it knew, was left "
        "out. These languages are as it has them, figures and all:"
    )
    yield ""
    for language, why in begun["kept"].items():
        yield f"- {LANGUAGES[language].name}: {why}"
    yield ""


def _passages(manifest: Mapping[str, Any]) -> Iterator[str]:
    yield "## Passages that people marked, on documents the model never saw"
    yield ""
    yield "| language | unit | number | AUC |"
    yield "|---|---|---|---|"
    for language, metrics in manifest["metrics"].items():
        for unit, m in metrics.get("passages", {}).items():
            yield f"| {LANGUAGES[language].name} | {unit} | {m['count']} | {number(m['auc'])} |"
    yield ""


def _techniques(manifest: Mapping[str, Any]) -> Iterator[str]:
    yield "## Techniques that a passage is said to be likely marked for"
    yield ""
    yield (
        "Of passages that people marked, on documents the model never saw. *Named* is for how "
        "many of them the technique was among the likely ones (probability of "
        f"{LEAST_NAMED:.0%} or more), *right* the share of these that people marked for it. "
        f"A technique that was marked fewer than {LEAST_MARKED} times, named for fewer than "
        f"{LEAST_USE} such passages, or named wrongly for more than two in three of them, is never "
        "named; as that was chosen by these same figures, they flatter a little."
    )
    yield ""
    yield "| language | technique | marked | AUC | named | right |"
    yield "|---|---|---|---|---|---|"
    for language, metrics in manifest["metrics"].items():
        for name, m in metrics.get("techniques", {}).items():
            yield (
                f"| {LANGUAGES[language].name} | {name.replace('_', ' ')} | {m['count']} | "
                f"{number(m['auc'])} | {m['named']} | {m['right']:.0%} |"
            )
    yield ""


def _points(manifest: Mapping[str, Any]) -> Iterator[str]:
    yield "## When it says what"
    yield ""
    yield (
        f"An article of fewer than {manifest['minimum_words']} words is not judged. The points "
        "below are chosen on held-out outlets: *propaganda* so that in nine of ten bootstrap "
        "samples of newsrooms at most 2 in 100 of their articles are accused, and no newsroom "
        "with 40 articles in more than 4 in 100, also where a whole collection of newsrooms is "
        "held out; *journalism* so that at most 1 in 10 of such "
        "texts is propaganda where both kinds weigh the same. In between the answer is *unclear*."
    )
    yield ""
    yield "| language | propaganda from | journalism up to |"
    yield "|---|---|---|"
    for language, m in manifest["operating_points"].items():
        accuse, clear = m["propaganda_from"], m["journalism_to"]
        cells = (
            f"{accuse:.3f}" if accuse <= 1 else "never",
            f"{clear:.3f}" if clear >= 0 else "never",
        )
        yield f"| {LANGUAGES[language].name} | {cells[0]} | {cells[1]} |"
    yield ""


def _profile(manifest: Mapping[str, Any]) -> Iterator[str]:
    if not manifest.get("profile"):
        return
    yield "## What outlets never seen look like"
    yield ""
    yield (
        "The range in which 9 of 10 held-out outlets lie, with as many articles or more each: what "
        "reports compare incoming articles with, to say when the model is getting old."
    )
    yield ""
    yield from table(
        ("language", "outlets", "articles each", "words known", "unlike training", "unclear"),
        [
            (
                LANGUAGES[language].name,
                str(sum(one["outlets"].values())),
                str(one["least_articles"]),
                *(_range(one[name]) for name in ("known", "unlike_training", "unclear")),
            )
            for language, one in sorted(manifest["profile"].items())
        ],
    )


def _range(quantiles: Sequence[float] | None) -> str:
    if quantiles is None:
        return "–"
    low, high = f"{quantiles[0]:.1%}", f"{quantiles[-1]:.1%}"
    return low if low == high else f"{low} to {high}"


def _sources(manifest: Mapping[str, Any]) -> Iterator[str]:
    yield "## What it learned from"
    yield ""
    yield (
        "Articles are labelled by outlet: the outlet's label, not a judgement of the article. "
        "Passages are labelled by people. Marked documents are articles of which people marked "
        "at least half of the passages. Passages as text alone are of texts with another label "
        "(partisan, official, posts): a sentence encoder that learned from the marked passages "
        "marked them, and the persuasion view learned from both. The model holds terms and "
        "numbers; no text."
    )
    yield ""
    yield "| source | labelled rows | passages as text alone | licence |"
    yield "|---|---|---|---|"
    for one in manifest["sources"]:
        yield f"| {one['source']} | {one['rows']} | {one['text_alone']} | {one['licence']} |"
    yield ""
    left_out = "; ".join(f"{n} ({why})" for why, n in manifest["left_out"].items())
    yield f"Labels left out: {left_out}."
    yield ""


_LIMITS = (
    "## Limits, and who could be harmed",
    "",
    "A wrong verdict harms newsrooms, small ones and those in exile above all: an accusation "
    "sticks, and nobody reads the correction. So never publish a verdict without reading the "
    "article, never rank outlets by means of it, and never block, fire, defund or prosecute on "
    "it. Opinion pieces, satire, transcripts, poetry and machine translations are unlike what "
    "the model learned from. It knows the style of a few state outlets of 2007 to 2023, not "
    "propaganda at large; whoever knows the model can write so that it is not noticed. Wire copy "
    "reads the same whoever prints it.",
    "",
)
