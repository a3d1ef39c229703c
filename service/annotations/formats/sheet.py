"""Questions on a spreadsheet, ``.csv``, ``.tsv`` or ``.xlsx``, and the sheet filled in.

Columns ``krynica_id``, ``text``, what is shown beside, ``choices`` (all that may be answered), and
three to fill in: ``label``, ``annotator``, ``remark``. The table exports of Label Studio (CSV, TSV)
and Doccano (CSV) have these columns, too, and are read here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from krynica.classifier.errors import TableError
from krynica.data.messages import shown
from krynica.data.tables import delimited, workbook
from krynica.data.tables.cells import as_text, plain_values, text_column
from krynica.data.tables.delimited import Dialect
from krynica.data.tables.faults import OnFault, refuse
from krynica.data.tables.table import TableWriter, listed
from krynica.data.tables.table_kinds import is_workbook
from krynica.service.annotations.formats import flat
from krynica.service.annotations.formats.record import (
    ANNOTATOR,
    ANSWERS,
    ID,
    LABEL,
    REMARK,
    TEXT,
    Annotation,
    Question,
    beside_names,
)

CHOICES_COLUMN = "choices"
LONGEST_CELL = 32_767
"""Characters of a cell beyond which Excel cuts it off (Microsoft, "Excel specifications and
limits")."""


def write(questions: Sequence[Question], path: Path, *, semicolons: bool = False) -> None:
    """Write a sheet with a byte order mark, in which no cell is run as a formula.

    Raises
    ------
    classifier.errors.TableError
        If it cannot be written.
    """
    rows = {ID: [one.id for one in questions], TEXT: [one.text for one in questions]}
    for name in beside_names(questions):
        rows[name] = [one.beside.get(name, "") for one in questions]
    rows[CHOICES_COLUMN] = [" | ".join(ANSWERS)] * len(questions)
    empty = dict.fromkeys((LABEL, ANNOTATOR, REMARK), "")
    with TableWriter(path, Dialect(bom=True, semicolons=semicolons)) as writer:
        writer.write(pd.DataFrame(rows, dtype="str").assign(**empty))


def read(path: Path, annotator: str, name: str) -> Iterator[Annotation]:
    """Read a sheet that was filled in.

    Parameters
    ----------
    path
        The file, whatever its ending and its separator. Of a workbook the first sheet is read,
        unless another has the column of labels.
    annotator
        Who answered where the sheet does not say.
    name
        What to call the file in sentences.

    Raises
    ------
    classifier.errors.TableError
        If it is no table, or has no column of labels, or none to tell the rows by.
    """
    in_workbook = is_workbook(path)
    names = _known(
        workbook.columns(path, refuse, (LABEL,)) if in_workbook else delimited.columns(path, refuse)
    )
    if LABEL not in names or not {ID, TEXT} & {*names}:
        raise TableError(
            f"{shown(name)} is not a sheet of answers: it needs the columns “{LABEL}” and “{ID}”, "
            f"and has {listed(names)}."
        )
    yield from flat.read(
        _workbook_frames if in_workbook else delimited.frames, path, names, annotator, name
    )


def _workbook_frames(
    path: Path, names: Sequence[str], rows: int | None, on_fault: OnFault
) -> Iterator[pd.DataFrame]:
    """Give the rows of a workbook as text: 1 may be an answer, too."""
    for frame in workbook.frames(path, names, rows, on_fault, (LABEL,)):
        yield pd.DataFrame(
            {name: text_column(map(as_text, plain_values(frame[name]))) for name in names}
        )


def _known(names: list[str]) -> list[str]:
    """Return the names of columns, ours as we write them also where somebody capitalised them."""
    ours = {ID, TEXT, LABEL, ANNOTATOR, REMARK} - {*names}
    known = []
    for name in names:
        plain = name.strip().casefold()
        known.append(plain if plain in ours else name)
        ours.discard(plain)
    return known
