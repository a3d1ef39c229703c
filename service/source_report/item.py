"""One article of a run, as the source report sees it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from krynica.service.rows import Scored


@dataclass(frozen=True)
class Item:
    """A scored row, with where it comes from.

    Parameters
    ----------
    outlet
        Name of the outlet; None where none is given.
    date
        Day it was published, likewise.
    title, url
        Likewise. They are a stranger's words, and are made safe where they are shown.
    place
        What to call the row: "row 17", or an address.
    scored
        What scoring gave.
    duplicate_of
        Number of the earlier row, counted from 0, whose answer this row repeats; None of a row
        that was read itself.
    """

    outlet: str | None
    date: dt.date | None
    title: str | None
    url: str | None
    place: str
    scored: Scored
    duplicate_of: int | None
