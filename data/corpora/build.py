"""From what a reader finds to a labelled table, with an account of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from krynica.data.archives import is_archive, unpacked
from krynica.data.cells import text_column
from krynica.data.chunks import chunked
from krynica.data.corpora.rows import Found, LeftOut, Pointer, Row
from krynica.data.sources import Source
from krynica.data.tables import TableWriter

_ROWS = 1_000
_COLUMNS = ("text", "label", "outlet", "date", "lang", "title", "url", "kind")


@dataclass(frozen=True)
class Summary:
    """What became of a corpus.

    Parameters
    ----------
    labels
        Rows by label.
    left_out
        What is no row, by reason.
    defused
        Cells that were changed, lest a spreadsheet program runs them.
    """

    labels: dict[str, int]
    left_out: dict[str, int]
    defused: int = 0


@contextmanager
def opened(path: Path) -> Iterator[Path]:
    """Give what a reader is to read: an archive unpacked, anything else as it is.

    Raises
    ------
    classifier.errors.CorpusError
        If the archive cannot be unpacked.
    """
    if not is_archive(path):
        yield path
        return
    with unpacked(path) as folder:
        yield folder


def write(found: Found, source: Source, output: Path) -> Summary:
    """Write the rows that a reader finds into a table.

    Parameters
    ----------
    found
        Of the reader.
    source
        The corpus: every row bears its id and its licence.
    output
        ``.csv``, ``.tsv``, ``.jsonl`` or ``.parquet``, by its ending. It appears once it is whole.

    Raises
    ------
    classifier.errors.KrynicaError
        If the files cannot be read, or the table cannot be written.
    """
    labels: Counter[str] = Counter()
    left_out: Counter[str] = Counter()

    def sized() -> Iterator[tuple[Row, int]]:
        for item in found:
            match item:
                case LeftOut(why):
                    left_out[why] += 1
                case Pointer():
                    left_out["its text is not published, and was not fetched"] += 1
                case Row() if any(map(str.isalpha, item.text)):
                    labels[item.label] += 1
                    yield item, len(item.text)
                case Row():
                    left_out["no text"] += 1

    with TableWriter(output) as writer:
        for chunk in chunked(sized(), _ROWS):
            writer.write(_frame(chunk, source))
        defused = writer.defused
    return Summary(dict(labels.most_common()), dict(left_out.most_common()), defused)


def _frame(rows: Sequence[Row], source: Source) -> pd.DataFrame:
    frame = pd.DataFrame({name: text_column(getattr(r, name) for r in rows) for name in _COLUMNS})
    marked = [None if row.techniques is None else list(row.techniques) for row in rows]
    frame["techniques"] = pd.Series(marked, dtype=object)
    frame["doc"] = text_column(row.doc for row in rows)
    frame["source"] = text_column(source.id for _ in rows)
    frame["licence"] = text_column(source.licence for _ in rows)
    return frame
