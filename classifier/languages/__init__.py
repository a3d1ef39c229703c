"""The languages the program reads: one file each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from krynica.classifier.languages.base import Language
from krynica.classifier.languages.be import BELARUSIAN
from krynica.classifier.languages.en import ENGLISH
from krynica.classifier.languages.pl import POLISH
from krynica.classifier.languages.ru import RUSSIAN
from krynica.classifier.languages.uk import UKRAINIAN

LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {language.code: language for language in (BELARUSIAN, ENGLISH, POLISH, RUSSIAN, UKRAINIAN)}
)

__all__ = ["LANGUAGES", "Language"]
