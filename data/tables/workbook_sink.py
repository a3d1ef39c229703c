"""Workbooks (``.xlsx``) written row by row, in no more than the parts that a workbook must have.

Ours, as the libraries that write large ones put their rows into files of a temporary folder first,
and texts of others have no place there.
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pandas as pd

from krynica.classifier.errors import TableError
from krynica.data.tables.cells import as_text, plain_values

LONGEST_CELL, ROWS, COLUMNS = 32_767, 1_048_576, 16_384
"""Characters of a cell, rows and columns of a sheet (Microsoft, "Excel specifications and
limits")."""
_WHOLE = 10**15
"""Whole numbers beyond which a workbook loses digits."""

_TYPES = "application/vnd.openxmlformats-"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{_TYPES}package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        f'ContentType="{_TYPES}officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="{_TYPES}officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Sink:
    """Writes rows to a file.

    Attributes
    ----------
    cut
        Cells of which only the first 32,767 characters were written.
    """

    defused = 0  # text is marked as text, and never run

    def __init__(self, path: Path) -> None:
        self.cut = 0
        self._rows = 0
        self._name = path.name
        self._archive = zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED)
        for name, text in _PARTS.items():
            self._archive.writestr(_entry(name), _XML + text)
        self._sheet = self._archive.open(_entry("xl/worksheets/sheet1.xml"), "w", force_zip64=True)
        self._write(f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>')

    def write(self, frame: pd.DataFrame) -> None:
        """Write the rows of a frame, before the first of all the names of its columns."""
        if not self._rows:
            if len(frame.columns) > COLUMNS:
                raise TableError(
                    f"A workbook has no more than {COLUMNS:,} columns, and there are "
                    f"{len(frame.columns):,}: name the output .csv, .jsonl or .parquet."
                )
            self._row(frame.columns)
        for row in zip(*(plain_values(frame[name]) for name in frame), strict=True):
            self._row(row)

    def close(self) -> None:
        """Write what is still held back and close the file."""
        try:
            self._write("</sheetData></worksheet>")
            self._sheet.close()
        finally:
            self._archive.close()

    def _row(self, cells: Iterable[Any]) -> None:
        self._rows += 1
        if self._rows > ROWS:
            raise TableError(
                f"A workbook has no more than {ROWS:,} rows: name the output .csv, .jsonl or "
                ".parquet."
            )
        self._write(f"<row>{''.join(map(self._cell, cells))}</row>")

    def _cell(self, value: Any) -> str:
        match value:
            case None | "":
                return "<c/>"
            case bool():
                return f'<c t="b"><v>{value:d}</v></c>'
            case int() if abs(value) < _WHOLE:
                return f"<c><v>{value}</v></c>"
            case float() if math.isfinite(value):
                return f"<c><v>{value!r}</v></c>"
        text = as_text(value) or ""
        if len(text) > LONGEST_CELL:
            self.cut += 1
            text = text[: LONGEST_CELL - 1] + "…"
        plain = escape(_ESCAPE.sub("_x005F_", _NO_CHARACTER.sub("\ufffd", text)))
        whole = plain.replace("\r", "_x000D_")
        return f'<c t="inlineStr"><is><t xml:space="preserve">{whole}</t></is></c>'

    def _write(self, text: str) -> None:
        self._sheet.write(text.encode("utf-8"))


def _entry(name: str) -> zipfile.ZipInfo:
    """Return an entry without a moment in it: the same rows make the same bytes."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
