"""The outlets of all rows so far: a summary to read, and reports to keep."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from krynica.classifier.model import Model
from krynica.service.feeds.kept import Kept
from krynica.service.feeds.state import State
from krynica.service.source_report.build import make_report
from krynica.service.source_report.item import Item
from krynica.service.source_report.lines import drift_lines, outlet_lines
from krynica.service.source_report.tally import Tally
from krynica.service.source_report.write import write_report
from krynica.service.terminal import say


def give(state: State, model: Model, reports: tuple[Path, ...]) -> tuple[str, ...]:
    """Print the summary of each outlet, and write the reports.

    Rows that another model answered are left out, and counted on standard error.

    Parameters
    ----------
    state
        Whose rows are summed up.
    model
        Whose answers are summed up, and what the outlets are compared with.
    reports
        Files; their endings say of which kind.

    Returns
    -------
    tuple of str
        Where there are reports, what they say of drift.
    """
    tally, places = Tally(), dict[int, int]()
    foreign = 0
    for kept in state.rows():
        if _is_of(kept, model):
            tally.add(_item(kept, places.get(kept.cells["duplicate_of"])))
            places[kept.number] = len(places)
        else:
            foreign += 1
    if foreign:
        say(_left_out(foreign))
    report = make_report(model, tally)
    for line in outlet_lines(report):
        print(line)
    for path in reports:
        write_report(report, path)
    return tuple(drift_lines(report)) if reports else ()


def _is_of(kept: Kept, model: Model) -> bool:
    """Tell whether a row has no answer of another model: it is of this one, or an error."""
    if kept.cells["error"] is not None:
        return True
    if kept.model is None:
        return bool(kept.cells["model_version"] == model.id.version)
    return kept.model == model.id.sha256


def _left_out(count: int) -> str:
    if count == 1:
        return "1 row has the answer of another model, and is left out of the summary"
    return f"{count:,} rows have the answer of another model, and are left out of the summary"


def _item(kept: Kept, earlier: int | None) -> Item:
    """Return a row as the tally wants it, which numbers only the rows that it is given."""
    cells = kept.cells
    return Item(
        outlet=cells["outlet"],
        date=_day(cells["published"]),
        title=cells["title"],
        url=cells["url"],
        place=cells["url"] or f"row {kept.number}",
        scored=kept.scored,
        duplicate_of=earlier,
    )


def _day(published: str | None) -> dt.date | None:
    """Return the day of a cell, which a person may have changed in a table that was taken over."""
    try:
        return dt.date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
