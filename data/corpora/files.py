"""Published files, wherever in a folder they lie and however they are written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from krynica.classifier.errors import CorpusError, UnreadableError
from krynica.data.cells import plain_values
from krynica.data.decoding import decode
from krynica.data.faults import pass_over
from krynica.data.lines import open_lines
from krynica.data.seam import reading_failed, shown
from krynica.data.tables import iter_table


def found(path: Path, *patterns: str) -> list[Path]:
    """Return the files below a folder that match any pattern, in the order of their names.

    Parameters
    ----------
    path
        A folder; a file is given as it is, whatever its name.
    patterns
        As for `pathlib.Path.rglob`.

    Raises
    ------
    classifier.errors.CorpusError
        If nothing is there.
    """
    if not path.is_dir():
        if not path.exists():
            raise CorpusError(reading_failed(path, FileNotFoundError()))
        return [path]
    files = {file for pattern in patterns for file in path.rglob(pattern) if file.is_file()}
    if not files:
        raise CorpusError(f"There is no {' or '.join(patterns)} in {shown(path)}.")
    return sorted(files)


def text_of(path: Path) -> str:
    """Return a whole file as text, with its line ends as they are; nothing where it is blank.

    Raises
    ------
    classifier.errors.CorpusError
        If it cannot be read, or is no text.
    """
    try:
        data = path.read_bytes()
        return decode(data, name=f"The file {shown(path)}") if data.strip() else ""
    except OSError as error:
        raise CorpusError(reading_failed(path, error)) from error
    except UnreadableError as error:
        raise CorpusError(str(error)) from error


def json_of(path: Path) -> Any:
    """Return what a JSON file holds.

    Raises
    ------
    classifier.errors.CorpusError
        If it is none.
    """
    try:
        return json.loads(text_of(path))
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"The file {shown(path)} is no JSON.") from error


def lines_of(path: Path) -> Iterator[list[str]]:
    """Give the cells of each line that is not blank, divided by tabs and never quoted.

    Raises
    ------
    classifier.errors.TableError
        If it cannot be read, or is no text.
    """
    with open_lines(path, newline="\n") as batches:
        for batch, _ in batches:
            for line in batch:
                if line.strip():
                    yield line.rstrip("\r\n").split("\t")


def table(path: Path, required: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Give the rows of a table with a header, without the cells that are missing.

    What is wrong with a single row costs that row's cells and no other row.

    Raises
    ------
    classifier.errors.TableError
        If it is no table, or lacks a column.
    """
    for frame in iter_table(path, columns=required, on_fault=pass_over):
        for values in zip(*(plain_values(frame[name]) for name in frame), strict=True):
            cells = zip(frame, values, strict=True)
            yield {str(name): value for name, value in cells if value is not None}


def words(value: object) -> str:
    """Return a cell that should be text without blanks around it; nothing where it is no text."""
    return value.strip() if isinstance(value, str) else ""
