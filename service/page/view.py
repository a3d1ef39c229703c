"""What the answer page shows: an answer in the reader's language, ready to be set out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from krynica.classifier.answer import Answer, Evidence
from krynica.classifier.sentence import Sentence
from krynica.classifier.wording import GENRES, LEVELS, middle
from krynica.service.page.bars import Bar, of_levels, of_views, percentage
from krynica.service.page.marks import Segment, one_line, paragraphs, visible
from krynica.service.page.translation import Interface
from krynica.service.page.trial import Zones, sureness, tried_on, zones

Side = Literal["for", "against", "none"]

_SMALLEST = 0.005
"""Weights nearer than this to nothing speak for neither side."""
_LONGEST = 240
"""Characters of a passage that are quoted in its note."""


@dataclass(frozen=True)
class Note:
    """One mark's note.

    Parameters
    ----------
    number
        Of the evidence, from 1: what the mark and the note are linked by.
    label
        Number of a passage in the order of the text; 0 for a phrase.
    quote
        The marked words.
    side, strength
        Which way it speaks, and how strongly beside the strongest of its kind, 0 to 1.
    says
        Sentences.
    placed
        Whether the text has a mark for it.
    """

    number: int
    label: int
    quote: str
    side: Side
    strength: float
    says: tuple[str, ...]
    placed: bool


@dataclass(frozen=True)
class StyleRow:
    """One row of the style table; ``value`` is None where the note says it all."""

    measure: str
    value: str | None
    usual: str | None
    side: Side


@dataclass(frozen=True)
class View:
    """Everything that the answer page and the report show of an answer."""

    answer: Answer
    title: str
    source: str
    heading: str
    lead: str
    p: str | None
    zones: Zones | None
    meaning: tuple[str, ...]
    level: str | None
    levels: tuple[Bar, ...]
    views: tuple[Bar, ...]
    reasons: tuple[str, ...]
    persuasion: str | None
    facts: tuple[str, ...]
    paragraphs: list[list[Segment]]
    notes: Mapping[int, Note]
    style: tuple[StyleRow, ...]
    tried: str | None

    def of(self, kind: str) -> list[Note]:
        """Return the notes of a kind: passages in the text's order, phrases strongest first."""
        items = [note for note in self.notes.values() if (note.label > 0) == (kind == "passage")]
        return sorted(items, key=lambda note: (note.label, -note.strength))

    def side(self, side: Side) -> list[Note]:
        """Return the phrases that speak one way."""
        return [note for note in self.of("phrase") if note.side == side]

    def shared(self, side: Side) -> str | None:
        """Return what several notes of a side say, to be said once; None if no two agree."""
        said = Counter(note.says for note in self.side(side)).most_common(1)
        return " ".join(said[0][0]) if said and said[0][1] > 1 else None

    def is_shared(self, note: Note) -> bool:
        """Tell whether a phrase's note says what is said once for its side."""
        return " ".join(note.says) == self.shared(note.side)


def view(
    ui: Interface,
    answer: Answer,
    text: str,
    manifest: Mapping[str, Any],
    *,
    title: str,
    source: str,
) -> View:
    """Set out an answer.

    Parameters
    ----------
    ui
        Language of the interface.
    answer
        An answer without an error.
    text
        The text it is about.
    manifest
        Of the model that gave it.
    title, source
        Headline and origin of the text; empty where not known.
    """
    heading, lead = _heading(ui, answer)
    marked = _marked(answer.evidence)
    cut = paragraphs(text, marked)
    tried, reading = tried_on(manifest, answer.language), answer.reading
    return View(
        answer=answer,
        title=one_line(title),
        source=one_line(source),
        heading=heading,
        lead=lead,
        p=None if answer.p_propaganda is None else percentage(ui, answer.p_propaganda),
        zones=zones(manifest, answer),
        meaning=tuple(ui.tell(one) for one in sureness(manifest, answer)),
        level=None if reading is None else ui.tell(LEVELS[middle(reading)]),
        levels=() if reading is None else of_levels(ui, reading),
        views=of_views(ui, answer.signals),
        reasons=tuple(ui.tell(reason.note) for reason in answer.why_unclear),
        persuasion=None if answer.p_persuasion is None else percentage(ui, answer.p_persuasion),
        facts=_facts(ui, answer),
        paragraphs=cut,
        notes=_notes(ui, marked, cut),
        style=tuple(_row(ui, item) for item in answer.evidence if item.kind == "style"),
        tried=None if tried is None else ui.tell(tried),
    )


