"""Answers that lie flat: a row of a table each, or an object of JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pandas as pd

from krynica.data.messages import shown
from krynica.data.tables.cells import plain_values
from krynica.data.tables.faults import OnFault
from krynica.service.annotations.formats.record import Annotation, annotation_of

_ROWS = 1_000
Frames = Callable[[Path, Sequence[str], int | None, OnFault], Iterator[pd.DataFrame]]
"""Gives the rows of a table, as `data.tables.delimited.frames` does."""


def read(
    frames: Frames, path: Path, names: Sequence[str], annotator: str, name: str
) -> Iterator[Annotation]:
    """Read a table of answers; a row that is damaged keeps its place, and says so.

    Parameters
    ----------
    frames
        How tables of its kind are read.
    path, names
        The file, and its columns.
    annotator
        Who answered, where a row does not say.
    name
        What to call the file in sentences.
    """
    faults: dict[int, str] = {}
    number = 0
    for frame in frames(path, names, _ROWS, faults.__setitem__):
        columns = [plain_values(frame[column]) for column in names]
        for cells in zip(*columns, strict=True):
            where = f"{shown(name)}, row {number + 1}"
            if number in faults:
                fault = f"{where}: {faults.pop(number).replace(shown(path), shown(name))}"
                yield Annotation(where, None, None, None, annotator, fault=fault)
            else:
                yield annotation_of(dict(zip(names, cells, strict=True)), annotator, where)
            number += 1
