"""The languages the program reads: one file each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from classifier.languages.base import Language
from classifier.languages.be import BELARUSIAN
from classifier.languages.en import ENGLISH
from classifier.languages.pl import POLISH
from classifier.languages.ru import RUSSIAN
from classifier.languages.uk import UKRAINIAN

LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {language.code: language for language in (BELARUSIAN, ENGLISH, POLISH, RUSSIAN, UKRAINIAN)}
)

__all__ = ["LANGUAGES", "Language"]
