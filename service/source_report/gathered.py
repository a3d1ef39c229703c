"""What is counted of one outlet."""

from __future__ import annotations

from dataclasses import dataclass, field

from krynica.service.source_report.cell import Cell
from krynica.service.source_report.quotes import Top

PASSAGES = 5
"""Passages of an outlet that are shown."""


@dataclass(slots=True)
class Gathered:
    """What is counted of one outlet."""

    number: int
    name: str
    one_outlet: bool
    errors: int = 0
    repeats: int = 0
    cells: dict[str, Cell] = field(default_factory=dict)
    passages: Top = field(default_factory=lambda: Top(PASSAGES))
