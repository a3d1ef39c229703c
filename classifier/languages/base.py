"""What the program knows about a language: one frozen record, filled in one file each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from krynica.classifier.sentence import Sentence


@dataclass(frozen=True)
class Language:
    """The rules and word lists of one language.

    Word lists hold lower-case forms. An entry that ends in ``*`` stands for every
    word that begins so; that is how inflected languages are covered without a tagger.
    An entry may be of several words, divided by one space, among them ``<name>`` for any name.

    Parameters
    ----------
    code
        ISO 639-1 code.
    name
        English name, for sentences shown to people.
    abbreviations
        Words whose full stop does not end a sentence, without the full stop.
    reporting_verbs
        Verbs of neutral attribution ("said", "told").
    attribution
        Set phrases that name a source ("according to").
    unnamed_sources
        Set phrases that name nobody ("experts say", "many believe").
    hedges
        Words that limit a claim ("reportedly", "may").
    intensifiers, absolutes
        Words that raise a claim ("extremely") or allow no exception ("never", "everyone").
    necessity, possibility
        Words of modality.
    negations, contrast, cause
        Function words that carry denial, contrast and causation.
    first_singular, first_plural, second, third_plural
        Pronouns.
    distancing
        Words that cast doubt on what follows ("so-called").
    loaded
        Emotive and evaluative words that a news register avoids ("puppet", "hysteria").
    refutation
        Words of doubt and of refutation ("false claim", "fact check"): who uses them quotes what
        is not so.
    place_stems
        Beginnings of lower-case words that name a place or a nation; they are masked.
    place_adjective
        Regular expression for words made like adjectives of places ("купянский", "brzeski"):
        there are too many to list, and none is shown as a reason. Others made alike ("городской",
        "ludzki") are not shown either, which costs little.
    month_names
        Names of months and days, masked like numbers.
    grammar
        Words of grammar that are never shown as a reason, where spaCy has no list of them.
    furniture
        Regular expressions for what a page puts around an article: invitations to
        read on, photo credits, footers. Each is matched from the start of a line and
        removes the rest of that line.
    spelling
        Brings a lower-case word to the spelling that the lists are in, where a language has
        more than one. What is learned of words is learned of them so spelled.
    """

    code: str
    name: Sentence
    abbreviations: frozenset[str] = frozenset()
    reporting_verbs: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()
    unnamed_sources: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    intensifiers: tuple[str, ...] = ()
    absolutes: tuple[str, ...] = ()
    necessity: tuple[str, ...] = ()
    possibility: tuple[str, ...] = ()
    negations: tuple[str, ...] = ()
    contrast: tuple[str, ...] = ()
    cause: tuple[str, ...] = ()
    first_singular: tuple[str, ...] = ()
    first_plural: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    third_plural: tuple[str, ...] = ()
    distancing: tuple[str, ...] = ()
    loaded: tuple[str, ...] = ()
    refutation: tuple[str, ...] = ()
    place_stems: tuple[str, ...] = ()
    place_adjective: str = ""
    month_names: tuple[str, ...] = ()
    grammar: tuple[str, ...] = ()
    furniture: tuple[str, ...] = field(default=())
    spelling: Callable[[str], str] = str


def words(text: str) -> tuple[str, ...]:
    """Split a list written as prose: entries divided by commas or line ends."""
    parts = text.replace("\n", ",").split(",")
    return tuple(dict.fromkeys(entry for part in parts if (entry := " ".join(part.split()))))
