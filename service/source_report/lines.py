"""A source report for a terminal: one line an outlet, one line a language."""

from __future__ import annotations

from krynica.classifier.languages import LANGUAGES
from krynica.service.source_report.report import Finding, Outlet, Report
from krynica.service.source_report.words import (
    finding,
    language_name,
    no_verdicts,
    number,
    percent,
    with_interval,
)

MOST = 500
"""Outlets that have a line; a report as a table has all."""


def outlet_lines(report: Report) -> list[str]:
    """Return a summary per outlet.

    Parameters
    ----------
    report
        The report; its order is kept.

    Returns
    -------
    list of str
        At most `MOST` lines of outlets, then how many there are besides; and a line on the
        languages without verdicts. Nothing in them can command a terminal.
    """
    lines = [_line(one) for one in report.outlets[:MOST]]
    left = len(report.outlets) - MOST
    if left > 0:
        lines.append(f"... and {number(left, 'more outlet')}.")
    return [*lines, *filter(None, [no_verdicts(report)])]


def drift_lines(report: Report) -> list[str]:
    """Return a line a language: whether its articles still look like those of training."""
    return [
        f"{language_name(one.code)}: {one.says}"
        for one in report.languages
        if one.code in LANGUAGES
    ]


def _line(one: Outlet) -> str:
    rows = [number(one.articles, "article")]
    if one.repeats:
        rows.append(number(one.repeats, "repeat"))
    if one.errors:
        rows.append(f"{one.errors:,} unreadable")
    if one.finding is Finding.NO_VERDICTS or not one.judged:
        return f"{one.name}: {', '.join(rows)}; {finding(one)}"
    return (
        f"{one.name}: {', '.join(rows)}; of {one.judged:,} judged, propaganda "
        f"{with_interval(one.propaganda)}, unclear {percent(one.unclear.value)}. {finding(one)}"
    )