def _heading(ui: Interface, answer: Answer) -> tuple[str, str]:
    if answer.verdict == "propaganda":
        return ui.say("This text reads like propaganda"), ui.say(
            "A careful reader would likely find it one-sided or worse; texts of newsrooms hardly "
            "ever read so. Please read it yourself before you rely on this."
        )
    if answer.verdict == "journalism":
        return ui.say("This text reads like journalism"), ui.say(
            "A careful reader would likely find it plain, or journalism with a voice. That does "
            "not make it true."
        )
    return ui.say("Unclear"), ui.say(
        "There is no verdict on this text. That is a full answer and the usual one: better none "
        "than a wrong one."
    )


def _facts(ui: Interface, answer: Answer) -> tuple[str, ...]:
    known = answer.language not in {None, "und"}
    language = (
        ui.say("Language: {language}", language=ui.language(str(answer.language)))
        if known
        else ui.say("Language: not recognised")
    )
    words = ui.say("{n:,} word read", "{n:,} words read", n=answer.words or 0)
    if answer.genre is None:
        return language, words
    genre, p = ui.tell(GENRES[answer.genre.name]), percentage(ui, answer.genre.p)
    return language, words, ui.say("Kind of text: {genre} ({p})", genre=genre, p=p)


def _marked(evidence: tuple[Evidence, ...]) -> dict[int, Evidence]:
    """Return what is marked, numbered from 1; words that speak for neither side are not."""
    return {
        number: item
        for number, item in enumerate(evidence, 1)
        if item.kind == "passage" or (item.kind == "phrase" and _side(item.weight) != "none")
    }


def _notes(
    ui: Interface, items: Mapping[int, Evidence], cut: list[list[Segment]]
) -> dict[int, Note]:
    placed = {n for segments in cut for one in segments for n in (one.phrase, one.passage) if n}
    strongest = {
        kind: max((abs(e.weight) for e in items.values() if e.kind == kind), default=0.0)
        for kind in ("phrase", "passage")
    }
    inside = sorted((item.start or 0, n) for n, item in items.items() if item.kind == "passage")
    labels = {n: label for label, (_, n) in enumerate(inside, 1)}
    return {
        n: Note(
            number=n,
            label=labels.get(n, 0),
            quote=_quote(item.text or ""),
            side=_side(item.weight),
            strength=abs(item.weight) / (strongest[item.kind] or 1.0),
            says=_says(ui, item.note),
            placed=n in placed,
        )
        for n, item in items.items()
    }


def _says(ui: Interface, note: str) -> tuple[str, ...]:
    """Return a note's sentence, and the explanations of what it names, each apart."""
    if not isinstance(note, Sentence) or "techniques" not in note.values:
        return (ui.tell(note),)
    named = note.values["techniques"]
    sentence = ui.say(note.template, **{**note.values, "techniques": ""}).strip()
    return sentence, *map(ui.tell, named)


def _side(weight: float) -> Side:
    if abs(weight) < _SMALLEST:
        return "none"
    return "for" if weight > 0 else "against"


def _quote(text: str) -> str:
    line = visible(" ".join(text[: 2 * _LONGEST].split()))
    return line if len(line) <= _LONGEST else line[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _row(ui: Interface, item: Evidence) -> StyleRow:
    """Return a row; a note that does not tell its parts is one cell."""
    values = item.note.values if isinstance(item.note, Sentence) else {}
    side = _side(item.weight)
    if not {"measure", "value"} <= values.keys():
        return StyleRow(ui.tell(item.note), None, None, side)
    usual = ui.tell(values["usual"]) if "usual" in values else None
    return StyleRow(ui.tell(values["measure"]), ui.tell(values["value"]), usual, side)
