"""Where the rows of a table come from: their outlet, day, title and address, for a report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from krynica.data.tables.cells import plain_values
from krynica.service.rows import Scored
from krynica.service.source_report.item import Item

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Origins:
    """Which columns of a table say where a row comes from; None where none does."""

    outlet: str | None = None
    date: str | None = None
    title: str | None = None
    url: str | None = None

    def within(self, names: Sequence[str]) -> Origins:
        """Fill in the columns that bear the usual names, where no other was named.

        Parameters
        ----------
        names
            All columns of the table.
        """
        found = {
            field: next((name for name in usual if name in names), None)
            for field, usual in _USUAL.items()
            if getattr(self, field) is None
        }
        return replace(self, **found)

    @property
    def named(self) -> list[str]:
        """The columns that are named."""
        return [name for name in (self.outlet, self.date, self.title, self.url) if name is not None]


_USUAL = {
    "outlet": ("outlet",),
    "date": ("date", "published"),
    "title": ("title",),
    "url": ("url",),
}


def items_of(
    table: pd.DataFrame,
    origins: Origins,
    first: int,
    scored: Sequence[Scored],
    earlier: Sequence[int | None],
) -> Iterator[Item]:
    """Yield scored rows with where they come from.

    Parameters
    ----------
    table, origins
        The rows, and which columns say where they come from.
    first
        Number of the first row, counted from 0.
    scored, earlier
        Their answers, and the rows they repeat.
    """

    def cells(name: str | None) -> list[str | None]:
        if name is None:
            return [None] * len(table)
        return [None if cell is None else str(cell) for cell in plain_values(table[name])]

    columns = zip(
        cells(origins.outlet),
        days(table[origins.date]) if origins.date else [None] * len(table),
        cells(origins.title),
        cells(origins.url),
        strict=True,
    )
    rows = zip(columns, scored, earlier, strict=True)
    for number, ((outlet, date, title, url), answer, head) in enumerate(rows, first):
        yield Item(outlet, date, title, url, f"row {number}", answer, head)


def days(column: pd.Series) -> list[dt.date | None]:
    """Return the days of a column of dates; None where a cell is none by ISO 8601."""
    import pandas as pd

    cells = [str(cell).strip() for cell in plain_values(column)]
    read = pd.to_datetime(pd.Series(cells), format="ISO8601", utc=True, errors="coerce")
    return [None if pd.isna(moment) else moment.date() for moment in read]
