"""Rows of a table: cells in, cells out, and what the columns are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from krynica.classifier.answer import ROW_COLUMNS, Answer, Reason
from krynica.classifier.article import Article
from krynica.classifier.errors import KrynicaError, NothingToReadError, UnreadableError
from krynica.classifier.language import UNKNOWN, meant
from krynica.classifier.sentence import Sentence
from krynica.data.documents.pages import Page, finished, of_source
from krynica.service.scoring import observe, score

if TYPE_CHECKING:
    import pandas as pd

    from krynica.classifier.model import Depth, Model

Cells = dict[str, Any]
"""What an answer adds to a row, by column."""

OUTPUT_COLUMNS = (*ROW_COLUMNS, "duplicate_of")
"""What is added to a row: its answer, and the earlier row, counted from 0, whose answer that is."""

KINDS = {
    "p_propaganda": "float64",
    "reading": "float64",
    "p_persuasion": "float64",
    "duplicate_of": "Int64",
}
"""Kinds of the columns among `OUTPUT_COLUMNS` that hold numbers; the others hold strings."""

LONGEST = 6_000_000
"""Characters of a text that is read: some ten books. Reading one takes two seconds and 0.4 GB."""
QUOTED = 400
"""Characters of a passage that a report may quote."""
_DIGITS = 6

_NONE: Mapping[int, str] = MappingProxyType({})
_CODE = re.compile(r"[A-Za-z]{2}")


@dataclass(frozen=True)
class Columns:
    """Which columns of a table make an article."""

    text: str = "text"
    title: str | None = None
    language: str | None = None

    @property
    def names(self) -> list[str]:
        """The columns to read, each once."""
        wanted = (self.text, self.title, self.language)
        return list(dict.fromkeys(name for name in wanted if name is not None))


@dataclass(frozen=True)
class Row:
    """The cells of one article; None where a cell is missing.

    Parameters
    ----------
    text, title, language
        The cells.
    fault
        What is wrong with the row in its table, in a sentence; None where nothing is.
    doubts
        Why the text may not be all of the article, by whoever read it.
    """

    text: object
    title: object = None
    language: object = None
    fault: str | None = None
    doubts: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Scored:
    """The answer to one row, and what a report over many compares.

    Parameters
    ----------
    cells
        By column of `ROW_COLUMNS`.
    known
        Share of its words that the model knows.
    measures
        Of its style, in the order of `classifier.measures.MEASURES`.
    passage, p_passage
        Its most persuasive passage, cut at `QUOTED` characters, and the probability that a trained
        reader would mark it. These four are None where they cannot be had or were not asked for.
    """

    cells: Cells
    known: float | None = None
    measures: tuple[float, ...] | None = None
    passage: str | None = None
    p_passage: float | None = None


def rows_of(table: pd.DataFrame, columns: Columns, faults: Mapping[int, str] = _NONE) -> list[Row]:
    """Take the cells that make articles out of a table.

    Parameters
    ----------
    table, columns
        The table, and which columns make an article.
    faults
        What is wrong with rows, by their place in the table.
    """

    def cells(name: str | None) -> list[object]:
        if name is None:
            return [None] * len(table)
        column = table[name]
        return list(column.astype(object).where(column.notna(), None))

    parts = (cells(columns.text), cells(columns.title), cells(columns.language))
    rows = zip(*parts, map(faults.get, range(len(table))), strict=True)
    return [Row(*row) for row in rows]


def article_of(row: Row, *, as_it_is: bool = False) -> Article:
    """Make an article of a row: of the source of a page, what it shows; broken letters mended.

    Parameters
    ----------
    row
        The cells.
    as_it_is
        True to leave the text as it is, for evidence is placed in it.

    Raises
    ------
    classifier.errors.UnreadableError
        If there is no text, or the language is no language code.
    """
    if row.text is None:
        raise NothingToReadError(row.fault or "The text is empty.")
    if not isinstance(row.text, str):
        raise UnreadableError("The text is not text but a value of another type.")
    if not row.text.strip():
        raise NothingToReadError("The text is empty.")
    if len(row.text) > LONGEST:
        raise UnreadableError(
            Sentence("The text is longer than {most:d} characters: it is no article.", most=LONGEST)
        )
    title = None if row.title is None else str(row.title)
    language = _language(row.language)
    if as_it_is:
        return Article(row.text, title, language, row.doubts)
    page = of_source(row.text, name="The text") or finished(Page(None, row.text))
    return Article(page.text, title, language, (*row.doubts, *page.doubts))


def _language(cell: object) -> str | None:
    if cell is None or cell == UNKNOWN or (isinstance(cell, str) and not cell.strip()):
        return None
    if not isinstance(cell, str) or not _CODE.fullmatch(cell.strip()):
        raise UnreadableError("The row's language is not a two-letter code.")
    code = cell.strip().lower()
    if (better := meant(code)) is not None:
        raise UnreadableError(f"“{code}” is not a language code known here; did you mean {better}?")
    return code


def score_row(model: Model, row: Row, *, observed: bool = True, depth: Depth = "staged") -> Scored:
    """Answer one row. A row that cannot be read has an ``error`` and nothing else.

    Parameters
    ----------
    model, row
        What to score, with what.
    observed
        Whether to say what a report compares, which costs a tenth more.
    depth
        How deep it is read, as of `classifier.model.Model.score`.
    """
    try:
        article = article_of(row)
    except KrynicaError as error:
        return Scored(Answer(error=str(error)).as_row())
    if not observed:
        return Scored(score(model, article, with_evidence=False, depth=depth).as_row())
    seen = observe(model, article, depth=depth)
    passage = seen.passage
    return Scored(
        seen.answer.as_row(),
        None if seen.known is None else round(seen.known, _DIGITS),
        None if seen.measures is None else tuple(seen.measures.round(_DIGITS).tolist()),
        None if passage is None else shortened(passage.text),
        None if passage is None else round(passage.p, _DIGITS),
    )


def shortened(passage: str) -> str:
    """Return a passage on one line, cut at `QUOTED` characters."""
    line = " ".join(passage.split())
    return line if len(line) <= QUOTED else line[: QUOTED - 1] + "…"


def new_names(names: Sequence[str]) -> dict[str, str]:
    """Return the new names of input columns that bear a name of an answer's column.

    Parameters
    ----------
    names
        All columns of the input.

    Returns
    -------
    dict of str to str
        ``verdict`` becomes ``input_verdict``; where the input has that too,
        ``input_input_verdict``, and so on.
    """
    taken = {*names, *OUTPUT_COLUMNS}
    renamed: dict[str, str] = {}
    for name in names:
        if name in OUTPUT_COLUMNS:
            new = f"input_{name}"
            while new in taken:
                new = f"input_{new}"
            taken.add(new)
            renamed[name] = new
    return renamed


def with_answers(table: pd.DataFrame, answers: Iterable[Cells]) -> pd.DataFrame:
    """Put answers beside the rows of a table.

    The kinds of the new columns are the same for every part of a table, empty or not: numbers
    are float64, the others strings.
    """
    import pandas as pd

    rows = list(answers)
    kept = table.rename(columns=new_names(list(table.columns)))
    new = {
        name: pd.Series(
            [row[name] for row in rows], index=kept.index, dtype=KINDS.get(name, "string")
        )
        for name in OUTPUT_COLUMNS
    }
    return kept.assign(**new)
