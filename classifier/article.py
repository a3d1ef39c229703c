"""What comes in: one article."""

from __future__ import annotations

from dataclasses import dataclass

from krynica.classifier.answer import Reason
from krynica.classifier.errors import NothingToReadError, UnreadableError
from krynica.classifier.not_prose import what_else
from krynica.classifier.sentence import Sentence

_MAX_CONTROL_SHARE = 0.02
"""Least share of control characters that tells a binary from a text: of 53,000 labelled texts none
has above .004, of 160 programs, pictures and archives read as Latin-1 none below .085."""

_SAMPLE = 100_000
"""Characters looked at to tell text from binary: a binary shows itself early."""


@dataclass(frozen=True)
class Article:
    """One article as it was given.

    Parameters
    ----------
    text
        The text, never altered: all offsets in an answer point into it.
    title
        The headline where it was given apart from the text, above which it is read
        (`classifier.titles`).
    language
        ISO 639-1 code if the language is known, or None to have it detected.
    doubts
        Why no verdict on this text would be one on the article, by whoever read it from a page or
        a file: only its beginning was there, a part of it was lost. The answer then is
        ``unclear``, with these reasons first.
    """

    text: str
    title: str | None = None
    language: str | None = None
    doubts: tuple[Reason, ...] = ()

    def require_text(self) -> None:
        """Raise unless there is something a person could read.

        Raises
        ------
        NothingToReadError
            If the text is empty, blank, or without a single letter.
        UnreadableError
            If it is no text at all, such as the bytes of an image, or none that people wrote for
            people: a table, code.
        """
        if not self.text or not self.text.strip():
            raise NothingToReadError(Sentence("The text is empty."))
        sample = self.text[:_SAMPLE]
        control = sum(sample.count(c) for c in _CONTROL)
        if control > _MAX_CONTROL_SHARE * len(sample):
            raise UnreadableError(Sentence("This is not text: it looks like a binary file."))
        if not any(map(str.isalpha, self.text)):
            raise NothingToReadError(Sentence("The text holds no words."))
        other = what_else(self.text)
        if other is not None:
            raise UnreadableError(other)


_CONTROL = tuple(chr(c) for c in (*range(9), 11, *range(14, 32), 127, 0xFFFD))
