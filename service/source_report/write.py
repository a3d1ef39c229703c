"""A source report as a file: a page that needs nothing else, or a table."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from krynica.classifier.errors import KrynicaError
from krynica.data.atomic import hidden, keep
from krynica.data.messages import writing_failed
from krynica.data.tables.table import write_table
from krynica.service.source_report.report import Report

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
_PAGES = frozenset({".html", ".htm"})
MOST_ROWS, MOST_DETAILS, MOST_MONTHS = 500, 100, 24
"""Outlets in the page's table, and those set out one by one; a table has all of them. Months of
such an outlet."""


def write_report(report: Report, path: Path, *, day: dt.date | None = None) -> None:
    """Write a report, the same bytes for the same report; until it is whole, an older one stays.

    Parameters
    ----------
    report
        What to write.
    path
        ``.html`` for a page that opens anywhere, asks no address and runs no script; ``.csv``,
        ``.tsv``, ``.jsonl`` or ``.parquet`` for one row an outlet.
    day
        Day to write on the page; none where none is given.

    Raises
    ------
    classifier.errors.KrynicaError
        If the ending is another, or the file cannot be written.
    """
    if path.suffix.lower() in _PAGES:
        target = path.resolve()
        part = hidden(target)
        try:
            part.write_text(html(report, day=day), "utf-8", "replace", "\n")
            keep(part, target)
        except OSError as error:
            raise KrynicaError(writing_failed(path, error)) from error
        finally:
            part.unlink(missing_ok=True)
        return
    from krynica.service.source_report.table import frame

    write_table(frame(report), path)


def html(report: Report, *, day: dt.date | None = None) -> str:
    """Return the page; parameters as of `write_report`."""
    from krynica.service.source_report.plots import pictures

    return (
        _environment()
        .get_template("source_report.html")
        .render(
            report=report,
            pictures=pictures(report),
            day=day,
            most_rows=MOST_ROWS,
            most_months=MOST_MONTHS,
            detailed=_detailed(report),
        )
    )


def _detailed(report: Report) -> set[str]:
    """Return the names of the outlets that are set out one by one."""
    keen = sorted(report.outlets, key=lambda one: (one.finding.name != "MORE", -one.judged))
    return {one.name for one in keen[:MOST_DETAILS]}


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from krynica.service.source_report import drift, judging, report, words

    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    sheets = _HERE.parent / "page" / "static" / "page.css", _HERE / "static" / "report.css"
    css = "".join(sheet.read_text("utf-8") for sheet in sheets)
    environment.globals.update(
        words=words,
        Finding=report.Finding,
        least=report.LEAST,
        least_outlets=drift.LEAST_OUTLETS,
        promised=judging.PROMISED,
        # The style sheets are the project's own; inside <style> nothing of them is to be escaped.
        css=Markup(css),  # noqa: S704
        markup=Markup,
    )
    return environment
