"""What columns and labels of labelled tables are called, where not as Krynica calls them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from krynica.classifier.errors import ColumnError
from krynica.data.tables.cells import as_text

_WHOLE = re.compile(r"(-?\d+)[.,]0+")
_SHOWN, _LONGEST = 10, 40
"""Most labels that a sentence lists, and most characters of one."""


@dataclass(frozen=True)
class Layout:
    """What columns and labels of tables are called.

    Parameters
    ----------
    columns
        The tables' names by those of a labelled corpus, such as ``{"text": "content"}``. A column
        that already bears the corpus' name gives way to the one named.
    labels
        Labels of a labelled corpus by the tables' own, such as ``{"fake": "propaganda"}``.
        Capitals and spaces around a label do not count, nor does the way a number is written:
        1, 1.0 and "1" are one.
    encoding
        Codec of tables of text; None where their letters are to tell it.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None

    @property
    def required(self) -> list[str]:
        """The columns that a table must have."""
        return list(dict.fromkeys([self.columns.get("text", "text"), *self.columns.values()]))

    def named(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return a table under the names, and with the labels, of a labelled corpus."""
        taken = {ours: table[theirs] for ours, theirs in self.columns.items()}
        table = table.drop(columns=[ours for ours in taken if ours in table]).assign(**taken)
        if self.labels and "label" in table:
            meant = {_plain(theirs): ours for theirs, ours in self.labels.items()}
            table["label"] = [meant.get(_plain(label), label) for label in table["label"]]
        return table

    def labels_in(self, table: pd.DataFrame) -> set[str]:
        """Return the labels of a table as they stand there, where any are mapped."""
        name = self.columns.get("label", "label")
        if not self.labels or name not in table:
            return set()
        return {text for label in table[name].dropna().unique() if (text := as_text(label))}

    def require_labels(self, there: Iterable[str]) -> None:
        """Check that each label that is mapped stands in some row.

        Parameters
        ----------
        there
            All labels of the tables, as they stand there.

        Raises
        ------
        classifier.errors.ColumnError
            If one does not: it was misspelt, and its rows would be left out.
        """
        found = {_plain(label): label for label in there}
        strange = [one for one in self.labels if _plain(one) not in found]
        if strange:
            shown = [f"“{one[:_LONGEST]}”" for one in sorted(found.values())[:_SHOWN]]
            raise ColumnError(
                f"No row is labelled {' or '.join(f'“{one}”' for one in strange)}, as --labels has "
                f"it; the labels there are {', '.join(shown) or 'none'}."
            )


AS_IT_IS = Layout()
"""Tables laid out as a labelled corpus is."""


def _plain(label: object) -> str:
    text = " ".join((as_text(label) or "").split()).casefold()
    number = _WHOLE.fullmatch(text)  # a gap makes fractions of a column of whole numbers
    return number[1] if number else text
