"""Proppy Corpus 1.0, also called QProp: articles labelled by what their outlet is held for.

Shape as told by the README of the Zenodo record 3271522 (fifteen fields a line, divided by tabs)
and by public programs that read the files (no header; 1 for propagandistic, -1 for not); not tried
on the published files.
"""

from __future__ import annotations

from pathlib import Path

from krynica.data.corpora.files import found, lines_of
from krynica.data.corpora.rows import Found, LeftOut, Row, day

_FIELDS = 15
_TEXT, _DATE, _URL, _SOURCE, _LABEL = 0, 3, 5, 10, 14
"""Fields by number: the README counts them from 1."""
_LABELS = {"1": "propaganda", "-1": "journalism"}


def read(path: Path) -> Found:
    """Read ``proppy_1.0.train.tsv`` and its like."""
    for file in found(path, "proppy*.tsv"):
        for cells in lines_of(file):
            if len(cells) != _FIELDS:
                yield LeftOut(f"a line that has not {_FIELDS} fields")
                continue
            label = _LABELS.get(cells[_LABEL].strip().removesuffix(".0"))
            if label is None:
                yield LeftOut("no label")
                continue
            yield Row(
                _unquoted(cells[_TEXT]),
                label,
                "en",
                outlet=_unquoted(cells[_SOURCE]) or None,
                date=day(_unquoted(cells[_DATE])),
                url=_unquoted(cells[_URL]) or None,
            )


def _unquoted(cell: str) -> str:
    """Return a cell without the quotation marks that a spreadsheet may have put around it."""
    cell = cell.strip()
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell
