"""What people call the levels of a reading, the kinds of text and the views of a model."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate

from krynica.classifier.answer import Levels
from krynica.classifier.sentence import Sentence

LEVELS = (
    Sentence("plain"),
    Sentence("journalism with a voice"),
    Sentence("one-sided"),
    Sentence("propaganda"),
    Sentence("blatant propaganda"),
)
"""The five levels, in the order of `classifier.answer.Levels.levels`."""

FROM_LEVEL = 2
"""The first level that counts for `classifier.answer.Answer.p_propaganda`."""

GENRES: Mapping[str, Sentence] = {
    "news": Sentence("news report"),
    "analysis": Sentence("analysis"),
    "opinion": Sentence("opinion piece"),
    "interview": Sentence("interview"),
    "official": Sentence("official text"),
    "other": Sentence("no article"),
}
"""The kinds of text, by the names of `classifier.answer.GENRES`."""

VIEWS: Mapping[str, Sentence] = {
    "encoder": Sentence("the encoder"),
    "words": Sentence("words"),
    "style": Sentence("style"),
    "persuasion": Sentence("persuasion"),
}
"""The views, by the names of `classifier.answer.Answer.signals`."""


def middle(reading: Levels) -> int:
    """Return the level that a text reads as: the median of the five.

    Unlike the likeliest level, and the mean, it never contradicts the probability of propaganda:
    it is one-sided or worse exactly where that is above one half.
    """
    below = accumulate(reading.levels)
    return next((level for level, p in enumerate(below) if p >= 0.5), len(LEVELS) - 1)
