"""What a check says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_QUOTED = 80
_SHOWN = 3


@dataclass(frozen=True)
class Finding:
    """One thing found in a corpus.

    Parameters
    ----------
    kind
        Short name, such as ``"copied_outlets"``.
    count
        How many rows, texts, outlets or terms it concerns; the sentence says which.
    sentence
        For a person.
    examples
        All places, or some.
    refused
        Whether it stands in the way of training.
    """

    kind: str
    count: int
    sentence: str
    examples: tuple[str, ...] = ()
    refused: bool = False

    def lines(self) -> list[str]:
        """Return the sentence, and the first examples under it."""
        more = len(self.examples) - _SHOWN
        return [
            self.sentence,
            *(f"  {example}" for example in self.examples[:_SHOWN]),
            *([f"  and {more:,} more"] if more > 0 else []),
        ]


def quoted(text: str) -> str:
    """Return the beginning of a text in quotation marks, on one line."""
    line = " ".join(text[: 4 * _QUOTED].split())
    return f"“{line}”" if len(line) <= _QUOTED else f"“{line[:_QUOTED]}…”"


def listed(names: Iterable[object], most: int = 5) -> str:
    """Name some of many."""
    every = [str(name) for name in names]
    more = len(every) - most
    return ", ".join(every[:most]) + (f" and {more:,} more" if more > 0 else "")


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number and what it counts."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
