"""Questions on a spreadsheet, ``.csv`` or ``.tsv``, and the sheet filled in.

Columns ``krynica_id``, ``text``, what is shown beside, ``choices`` (all that may be answered), and
three to fill in: ``label``, ``annotator``, ``remark``. The table exports of Label Studio (CSV, TSV)
and Doccano (CSV) have these columns, too, and are read here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from krynica.classifier.errors import TableError
from krynica.data import delimited
from krynica.data.delimited import Dialect
from krynica.data.faults import refuse
from krynica.data.seam import shown
from krynica.data.tables import TableWriter, listed
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
        The file, whatever its ending and its separator.
    annotator
        Who answered where the sheet does not say.
    name
        What to call the file in sentences.

    Raises
    ------
    classifier.errors.TableError
        If it is no table, or has no column of labels, or none to tell the rows by.
    """
    names = _known(delimited.columns(path, refuse))
    if LABEL not in names or not {ID, TEXT} & {*names}:
        raise TableError(
            f"{shown(name)} is no sheet of answers: it needs the columns “{LABEL}” and “{ID}”, and "
            f"has {listed(names)}."
        )
    yield from flat.read(delimited.frames, path, names, annotator, name)


def _known(names: list[str]) -> list[str]:
    """Return the names of columns, ours as we write them also where somebody capitalised them."""
    ours = {ID, TEXT, LABEL, ANNOTATOR, REMARK} - {*names}
    known = []
    for name in names:
        plain = name.strip().casefold()
        known.append(plain if plain in ours else name)
        ours.discard(plain)
    return known
