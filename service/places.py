"""Where a command is to write, and whether it can."""

from __future__ import annotations

from pathlib import Path

from krynica.classifier.errors import KrynicaError, TableError
from krynica.data.tables import table as tables
from krynica.data.tables.faults import pass_over
from krynica.data.tables.table import TableWriter
from krynica.service.errors import CallError


def check_endings(*paths: Path) -> None:
    """Raise if a path ends as no table does.

    Raises
    ------
    service.errors.CallError
        If so.
    """
    for path in paths:
        try:
            TableWriter(path)
        except TableError as error:
            raise CallError(str(error)) from error


def check_readable(path: Path) -> None:
    """Raise if a path is of no table that can be read, by its ending or as a page that is none.

    Raises
    ------
    service.errors.CallError
        If so.
    """
    try:
        tables.check_readable(path)
        if path.suffix.lower() == ".html":
            tables.iter_table(path, on_fault=pass_over)
    except TableError as error:
        raise CallError(str(error)) from error


def check_places(*paths: Path) -> None:
    """Raise if there is no place to write to.

    Raises
    ------
    classifier.errors.KrynicaError
        If a path is a folder, or stands in one that is not there.
    """
    for path in paths:
        if path.is_dir():
            raise KrynicaError(f"{path} is a folder.")
        if not path.parent.is_dir():
            raise KrynicaError(f"There is no folder {path.parent} to write to.")
