"""What an article shows beside how it reads: the collection, the day, the length, the marks.

The recipe never meets these; splits are made by them, and probes tell what they would be worth.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

FloatArray = npt.NDArray[np.float64]
Names = npt.NDArray[np.str_]

MARKS = (*"\"'“”„«»‘’–—-…()[]!?", "...")
"""Marks whose rates are the style of punctuation: quotation marks, dashes, ellipses, brackets."""
PLACES: Mapping[str, tuple[str, ...]] = {
    "en": (
        *("Kiev", "Kyiv", "Donbass", "Donbas", "Kharkov", "Kharkiv", "Odessa", "Odesa", "Lvov"),
        *("Lviv", "Lugansk", "Luhansk", "Zaporozhye", "Zaporizhzhia", "Nikolaev", "Mykolaiv"),
        *("Dnepr", "Dnipro", "Artyomovsk", "Bakhmut", "Byelorussia", "Belarus", "the Ukraine"),
        *("Chernobyl", "Chornobyl"),
    ),
    "ru": (
        *("на Украине", "в Украине", "на Украину", "в Украину", "с Украины", "из Украины"),
        *(
            r"Белорусси\w*",
            r"Беларус\w*",
            r"белорус\w*",
            r"беларус\w*",
            r"Молдави\w*",
            "Молдов[аеуы]",
        ),
        *(r"Киргизи\w*", r"Кыргызстан\w*", "Алма-Ат[аеуы]", "Алматы", r"Артёмовск\w*|Артемовск\w*"),
        *(r"Бахмут\w*", "Таллин(?:а|е|у|ом)?", r"Таллинн\w*", "ЛНР|ДНР"),
    ),
    "pl": (
        *("na Ukrainie", "w Ukrainie", "na Ukrainę", "do Ukrainy", "na Białorusi", "w Białorusi"),
        *("na Białoruś", "do Białorusi", "Donbass", "Donbas", r"Ługańsk\w*", r"Luhansk\w*"),
        *(r"Doniec\w*", r"Donetsk\w*", r"Charków|Charkow\w*", r"Kharkiv\w*|Charkiw\w*"),
    ),
}
"""Spellings and prepositions, by language, that give a side away, as regular expressions."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Traits:
    """Traits of the articles of one language, row for row those of `ArticleRows`.

    Parameters
    ----------
    source
        Collection, empty where none is stated.
    date
        Day in ISO 8601, empty where there is none: a year alone is no day.
    words
        Words, shape (n_rows,).
    marks
        Occurrences of `MARKS` per 1,000 characters, shape (n_rows, n_marks).
    places
        Occurrences of `PLACES`, shape (n_rows, n_spellings); 0 columns for other languages.
    """

    source: Names
    date: Names
    words: FloatArray
    marks: FloatArray
    places: FloatArray


def traits(table: pd.DataFrame, language: str) -> Traits:
    """Read the traits off prepared rows.

    Parameters
    ----------
    table
        Articles of one language with the columns ``text``, ``source`` and ``date``; the text as it
        stood before any cleaning.
    language
        ISO 639-1 code.
    """
    texts = table["text"].tolist()
    return Traits(
        np.array([_word(value) for value in table["source"]], dtype=np.str_),
        np.array([day(value) for value in table["date"]], dtype=np.str_),
        np.array([len(text.split()) for text in texts], dtype=np.float64),
        np.array([_marks(text) for text in texts]),
        _places(texts, PLACES.get(language, ())),
    )


def day(value: object) -> str:
    """Return the day of a cell in ISO 8601; empty where it names none."""
    found = _DAY.match(str(value))
    try:
        return date.fromisoformat(found[0]).isoformat() if found else ""
    except ValueError:  # such as 30 February
        return ""


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _marks(text: str) -> list[float]:
    return [1000.0 * text.count(mark) / max(len(text), 1) for mark in MARKS]


def _places(texts: list[str], spellings: tuple[str, ...]) -> FloatArray:
    counts = np.zeros((len(texts), len(spellings)))
    # One expression with a group a spelling: 24 scans of a text would take 20 times as long.
    pattern = re.compile(rf"\b(?:{'|'.join(f'({spelling})' for spelling in spellings)})\b")
    for row, text in enumerate(texts if spellings else []):
        for found in pattern.finditer(text):
            counts[row, (found.lastindex or 1) - 1] += 1
    return counts
