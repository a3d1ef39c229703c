"""Formats in which annotators are asked."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """Formats of questions: a spreadsheet, or a program for labelling."""

    sheet = "sheet"
    doccano = "doccano"
    labelstudio = "labelstudio"
