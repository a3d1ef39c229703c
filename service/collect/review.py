"""The sheet on which a person checks some rows of a corpus, out and back."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pandas as pd

from krynica.classifier.errors import TableError
from krynica.data.messages import shown
from krynica.data.tables.delimited import Dialect
from krynica.data.tables.table import TableWriter, read_table
from krynica.service.collect.outlet_list import Outlet
from krynica.service.collect.rows import Collected
from krynica.service.collect.state import Brief, State

ROWS = 50
"""Rows of a sheet: an afternoon's work. A share of 50 is told to within 14 points at worst."""
BEGINNING = 300
"""Characters of a text that the sheet shows."""

TEXT, LABEL, REMARK = "text_is_right", "label_is_right", "remark"
COLUMNS = (
    *("outlet", "label", "url", "title", "beginning", "words", "quality", "row"),
    *(TEXT, LABEL, REMARK),
)

_YES = frozenset(["1", "y", "yes", "true", "x", "+", "да", "так", "tak", "ok"])
_NO = frozenset(["0", "n", "no", "false", "-", "нет", "не", "ні", "nie"])
_ROW = re.compile(r"#([0-9a-f]{16})")


@dataclass
class Checked:
    """What a person said of rows.

    Parameters
    ----------
    said
        For each of the two questions, one True or False an answer.
    wrong
        Rows of which either is not right: outlet, and hash of the words.
    """

    said: dict[str, list[bool]] = field(default_factory=lambda: {TEXT: [], LABEL: []})
    wrong: set[tuple[str, int]] = field(default_factory=set)

    def sentences(self) -> list[str]:
        """Return the shares of what is right, with Wilson's 95% interval."""
        from krynica.classifier.statistics import wilson

        found = []
        for what, answers in self.said.items():
            if answers:
                right, total = sum(answers), len(answers)
                low, high = wilson(right, total)
                found.append(
                    f"{what}: {right:,} of {total:,} checked, {right / total:.0%} "
                    f"(95% interval {low:.0%} to {high:.0%})"
                )
        return found


def read_sheet(path: Path, checked: Checked) -> None:
    """Read a sheet that was filled in, wholly or in part.

    Raises
    ------
    classifier.errors.TableError
        If it is no such sheet, or an answer is neither yes nor no.
    """
    table = read_table(path, required=("outlet", "row", TEXT, LABEL))
    for number, cells in enumerate(table.astype(object).to_dict("records"), start=1):
        mark = _ROW.fullmatch(str(cells["row"]).strip())
        if mark is None:
            raise TableError(
                f"Row {number:,} of the sheet {shown(path)} does not say which row of the corpus "
                "it is: leave the columns “outlet” and “row” as they are."
            )
        answers = {what: _answer(cells[what], what, number, path) for what in (TEXT, LABEL)}
        for what, answer in answers.items():
            checked.said[what] += [] if answer is None else [answer]
        if False in answers.values():
            checked.wrong.add((str(cells["outlet"]).strip(), int(mark.group(1), 16)))


def _answer(cell: Any, what: str, number: int, path: Path) -> bool | None:
    if cell is None or pd.isna(cell) or not str(cell).strip():
        return None
    word = str(cell).strip().strip("'.!").casefold()
    if word in _YES | _NO:
        return word in _YES
    raise TableError(
        f"Row {number:,} of the sheet {shown(path)} says “{str(cell).strip()[:40]}” in “{what}”, "
        "where yes or no belongs."
    )


def choose(rows: Sequence[Brief], count: int = ROWS) -> list[Brief]:
    """Choose rows for a sheet: of all outlets, and of all qualities.

    Outlets have a row each in turn until there are enough, in an order made of their names alone.
    Those of an outlet stand at even distances in the order of quality, from the worst to the best.
    The same rows give the same choice.
    """
    by_outlet: defaultdict[str, list[Brief]] = defaultdict(list)
    for row in rows:
        by_outlet[row.outlet].append(row)
    shares = _shares({outlet: len(own) for outlet, own in by_outlet.items()}, count)
    chosen: list[Brief] = []
    for outlet, share in sorted(shares.items()):
        own = sorted(by_outlet[outlet], key=lambda row: (row.quality, row.hash))
        chosen += [own[round(n * (len(own) - 1) / max(1, share - 1))] for n in range(share)]
    return chosen


def _shares(sizes: Mapping[str, int], count: int) -> dict[str, int]:
    order = sorted(sizes, key=lambda outlet: blake2b(outlet.encode()).digest())
    shares = dict.fromkeys(order, 0)
    while count and (open_ := [outlet for outlet in order if shares[outlet] < sizes[outlet]]):
        for outlet in open_[:count]:
            shares[outlet] += 1
        count -= len(open_[:count])
    return {outlet: share for outlet, share in shares.items() if share}


def write_sheet(
    path: Path, rows: Sequence[Brief], outlets: Mapping[str, Outlet], state: State
) -> bool:
    """Write a sheet, unless one stands there that somebody began to fill in; tell whether.

    Raises
    ------
    classifier.errors.TableError
        If it cannot be written, or something else stands there.
    """
    if path.exists() and _is_begun(path):
        return False
    lines = [_line(state.row(row.number), outlets[row.outlet]) for row in choose(rows)]
    with TableWriter(path, Dialect(bom=True)) as writer:
        writer.write(pd.DataFrame({name: [line[name] for line in lines] for name in COLUMNS}))
    return True


def _is_begun(path: Path) -> bool:
    table = read_table(path)
    if list(table.columns) != list(COLUMNS):
        raise TableError(
            f"{shown(path)} already exists, and is not a review sheet of krynica collect; name "
            "another with --review, or move it away."
        )
    return bool(table[[TEXT, LABEL, REMARK]].notna().to_numpy().any())


def _line(row: Collected, outlet: Outlet) -> dict[str, Any]:
    return {
        "outlet": row.outlet,
        "label": outlet.label,
        "url": row.url,
        "title": row.title,
        "beginning": " ".join(row.text[:BEGINNING].split()),
        "words": len(row.text.split()),
        "quality": row.quality,
        # Spreadsheet programs would read many hashes as numbers, and round them.
        "row": f"#{row.hash}",
        TEXT: None,
        LABEL: None,
        REMARK: None,
    }
