"""From what the views say to a probability, a verdict, and the reasons for not giving one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np

from classifier.answer import Reason, Verdict
from classifier.languages import LANGUAGES
from classifier.parameters import SIGNALS, Combiner
from classifier.sentence import Sentence
from classifier.views import FloatArray, sigmoid

DISAGREEMENT = 0.6
"""Least distance between the highest and the lowest signal that counts as disagreement. On held-out
English outlets 94.5% of the texts above .9 with such a distance were propaganda, and 96.7% of the
others: less sure, and no text that a person should be told of as clear."""


VIEWS = {
    "outlet": Sentence("outlet"),
    "style": Sentence("style"),
    "persuasion": Sentence("persuasion"),
}
"""What people call the views of `SIGNALS`."""


@dataclass(frozen=True)
class Judgement:
    """Probability, verdict and reasons."""

    p_propaganda: float | None
    verdict: Verdict
    why_unclear: tuple[Reason, ...]
    signals: dict[str, float]


def judge(
    logits: FloatArray, combiner: Combiner, words: int, minimum: int, known: float
) -> Judgement:
    """Give a verdict.

    Parameters
    ----------
    logits
        Log-odds of the views in the order of `SIGNALS`, shape (3,).
    combiner
        The language's combiner.
    words, minimum
        Words of the article, and the fewest the model judges.
    known
        Share of the article's words that the model knows.

    Returns
    -------
    Judgement
    """
    each = sigmoid(combiner.slopes * logits + combiner.intercepts)
    signals = {name: float(value) for name, value in zip(SIGNALS, each, strict=True)}
    if words < minimum:
        return Judgement(None, "unclear", (too_short(words, minimum),), signals)
    p = float(sigmoid(combiner.coef @ logits + combiner.bias))
    leaning: Verdict = "propaganda" if p >= combiner.accuse else "journalism"
    reasons = tuple(_doubts(p, each, combiner, known))
    return Judgement(p, "unclear" if reasons else leaning, reasons, signals)


def _doubts(p: float, each: FloatArray, combiner: Combiner, known: float) -> list[Reason]:
    doubts = []
    if combiner.accuse > 1.0 and combiner.clear < 0.0:
        doubts.append(
            Reason(
                "too_few_newsrooms",
                Sentence(
                    "In this language the model could be tried on too few newsrooms for a verdict "
                    "to be relied on; the probability and the evidence are given all the same."
                ),
            )
        )
    elif combiner.clear < p < combiner.accuse:
        doubts.append(Reason("near_threshold", _not_enough(p, combiner)))
    if np.ptp(each) >= DISAGREEMENT:
        high, low = SIGNALS[int(each.argmax())], SIGNALS[int(each.argmin())]
        doubts.append(
            Reason(
                "views_disagree",
                Sentence(
                    "The {high} view speaks for propaganda, the {low} view for journalism.",
                    high=VIEWS[high],
                    low=VIEWS[low],
                ),
            )
        )
    if known < combiner.least_known:
        doubts.append(
            Reason(
                "unlike_training",
                Sentence(
                    "The model knows only {known:.0%} of this text's words: it is unlike what the "
                    "model learned from.",
                    known=known,
                ),
            )
        )
    return doubts


def _not_enough(p: float, combiner: Combiner) -> Sentence:
    """Say how far a probability is from a verdict, and what the verdict would promise."""
    if p >= 0.5 and combiner.accuse <= 1.0:
        return Sentence(
            "{p:.1%} leans to propaganda and is not enough: the model calls an article propaganda "
            "from {accuse:.1%} on, a point chosen so that at most 2 in 100 articles of newsrooms "
            "it had not seen were accused.",
            p=p,
            accuse=combiner.accuse,
        )
    if p < 0.5 and combiner.clear >= 0.0:
        return Sentence(
            "{p:.1%} leans to journalism and is not enough: the model calls an article journalism "
            "up to {clear:.1%}, where 9 in 10 such articles were.",
            p=p,
            clear=combiner.clear,
        )
    return Sentence(
        "{p:.1%} leans to one side, and the model cannot promise that side to hold.", p=p
    )


def too_short(words: int, minimum: int) -> Reason:
    """Return the reason of a text below the model's minimum."""
    return Reason(
        "too_short",
        Sentence(
            "{n:d} word is too few to judge an article; this model needs {minimum:d}.",
            "{n:d} words are too few to judge an article; this model needs {minimum:d}.",
            n=words,
            minimum=minimum,
        ),
    )


def unjudged_language(code: str) -> Reason:
    """Return the reason of a language whose articles the model does not judge."""
    known = LANGUAGES.get(code)
    if known is not None:
        return Reason(
            "unlike_training",
            Sentence(
                "The model learned from no articles of both kinds in this language ({language}), "
                "so it cannot tell them apart.",
                language=known.name,
            ),
        )
    names = reduce(
        lambda before, name: Sentence("{before}, {name}", before=before, name=name),
        sorted(language.name for language in LANGUAGES.values()),
    )
    if code == "und":
        note = Sentence(
            "The language could not be told; the program reads {languages}.", languages=names
        )
    else:
        note = Sentence(
            "The text is in “{code}”; the program reads {languages}.", code=code, languages=names
        )
    return Reason("language_unsupported", note)
