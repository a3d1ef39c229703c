"""Labels into a corpus: a whole new table, in which the rows of the old one are as they were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from krynica.data.corpus.duplicates import text_hash
from krynica.data.corpus.labelled import ARTICLE_LABELS, PROPAGANDA, read_score, require_told
from krynica.data.tables.cells import plain_values
from krynica.data.tables.table import TableWriter, iter_table
from krynica.service.annotations.answers import Answered
from krynica.service.annotations.formats.key import Row
from krynica.service.annotations.formats.record import CHOICES
from krynica.training.check.finding import counted

_ROWS = 1_000
CONTRACT = (
    "text",
    "label",
    "score",
    "outlet",
    "date",
    "lang",
    "title",
    "url",
    "kind",
    "source",
    "licence",
)
"""Columns of a labelled corpus that an article has."""
ADDED = ("labelled_by", "annotators")
"""Columns that tell of people's labels: ``people``, and how many answered."""
_DEFAULTS = {"kind": "article", "source": "annotated", "licence": "not stated"}


@dataclass
class Merged:
    """What came of a merge.

    Parameters
    ----------
    kept
        Rows of the old corpus.
    added
        New rows, by label.
    there
        Labelled rows whose text the corpus has, under the same label.
    conflicts
        Texts that the corpus has under another label, a sentence each.
    defused
        Cells that a spreadsheet program would have run as formulas.
    cut
        Cells that are longer than a workbook can hold.
    """

    kept: int = 0
    added: dict[str, int] = field(default_factory=dict)
    there: int = 0
    conflicts: list[str] = field(default_factory=list)
    defused: int = 0
    cut: int = 0

    def lines(self) -> Iterator[str]:
        """Yield it in sentences."""
        parts = ", ".join(f"{count:,} {label}" for label, count in sorted(self.added.items()))
        total = sum(self.added.values())
        yield f"{counted(self.kept, 'row')} kept, {total:,} added{f': {parts}' if parts else ''}."
        if self.there:
            stand = counted(self.there, "row stands", "rows stand")
            yield f"{stand} in the corpus already under the same label."
        if self.defused:
            cells = counted(self.defused, "cell")
            yield f"{cells} a spreadsheet would run: disarmed by an apostrophe."
        if self.cut:
            cells = counted(self.cut, "cell")
            yield f"{cells} cut at 32,767 characters, the most a workbook holds in one."


def merge(labelled: Sequence[tuple[Row, Answered]], corpus: Path | None, output: Path) -> Merged:
    """Write a corpus with the rows that people labelled after those that it had.

    Parameters
    ----------
    labelled
        Rows with a clear majority.
    corpus
        The old corpus; None to begin one.
    output
        The new one.

    Raises
    ------
    classifier.errors.TableError
        If the old corpus cannot be read as it stands, or the new one not be written.
    """
    done, fresh = Merged(), {text_hash(row.cells["text"]): (row, said) for row, said in labelled}
    frames = iter(()) if corpus is None else iter_table(corpus, columns=("text",), chunk_rows=_ROWS)
    names: list[str] = [*CONTRACT, *ADDED]
    with TableWriter(output) as writer:
        for at, table in enumerate(frames):
            if corpus is not None:
                require_told(corpus, table)
            if not at:
                names = list(dict.fromkeys([*table.columns, *names]))
            _meet(table, done.kept, fresh, done)
            done.kept += len(table)
            writer.write(_widened(table, names))
        new = [_new(row.cells, said, names) for row, said in fresh.values()]
        columns = {name: pd.Series([row[name] for row in new], dtype=object) for name in names}
        writer.write(pd.DataFrame(columns))
    done.defused, done.cut = writer.defused, writer.cut
    for row in new:
        told = row["label"] if row["score"] is None else f"“{CHOICES[row['score']]}”"
        done.added[told] = done.added.get(told, 0) + 1
    return done


def _meet(
    table: pd.DataFrame, first: int, fresh: dict[int, tuple[Row, Answered]], done: Merged
) -> None:
    """Take out of the new rows what stands in the corpus already.

    A score says more than the label beside it, which may be the outlet's: where people gave one,
    only another score of the text is met by it.
    """
    nothing = [None] * len(table)
    columns = (plain_values(table[c]) if c in table else nothing for c in ("label", "score"))
    rows = zip(plain_values(table["text"]), *columns, strict=True)
    for number, (text, label, given) in enumerate(rows, first + 1):
        met = fresh.get(text_hash(text)) if isinstance(text, str) else None
        if met is None:
            continue
        row, said = met
        score = read_score(given)
        if said.score is None:
            there = label if score is None else _label(score)
            people: object = said.majority
            known = there in ARTICLE_LABELS
        else:
            there, people, known = score, said.score, score is not None
        if not known:
            continue
        del fresh[text_hash(row.cells["text"])]
        if people == there:
            done.there += 1
        else:
            done.conflicts.append(
                f"{row.id}: people say {people}, row {number:,} of the corpus {there}; the corpus "
                "is left as it is."
            )


def _label(score: int) -> str:
    return "propaganda" if score >= PROPAGANDA else "journalism"


def _widened(table: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    missing = [name for name in names if name not in table]
    nothing = pd.Series([None] * len(table), index=table.index, dtype=object)
    return table.assign(**dict.fromkeys(missing, nothing))[[*names]]


def _new(cells: Mapping[str, Any], said: Answered, names: Sequence[str]) -> dict[str, Any]:
    """Return a new row: what the corpus has a column for."""
    own = {name: cells.get(name) for name in names}
    own |= {name: cells.get(name) or value for name, value in _DEFAULTS.items()}
    people = {"labelled_by": "people", "annotators": len(said.labels)}
    told: dict[str, object] = {"label": said.majority, "score": None}
    if said.score is not None:
        told = {"label": None, "score": said.score}
    return {**own, **told, **people}
