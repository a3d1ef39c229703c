"""An answer for people: first as lines that carry their styles, then on a terminal or a pipe.

The words are about the text, never about who wrote it.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from krynica.classifier.answer import Answer, Evidence, Levels
from krynica.classifier.languages import LANGUAGES
from krynica.classifier.wording import GENRES, LEVELS, middle
from krynica.service.terminal import one_line, use_utf8

if TYPE_CHECKING:
    from rich.console import Console

_SAYS = {
    "propaganda": ("reads like propaganda", "bold red"),
    "journalism": ("reads like journalism", "bold green"),
    "unclear": ("no clear verdict either way", "bold yellow"),
}
_HEADINGS = {
    "passage": "Passages that stand out",
    "phrase": "Phrases that weigh most",
    "style": "Unusual for newsrooms",
}
_MOST = {"phrase": 8, "passage": 3, "style": 5}
"""Items of a kind that are shown; ``--json`` has them all."""
_LONGEST = 240
"""Characters shown of a passage."""
_SMALLEST = 0.005
"""Weights and probabilities nearer than this to nothing, or to certainty, are not shown as such."""


@dataclass(frozen=True)
class Line:
    """One line: its indent in spaces, and pieces of ``(text, style)``, safe to print."""

    indent: int
    pieces: tuple[tuple[str, str], ...]

    @property
    def plain(self) -> str:
        """The line without styles."""
        return " " * self.indent + "".join(text for text, _ in self.pieces)


def lines(source: str, answer: Answer) -> Iterator[Line]:
    """Set out an answer.

    Parameters
    ----------
    source
        The source as it was given.
    answer
        An answer without an error.

    Yields
    ------
    Line
        The verdict, what it rests on, then why.
    """
    verdict = str(answer.verdict)
    says, style = _SAYS[verdict]
    p = "" if answer.p_propaganda is None else f"{figure(answer.p_propaganda)} · "
    yield Line(0, ((verdict.upper(), style), (f"  {says} · {p}", ""), (one_line(source), "bold")))
    if answer.reading is not None:
        yield from _reading(answer.reading)
    yield Line(2, ((_facts(answer), "dim"),))
    for reason in answer.why_unclear:
        yield Line(2, (("why unclear: ", "yellow"), (one_line(reason.note), "")))
    for kind, heading in _HEADINGS.items():
        items = [item for item in answer.evidence if item.kind == kind][: _MOST[kind]]
        if kind == "phrase":
            items = [item for item in items if abs(item.weight) >= _SMALLEST]
        if items:
            yield Line(2, ((heading, "underline"),))
            for item in items:
                yield from _item(item)


def figure(p: float) -> str:
    """Write a probability with two decimals, never as certainty."""
    if p < _SMALLEST:
        return "<0.01"
    return ">0.99" if p >= 1 - _SMALLEST else f"{p:.2f}"


def _reading(reading: Levels) -> Iterator[Line]:
    """Yield the level that a text reads as, and how likely each of the five is."""
    level = str(LEVELS[middle(reading)])
    yield Line(2, (("reads as: ", ""), (level, "bold"), (f" · score {reading.score:.1f} of 4", "")))
    told = (f"{name} {figure(p)}" for name, p in zip(LEVELS, reading.levels, strict=True))
    yield Line(4, ((" · ".join(told), ""),))


def _facts(answer: Answer) -> str:
    language = LANGUAGES.get(answer.language or "")
    facts = [
        "language unknown"
        if answer.language == "und"
        else f"language {answer.language}"
        if language is None
        else language.name,
        f"{answer.words:,} {'word' if answer.words == 1 else 'words'}",
    ]
    if answer.genre is not None:
        facts.append(f"{GENRES[answer.genre.name]} {figure(answer.genre.p)}")
    if answer.p_propaganda is not None:
        facts.append(f"propaganda {figure(answer.p_propaganda)}")
    if answer.p_persuasion is not None:
        facts.append(f"persuasion {figure(answer.p_persuasion)}")
    if answer.model is not None:
        facts.append(one_line(f"model {answer.model.name} {answer.model.version}"))
    return " · ".join(facts)


def _item(item: Evidence) -> Iterator[Line]:
    weight = _weight(item.weight)
    if item.text is None:
        yield Line(4, (weight, (one_line(item.note), "")))
        return
    text = one_line(item.text[: 2 * _LONGEST])
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rsplit(" ", 1)[0] + " …"
    yield Line(4, (weight, (f"“{text}”", "")))
    if item.kind == "passage":
        yield Line(4 + len(weight[0]), ((one_line(item.note), "dim"),))


def _weight(weight: float) -> tuple[str, str]:
    """Write a weight; one that speaks for neither side has no sign and no colour."""
    if abs(weight) < _SMALLEST:
        return "    0  ", ""
    return f"{weight:+.2f}  ", "red" if weight > 0 else "green"


def text_lines(source: str, text: str) -> Iterator[Line]:
    """Set out the text that was read of a source, as it stands, and a blank line below it."""
    yield Line(0, (("text read: ", "dim"), (one_line(source), "bold")))
    for line in text.splitlines():
        yield Line(2, ((one_line(line), ""),))
    yield BLANK


BLANK = Line(0, ())
_LEGEND = (
    "Weights are in log-odds: + speaks for propaganda, - for journalism; those of a phrase count "
    "all its places, and the kinds are not to be added up. All this is about how a text is "
    "written, not about who wrote it or whether it is true. The model learned how texts read from "
    "a language model that followed a codebook, not from people."
)
LEGEND = Line(0, ((_LEGEND, "dim"),))
"""Said once, after the last answer."""


def show(out: Iterable[Line]) -> None:
    """Print lines: in colour and wrapped on a terminal, plain and unwrapped elsewhere."""
    console = _console()
    if console is None:
        for line in out:
            print(line.plain)
        sys.stdout.flush()
        return
    from rich.padding import Padding
    from rich.text import Text

    for line in out:
        text = Text.assemble(*line.pieces)
        console.print(Padding(text, (0, 0, 0, line.indent), expand=False))


@lru_cache(maxsize=1)
def _console() -> Console | None:
    """Return the terminal, or None where standard output is none."""
    if not sys.stdout.isatty():
        return None
    from rich.console import Console

    colours: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
    return Console(color_system=colours, markup=False, highlight=False, emoji=False)


_UNESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Characters that JSON may hold as they are, though they end lines for some readers (U+0085,
U+2028), command terminals (C1 controls) or turn the direction of writing."""


def json_line(source: str, answer: Answer, text: str | None = None) -> str:
    """Write an answer as one line of JSON: `source` first, then the text, where it is given."""
    read = {} if text is None else {"text": text}
    line = json.dumps({"source": source, **read, **answer.as_dict()}, ensure_ascii=False)
    return _UNESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def show_json(source: str, answer: Answer, text: str | None = None) -> None:
    """Print an answer as one line of JSON, in UTF-8."""
    use_utf8(sys.stdout)
    print(json_line(source, answer, text), flush=True)
