"""Sentences for people that remember what they were made of, so that a page can translate them."""

from __future__ import annotations

from typing import Any, Self


class Sentence(str):
    """An English sentence made from a template and values.

    It is a string everywhere a string is wanted; who speaks to people of another language looks
    its template up in a catalogue and fills it in anew.

    Parameters
    ----------
    template
        English, with fields as of `str.format`.
    plural
        The template where the value ``n`` is not 1; None for a sentence that counts nothing.
    **values
        What goes into the fields: numbers, words, sentences, or tuples of sentences, which are
        set one after the other.

    Attributes
    ----------
    template, plural, values
        As given.
    """

    __slots__ = ("plural", "template", "values")

    template: str
    plural: str | None
    values: dict[str, Any]

    def __new__(cls, template: str, plural: str | None = None, /, **values: Any) -> Self:
        """Fill the template in."""
        chosen = template if plural is None or values["n"] == 1 else plural
        filled = {name: _joined(value) for name, value in values.items()}
        made = super().__new__(cls, chosen.format(**filled))
        made.template, made.plural, made.values = template, plural, values
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Go from process to process, and through copies, with all that it remembers."""
        return _remake, (self.template, self.plural, self.values)


def _joined(value: Any) -> Any:
    return " ".join(value) if isinstance(value, tuple) else value


def _remake(template: str, plural: str | None, values: dict[str, Any]) -> Sentence:
    return Sentence(template, plural, **values)
