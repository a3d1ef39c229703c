"""Whether a batch would write over answers to other rows than its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

from krynica.classifier.errors import KrynicaError
from krynica.data.corpus.duplicates import text_hash
from krynica.data.tables.cells import as_text, plain_values
from krynica.data.tables.faults import pass_over
from krynica.data.tables.table import iter_table
from krynica.service.batch.job import BatchJob
from krynica.service.batch.parts import Parts
from krynica.service.errors import CallError
from krynica.service.rows import new_names

_WAYS = "give another name, or --overwrite"
_ROWS = 1_000


def refuse_overwriting(job: BatchJob, names: list[str], run: Mapping[str, Any]) -> None:
    """Check that no answers would be lost that this run does not give anew.

    An output of the same table may be replaced, also where rows were added to it since: all its
    rows are answered anew. So may the parts of a stopped run over the same file.

    Parameters
    ----------
    job, names
        What is to be done, and the columns of its input.
    run
        What tells the run apart from others over the same output.

    Raises
    ------
    service.errors.CallError
        If some would be.
    """
    if job.overwrite:
        return
    known = Parts(job.output, run).known_run()
    if isinstance(known, dict):
        other = known.get("source")
        if known.get("input") != run["input"] and other not in {None, run["source"]}:
            raise CallError(
                f"A stopped run over {other} has answers for {job.output}, which would be lost: "
                f"finish that run, {_WAYS}."
            )
    if job.output.exists() and job.output.stat().st_size and not _is_continued(job, names):
        raise CallError(
            f"{job.output} holds other rows than {job.input}, which would be lost: {_WAYS}."
        )


def _is_continued(job: BatchJob, names: list[str]) -> bool:
    """Tell whether all rows of the output are rows of the input, in the same places."""
    column = job.columns.text
    try:
        pairs = zip_longest(
            _texts(job.output, new_names(names).get(column, column), "verdict"),
            _texts(job.input, column, encoding=job.encoding),
        )
        return all(old in (None, new) for old, new in pairs)
    except KrynicaError:  # it is no table that can be read, and none of ours
        return False


def _texts(path: Path, *columns: str, encoding: str | None = None) -> Iterator[int]:
    """Yield what stands for each text of a table that must have some columns, the texts first."""
    pieces = iter_table(
        path, columns=columns, chunk_rows=_ROWS, on_fault=pass_over, encoding=encoding
    )
    for table in pieces:
        for value in plain_values(table[columns[0]]):
            yield text_hash(as_text(value) or "")
