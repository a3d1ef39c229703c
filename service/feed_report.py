"""The outlets of all rows so far: a summary to read, and reports to keep."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from classifier.model import Model
from service.desk.item import Item
from service.desk.lines import drift_lines, outlet_lines
from service.desk.tally import Tally
from service.desk.write import write_report
from service.kept import Kept
from service.state import State


def give(state: State, model: Model, reports: tuple[Path, ...]) -> tuple[str, ...]:
    """Print the summary of each outlet, and write the reports.

    Parameters
    ----------
    state
        Whose rows are summed up.
    model
        What the outlets are compared with.
    reports
        Files; their endings say of which kind.

    Returns
    -------
    tuple of str
        Where there are reports, what they say of drift.
    """
    tally = Tally(model)
    for kept in state.rows():
        tally.add(_item(kept))
    report = tally.report()
    for line in outlet_lines(report):
        print(line)
    for path in reports:
        write_report(report, path)
    return tuple(drift_lines(report)) if reports else ()


def _item(kept: Kept) -> Item:
    cells = kept.cells
    return Item(
        outlet=cells["outlet"],
        date=_day(cells["published"]),
        title=cells["title"],
        url=cells["url"],
        place=cells["url"] or f"row {kept.number + 1}",
        scored=kept.scored,
        duplicate_of=cells["duplicate_of"],
    )


def _day(published: str | None) -> dt.date | None:
    """Return the day of a cell, which a person may have changed in a table that was taken over."""
    try:
        return dt.date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
