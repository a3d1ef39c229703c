"""What ``krynica annotate export`` is asked to do, and whether that can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from krynica.classifier.errors import KrynicaError
from krynica.data.corpus.labelled import outlet_at
from krynica.data.tables.cells import plain_values
from krynica.service.annotations.formats import doccano, labelstudio
from krynica.service.annotations.formats.key import key_of
from krynica.service.annotations.forms import Form
from krynica.service.batch.job import names_of
from krynica.service.batch.origins import Origins
from krynica.service.batch.pieces import Piece, read_rows
from krynica.service.errors import CallError
from krynica.service.places import check_places
from krynica.service.rows import Columns, Row

_ENDINGS = {
    Form.sheet: (".csv", ".tsv", ".xlsx"),
    Form.doccano: (".jsonl",),
    Form.labelstudio: (".json",),
}


@dataclass(frozen=True)
class ExportJob:
    """Rows to be picked out of tables.

    Parameters
    ----------
    tables
        Where they are picked from.
    output
        The file for annotators; the key stands beside it.
    rows
        How many to pick.
    form
        For which program.
    columns
        Which columns make an article.
    origins
        Which columns say where a row comes from; outlets that have none are told by addresses.
    corpora
        Labelled tables whose texts and outlets are known.
    show_outlet, show_verdict
        What annotators see beside the text.
    semicolons
        Whether a .csv has semicolons between its cells.
    workers
        Processes that score.
    encoding
        Codec of tables of text; None where their letters are to tell it.

    Raises
    ------
    service.errors.CallError
        If the ending of the output is not one of its format.
    """

    tables: tuple[Path, ...]
    output: Path
    rows: int = 100
    form: Form = Form.sheet
    columns: Columns = field(default_factory=Columns)
    origins: Origins = field(default_factory=Origins)
    corpora: tuple[Path, ...] = ()
    show_outlet: bool = False
    show_verdict: bool = False
    semicolons: bool = False
    workers: int = 1
    encoding: str | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        endings = _ENDINGS[self.form]
        if self.output.suffix.lower() not in endings:
            raise CallError(
                f"The name {self.output} does not suit {self.form}: end it in {endings[0]}."
            )

    @property
    def outputs(self) -> tuple[Path, ...]:
        """All files that are written."""
        beside = {
            Form.sheet: (),
            Form.doccano: (doccano.labels_of(self.output),),
            Form.labelstudio: (labelstudio.config_of(self.output),),
        }
        return (self.output, key_of(self.output), *beside[self.form])

    def sources(self) -> list[Source]:
        """Check the tables, and the places of the outputs.

        Raises
        ------
        service.errors.CallError
            If a table is none, or lacks a column that was named.
        classifier.errors.KrynicaError
            If a table cannot be read, or an output cannot be written, or is there already: it may
            hold what somebody has filled in.
        """
        check_places(*self.outputs)
        for path in self.outputs:
            if path.exists():
                raise KrynicaError(
                    f"{path} already exists, and may hold answers: give another name."
                )
        return [Source.of(self, table) for table in self.tables]


@dataclass(frozen=True)
class Source:
    """One table that rows are picked from.

    Parameters
    ----------
    path
        Where it is.
    columns
        Which of its columns make an article.
    names
        All of its columns.
    origins
        Which of them say where a row comes from.
    encoding
        Codec of a table of text, or None.
    """

    path: Path
    columns: Columns
    names: list[str]
    origins: Origins
    encoding: str | None = None

    @classmethod
    def of(cls, job: ExportJob, table: Path) -> Source:
        """Check a table."""
        wanted = [*job.columns.names, *job.origins.named]
        names = names_of(table, wanted, encoding=job.encoding)
        return cls(table, job.columns, names, job.origins.within(names), job.encoding)

    def pieces(self) -> Iterator[tuple[Piece, list[Row]]]:
        """Yield the table's pieces, each with its rows."""
        return read_rows(self.path, self.columns, self.encoding)

    def cells(self, piece: Piece, name: str | None) -> list[Any]:
        """Return the cells of a column, None where there is no such column."""
        if name is None or name not in self.names:
            return [None] * len(piece.table)
        return plain_values(piece.table[name])

    def outlets(self, piece: Piece) -> list[str]:
        """Return each row's outlet, empty where it is not known."""
        named = self.cells(piece, self.origins.outlet)
        urls = self.cells(piece, self.origins.url)
        return [
            str(name).strip() if name is not None else outlet_at(url) or ""
            for name, url in zip(named, urls, strict=True)
        ]

    def stamp(self) -> tuple[int, int]:
        """Return what changes when the table is written."""
        status = self.path.stat()
        return status.st_size, status.st_mtime_ns

    def row(self, piece: Piece, at: int) -> dict[str, Any]:
        """Return a row's cells, those of an article under the names of a labelled corpus too."""
        one = piece.table.iloc[at : at + 1]
        cells = {name: plain_values(one[name])[0] for name in self.names}
        for name in ("title", "date", "url"):
            if (column := getattr(self.origins, name)) is not None:
                cells[name] = cells[column]
        return {**cells, "text": cells[self.columns.text]}
