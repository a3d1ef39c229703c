"""A measure of style put in words, beside what is usual in newsrooms."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, exp, floor

from krynica.classifier.measures import Measure, Scale
from krynica.classifier.sentence import Sentence


@dataclass(frozen=True)
class Comparison:
    """A measure of one text.

    Parameters
    ----------
    note
        A sentence; its values are ``measure``, ``value`` and, where that is known, ``usual``.
    stands_out
        Whether the value lies outside of what is usual, as both are shown; False where nothing
        is known to be usual.
    """

    note: Sentence
    stands_out: bool


def compare(
    measure: Measure, value: float, usual: tuple[float, float] | None, words: int, sentences: int
) -> Comparison:
    """Put a measure in words.

    Parameters
    ----------
    measure, value
        The measure, and what it is in this text.
    usual
        Lowest and highest value that is usual; None where that is not known. They are rounded
        outwards, so that only what is surely unusual is said to be.
    words, sentences
        Length of the text: rates are told as counts in a text of this length.
    """
    length = {Scale.PER_100_WORDS: words / 100, Scale.PER_SENTENCE: float(sentences)}
    times = length.get(measure.scale)
    if times is None:
        return _plain(measure, value, usual)
    shown = _in_words if measure.scale is Scale.PER_100_WORDS else _in_sentences
    count = round(value * times)
    told = shown(count, words if measure.scale is Scale.PER_100_WORDS else sentences)
    if usual is None:
        return Comparison(_alone(measure, told), stands_out=False)
    low, high = floor(usual[0] * times), ceil(usual[1] * times)
    return Comparison(_beside(measure, told, _counts(low, high)), not low <= count <= high)


def _plain(measure: Measure, value: float, usual: tuple[float, float] | None) -> Comparison:
    if measure.scale is Scale.LOG_RATIO:
        value = exp(value)
        usual = None if usual is None else (exp(usual[0]), exp(usual[1]))
    digits = 2 if measure.scale is Scale.SHARE else 1
    told = _share(value) if measure.scale is Scale.SHARE else _number(value)
    if usual is None:
        return Comparison(_alone(measure, told), stands_out=False)
    step = 10**digits
    low, high = floor(usual[0] * step) / step, ceil(usual[1] * step) / step
    beside = _shares(low, high) if measure.scale is Scale.SHARE else _numbers(low, high)
    return Comparison(_beside(measure, told, beside), not low <= round(value, digits) <= high)


def _alone(measure: Measure, value: Sentence) -> Sentence:
    return Sentence("{measure}: {value}.", measure=measure.label, value=value)


def _beside(measure: Measure, value: Sentence, usual: Sentence) -> Sentence:
    return Sentence(
        "{measure}: {value}; in newsrooms usually {usual}.",
        measure=measure.label,
        value=value,
        usual=usual,
    )


def _in_words(count: int, n: int) -> Sentence:
    return Sentence("{count:d} in {n:d} word", "{count:d} in {n:d} words", count=count, n=n)


def _in_sentences(count: int, n: int) -> Sentence:
    return Sentence("{count:d} in {n:d} sentence", "{count:d} in {n:d} sentences", count=count, n=n)


def _share(value: float) -> Sentence:
    return Sentence("{value:.0%}", value=value)


def _number(value: float) -> Sentence:
    return Sentence("{value:.1f}", value=value)


def _counts(low: int, high: int) -> Sentence:
    if low == high:
        return Sentence("{high:d}", high=high)
    if low <= 0:
        return Sentence("at most {high:d}", high=high)
    return Sentence("{low:d} to {high:d}", low=low, high=high)


def _shares(low: float, high: float) -> Sentence:
    if low == high:
        return Sentence("{high:.0%}", high=high)
    if low <= 0:
        return Sentence("at most {high:.0%}", high=high)
    return Sentence("{low:.0%} to {high:.0%}", low=low, high=high)


def _numbers(low: float, high: float) -> Sentence:
    return Sentence("{low:.1f} to {high:.1f}", low=low, high=high)
