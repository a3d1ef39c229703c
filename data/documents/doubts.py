"""Why what was read is not quite the article: reasons that an answer carries to people."""

from __future__ import annotations

from collections.abc import Iterable

from krynica.classifier.answer import Reason
from krynica.classifier.sentence import Sentence

_DIGITS = 8
"""Digits of the largest number of words."""

TEASER = Reason(
    "teaser",
    Sentence(
        "Only the beginning of the article was there to read: the rest is behind a paywall or a "
        "registration. Paste the whole text to have it judged."
    ),
)
BROKEN_LETTERS = Reason(
    "broken_letters",
    Sentence(
        "The letters of this text are broken: it was saved in one encoding and read in another, "
        "and they cannot be mended."
    ),
)


def incomplete(read: int, shown: int) -> Reason:
    """Return the reason of a page that shows clearly more text than was found in it.

    Parameters
    ----------
    read, shown
        Words that were read, and that the page shows as running text.
    """
    return Reason(
        "incomplete",
        Sentence(
            "This page shows clearly more text than was read (words shown: {shown:d}, read: "
            "{read:d}): a part of the article may be missing. Paste the whole text to be sure.",
            shown=shown,
            read=read,
        ),
    )


def several(posts: int) -> Reason:
    """Return the reason of a page of several posts that were read as one text."""
    return Reason(
        "several_texts",
        Sentence(
            "This page holds {n:d} post, read as one text.",
            "This page holds {n:d} posts, which were read as one text: what the model says of them "
            "together need not hold for each.",
            n=posts,
        ),
    )


def in_words(doubts: Iterable[Reason]) -> str:
    """Write doubts in a few letters, so that a form can carry them."""
    told = []
    for doubt in doubts:
        values = doubt.note.values.values() if isinstance(doubt.note, Sentence) else ()
        told.append(":".join([doubt.code, *map(str, values)]))
    return ";".join(told)


def of_words(text: str) -> tuple[Reason, ...]:
    """Return the doubts that `in_words` wrote; what it did not write is passed over."""
    found = []
    for word in text.split(";"):
        code, *values = word.split(":")
        numbers = [int(value) for value in values if value.isdecimal() and len(value) < _DIGITS]
        match code, numbers:
            case "teaser", []:
                found.append(TEASER)
            case "broken_letters", []:
                found.append(BROKEN_LETTERS)
            case "incomplete", [shown, read]:
                found.append(incomplete(read, shown))
            case "several_texts", [posts]:
                found.append(several(posts))
    return tuple(found)
