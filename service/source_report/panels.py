"""What the pictures share: colours, which outlets are drawn, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence

from krynica.service.source_report.report import LEAST, Finding, Outlet, Report
from krynica.service.source_report.words import number

ORANGE, BLUE, GREY = "#c77a3c", "#5b93c7", "#8a8f94"
"""Each at least 3 to 1 against the page's ground, light and dark, and told apart by the
colour-blind; shapes say the same again."""
MOST = 40
"""Outlets of a picture."""
_NAME = 30


def large(report: Report) -> list[Outlet]:
    """Return those of which something can be concluded."""
    return [one for one in report.outlets if one.judged >= LEAST]


def chosen(outlets: Sequence[Outlet], most: int) -> list[Outlet]:
    """Return those that stand out and those with most articles, in the report's order."""
    keen = sorted(outlets, key=lambda one: (one.finding is not Finding.MORE, -one.judged, one.name))
    names = {one.name for one in keen[:most]}
    return [one for one in outlets if one.name in names]


def left_out(there: int, shown: int) -> str:
    """Say how many outlets a picture leaves out."""
    if there == shown:
        return ""
    return (
        f"Shown: {shown:,} of {number(there, 'outlet')}, those that stand out and those with most "
        "articles; the table has all."
    )


def short(name: str) -> str:
    """Return a name that has room in a picture."""
    return name if len(name) <= _NAME else name[: _NAME - 1] + "…"
