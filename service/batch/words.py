"""Words of the call that do not fit together, told before anything is imported for the work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from krynica.service.errors import CallError


def check_words(table: Path, output: Path, reports: Sequence[Path], *, fast: bool) -> None:
    """Refuse what cannot be meant.

    Parameters
    ----------
    table, output, reports
        Files that are read and written.
    fast
        Whether the words alone are read.

    Raises
    ------
    service.errors.CallError
        If one file would be written over another, or a report made of texts not read whole.
    """
    if _same(table, output):
        raise CallError("The output would overwrite the input: give it another name.")
    if any(_same(report, table) or _same(report, output) for report in reports):
        raise CallError("A report would overwrite a table: give it another name.")
    if fast and reports:
        raise CallError("A report needs every text read whole: leave out --fast or --report.")


def _same(one: Path, other: Path) -> bool:
    return one == other or (one.exists() and other.exists() and one.samefile(other))
