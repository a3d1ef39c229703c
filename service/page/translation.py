"""What the page says, in the reader's language: catalogues, plurals, numbers.

Every sentence for people is a `classifier.sentence.Sentence`. Its English template is looked up
in a catalogue and filled in anew, with numbers written as the reader's language writes them.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from krynica.classifier.sentence import Sentence

LOCALES = Path(__file__).parent / "locales"
NAMES: Mapping[str, str] = {
    "be": "Беларуская",
    "uk": "Українська",
    "pl": "Polski",
    "ru": "Русский",
    "en": "English",
}
"""Languages of the interface, by their own names, in the order of the switch."""

DEFAULT = "en"


_SPEC = re.compile(r"(?P<sign>\+?),?(?:\.(?P<digits>\d+))?(?P<kind>[f%d]?)")
_MOST_RANGES = 50
"""Languages of an ``Accept-Language`` that are looked at; browsers send up to ten."""


class Interface:
    """One language of the interface.

    Parameters
    ----------
    code
        A key of `NAMES`.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        self.locale = Locale.parse(code)
        self._catalogue = _catalogue(code)
        self._filler = _Filler(self)

    def say(self, template: str, plural: str | None = None, /, **values: Any) -> str:
        """Translate a template and fill it in; arguments as of `Sentence`."""
        if plural is None:
            chosen = self._catalogue.gettext(template)
        else:
            chosen = self._catalogue.ngettext(template, plural, values["n"])
        return self._filler.vformat(chosen, (), values)

    def tell(self, message: str) -> str:
        """Translate a sentence; a plain string only if the catalogue has it as it is."""
        if isinstance(message, Sentence):
            return self.say(message.template, message.plural, **message.values)
        return self._catalogue.gettext(message) if message else message

    def number(self, value: float, digits: int | None = None) -> str:
        """Write a number, with so many decimals, or as many as it has."""
        if digits is None:
            return format_decimal(value, locale=self.locale)
        return format_decimal(round(value, digits), format=_pattern(digits), locale=self.locale)

    def percent(self, share: float, digits: int = 0) -> str:
        """Write a share as a percentage, spaced as the language does."""
        plain = self.locale.percent_formats[None].pattern
        pattern = plain.replace("##0", _pattern(digits).removeprefix("#,"))
        return format_percent(share, format=pattern, locale=self.locale)

    def language(self, code: str) -> str:
        """Name a language, in this one."""
        return str(self.locale.languages.get(code, code))


class _Filler(string.Formatter):
    """`str.format` with the numbers and the nested sentences of one language."""

    def __init__(self, interface: Interface) -> None:
        self._interface = interface

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, str):
            return self._interface.tell(value) if isinstance(value, Sentence) else value
        if isinstance(value, Sequence):
            return " ".join(self.format_field(one, "") for one in value)
        spec = _SPEC.fullmatch(format_spec)
        if spec is None or not isinstance(value, (int, float)):
            return format(value, format_spec)
        digits = None if spec["digits"] is None else int(spec["digits"])
        sign = "+" if spec["sign"] and value > 0 else ""
        if spec["kind"] == "%":
            return sign + self._interface.percent(value, 6 if digits is None else digits)
        return sign + self._interface.number(value, digits)


def _pattern(digits: int) -> str:
    return "#,##0" + "." * bool(digits) + "0" * digits


@lru_cache(maxsize=len(NAMES))
def interface(code: str) -> Interface:
    """Return one language of the interface, read once."""
    return Interface(code)


def _catalogue(code: str) -> NullTranslations:
    """Read a catalogue straight from its ``.po`` file; English is what the code says."""
    if code == DEFAULT:
        return NullTranslations()
    with catalogue_file(code).open("rb") as file:
        read = read_po(file, locale=code)
    compiled = BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return GNUTranslations(compiled)


def catalogue_file(code: str) -> Path:
    """Return where the catalogue of a language is."""
    return LOCALES / code / "LC_MESSAGES" / "page.po"


def choose(asked: str | None, accept: str | None) -> str:
    """Choose a language of the interface.

    Parameters
    ----------
    asked
        What the reader chose on the page, if anything.
    accept
        Header ``Accept-Language`` (RFC 9110, 12.5.4): languages with weights from 0 to 1.

    Returns
    -------
    str
        A key of `NAMES`: the one asked for, else the best accepted one, else English.
    """
    if asked in NAMES:
        return str(asked)
    best, weight = DEFAULT, 0.0
    for code, q in _accepted(accept or ""):
        if q > weight:
            best, weight = code, q
    return best


def _accepted(accept: str) -> list[tuple[str, float]]:
    """Read the header's languages that the page has, with their weights, in its order."""
    found = []
    for part in accept.split(",", _MOST_RANGES)[:_MOST_RANGES]:
        tag, _, parameters = part.strip().partition(";")
        code = tag.strip().lower().partition("-")[0]
        q = _weight(parameters)
        if q is not None and (code in NAMES or code == "*"):
            found.append((DEFAULT if code == "*" else code, q))
    return found


def _weight(parameters: str) -> float | None:
    if not parameters.strip():
        return 1.0
    match = re.fullmatch(r"\s*[qQ]\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", parameters)
    return float(match[1]) if match else None
