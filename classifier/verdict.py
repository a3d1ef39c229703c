"""From what the views say to levels, a verdict, and the reasons for not giving one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

import numpy as np

from krynica.classifier.answer import GENRES, Genre, Levels, Reason, Verdict
from krynica.classifier.arrays import FloatArray
from krynica.classifier.languages import LANGUAGES
from krynica.classifier.parameters import POINTS, SIGNALS, Judging, Reader
from krynica.classifier.script import Script
from krynica.classifier.sentence import Sentence
from krynica.classifier.views import sigmoid, softmax

SHORT = 60
"""Words below which a text is judged as posts are, whatever it is."""
ARGUES = frozenset({"analysis", "opinion", "interview"})
"""Genres that need more to be accused than a report."""
DISAGREEMENT = 0.3
"""Greatest probability by the words alone of a text that is accused, but for which they disagree
with the encoder. What other values gave stands in docs/experiments.md."""


@dataclass(frozen=True)
class Judgement:
    """Levels, genre, verdict and reasons."""

    p_propaganda: float | None
    reading: Levels | None
    genre: Genre | None
    verdict: Verdict
    why_unclear: tuple[Reason, ...]
    signals: dict[str, float]


def levels_of(reader: Reader, scores: FloatArray) -> FloatArray:
    """Return the probabilities of the five levels.

    Parameters
    ----------
    reader
        The language's ordinal model.
    scores
        Of the views, shape (..., 3).

    Returns
    -------
    ndarray, shape (..., 5)
    """
    latent = (scores * reader.coef).sum(axis=-1)
    above = sigmoid(np.asarray(latent)[..., None] - reader.cuts)
    edges = np.concatenate(
        [np.ones((*above.shape[:-1], 1)), above, np.zeros((*above.shape[:-1], 1))], axis=-1
    )
    told: FloatArray = -np.diff(edges, axis=-1)
    return told


def p_propaganda(reader: Reader, scores: FloatArray) -> FloatArray:
    """Return the probability of a score of 2 or more; parameters as of `levels_of`."""
    return sigmoid((scores * reader.coef).sum(axis=-1) - reader.cuts[1])


def kind_of(genre: FloatArray | None, words: int) -> int:
    """Return the place in `POINTS` of a text's kind.

    Parameters
    ----------
    genre
        Probability of each genre, or None.
    words
        Of the text.
    """
    if words < SHORT:
        return POINTS.index("short")
    argues = (
        0.0
        if genre is None
        else sum(float(p) for name, p in zip(GENRES, genre, strict=True) if name in ARGUES)
    )
    return POINTS.index("opinion" if argues >= 0.5 else "report")


def kind_told(genre: str | None, words: int) -> int:
    """Return the place in `POINTS` of a text of which the likeliest genre alone is known.

    That is the kind by which it was judged wherever that genre has a probability of one half.

    Parameters
    ----------
    genre
        A name, or None.
    words
        Of the text.
    """
    if words < SHORT:
        return POINTS.index("short")
    return POINTS.index("opinion" if genre in ARGUES else "report")


def judge(
    judging: Judging, scores: FloatArray, vector: FloatArray, words: int, minimum: int, known: float
) -> Judgement:
    """Give a verdict.

    Parameters
    ----------
    judging
        What judges the language.
    scores
        Of the views in the order of `SIGNALS`, shape (3,).
    vector
        The text's mean vector.
    words, minimum
        Words of the text, and the fewest the model judges.
    known
        Share of the text's words that the model knows.
    """
    reader = judging.reader
    each = sigmoid(reader.slopes * scores + reader.intercepts)
    signals = {name: float(value) for name, value in zip(SIGNALS, each, strict=True)}
    if words < minimum:
        short = (too_short(words, minimum),)
        return Judgement(None, None, None, "unclear", short, signals)
    p = float(p_propaganda(reader, scores))
    told = levels_of(reader, scores)
    levels = Levels(float((told * np.arange(5)).sum()), tuple(told.tolist()))
    chances = None if judging.genre is None else softmax(judging.genre.of(vector))
    genre = None
    if chances is not None:
        best = int(chances.argmax())
        genre = Genre(GENRES[best], float(chances[best]))
    kind = kind_of(chances, words)
    accuse, clear = float(judging.points.accuse[kind]), float(judging.points.clear[kind])
    leaning: Verdict = "propaganda" if p >= accuse else "journalism"
    reasons = tuple(_doubts(p, signals, accuse, clear, kind))
    if known < judging.points.least_known:
        reasons = (*reasons, _unlike(known))
    return Judgement(p, levels, genre, "unclear" if reasons else leaning, reasons, signals)


def _doubts(
    p: float, signals: dict[str, float], accuse: float, clear: float, kind: int
) -> Iterator[Reason]:
    if clear < p < accuse:
        yield Reason("near_threshold", _not_enough(p, accuse, clear))
        if POINTS[kind] == "opinion" and p >= 0.5:
            yield Reason(
                "opinion",
                Sentence(
                    "An opinion piece needs more to be accused than a report: it must read as "
                    "propaganda, not only as one-sided."
                ),
            )
    if p >= accuse and signals["words"] < DISAGREEMENT:
        yield Reason(
            "views_disagree",
            Sentence("The encoder finds propaganda here, and the words do not."),
        )


def _unlike(known: float) -> Reason:
    return Reason(
        "unlike_training",
        Sentence(
            "The model knows only {known:.0%} of this text's words: it is unlike what the model "
            "learned from.",
            known=known,
        ),
    )


def _not_enough(p: float, accuse: float, clear: float) -> Sentence:
    """Say how far a probability is from a verdict, and what the verdict would promise."""
    if p >= 0.5 and accuse <= 1.0:
        return Sentence(
            "{p:.0%} leans to propaganda and is not enough: the model calls a text propaganda from "
            "{accuse:.0%} on, a point chosen so that at most 2 in 100 plain texts of newsrooms it "
            "had not seen were accused.",
            p=p,
            accuse=accuse,
        )
    if p < 0.5 and clear >= 0.0:
        return Sentence(
            "{p:.0%} leans to journalism and is not enough: the model calls a text journalism up "
            "to {clear:.0%}, where 19 in 20 such texts were scored 0 or 1.",
            p=p,
            clear=clear,
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


def unjudged_language(code: str, script: Script = Script.USUAL) -> Reason:
    """Return the reason of a language, or of letters, whose articles the model does not judge."""
    if script is Script.LATIN_RUSSIAN:
        note = Sentence(
            "This is Russian in Latin letters; it cannot be judged so. Give it in Cyrillic."
        )
        return Reason("language_unsupported", note)
    known = LANGUAGES.get(code)
    if known is not None:
        return Reason(
            "unlike_training",
            Sentence(
                "The model learned from no readings in this language ({language}), "
                "so it cannot judge it.",
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
