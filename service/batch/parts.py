"""Results that survive a stop: small files in a folder next to the output.

::

    OUTPUT.parts/run.json             what the results belong to
                 lock                 held while a run writes here
                 000000000000.npy     what stands for the texts of the rows from 0 on
                 000000000000.jsonl   their answers, a line a row; of a text no more than a
                                      report quotes

A part is written aside, forced to the disk, then put in place: after any stop it is there whole
or not at all.
"""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import numpy as np

from krynica.classifier.answer import ROW_COLUMNS
from krynica.classifier.arrays import Hashes
from krynica.classifier.errors import KrynicaError
from krynica.data.atomic import keep
from krynica.data.messages import writing_failed
from krynica.service.batch.repeats import WIDTH
from krynica.service.rows import Scored

_PART = re.compile(r"\d{12}\.(?:jsonl|npy)")
_OURS = re.compile(r"run\.json|lock|.*\.aside")


class Parts:
    """The parts of one run; a context manager that holds their lock.

    Parameters
    ----------
    output
        The file that the parts are for.
    run
        What makes results the same: input, options, model. Parts of another run are dropped.

    Raises
    ------
    classifier.errors.KrynicaError
        If another process is at work on the same output, the folder holds other things, or it
        cannot be written to.
    """

    def __init__(self, output: Path, run: Mapping[str, Any]) -> None:
        self.folder = output.with_name(f"{output.name}.parts")
        self._run = dict(run)
        self._lock: IO[str] | None = None

    def __enter__(self) -> Self:
        """Take the lock, and keep or drop what is there."""
        try:
            self.folder.mkdir(exist_ok=True)
        except OSError as error:
            raise KrynicaError(writing_failed(self.folder, error)) from error
        self._refuse_strangers()
        self._lock = _locked(self.folder / "lock")
        if _what(self.known_run()) != _what(self._run):
            for path in self.folder.iterdir():
                if path.name != "lock":
                    path.unlink()
            self._put("run.json", json.dumps(self._run).encode())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the lock; a folder without a single part goes."""
        if kind is not None and not any(_PART.fullmatch(path.name) for path in self._files()):
            self.remove()
        if self._lock is not None:
            self._lock.close()

    def write_answers(self, first: int, rows: Sequence[Scored | None]) -> None:
        """Keep the answers to rows from `first` on; None for a row that repeats another."""
        lines = [json.dumps(None if row is None else _as_list(row)) + "\n" for row in rows]
        self._put(f"{first:012}.jsonl", "".join(lines).encode())

    def lines(self, first: int, count: int) -> list[bytes] | None:
        """Return the lines of `count` rows from `first` on; None if they are not all there."""
        try:
            lines = (self.folder / f"{first:012}.jsonl").read_bytes().splitlines(keepends=True)
        except OSError:
            return None
        return lines if len(lines) == count and lines[-1].endswith(b"\n") else None

    def has_answers(self, first: int, count: int) -> bool:
        """Tell whether `count` rows from `first` on have answers that can be read."""
        lines = self.lines(first, count)
        try:
            for line in lines or ():
                answer_of(line)
        except KrynicaError:
            return False
        return lines is not None

    def write_texts(self, first: int, table: Hashes) -> None:
        """Keep what stands for the texts of rows from `first` on, as `repeats` makes it."""
        buffer = io.BytesIO()
        np.save(buffer, table, allow_pickle=False)
        self._put(f"{first:012}.npy", buffer.getvalue())

    def texts(self, first: int, count: int) -> Hashes | None:
        """Return what stands for `count` texts from `first` on; None if it is not all there."""
        try:
            table: Hashes = np.load(self.folder / f"{first:012}.npy", allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        return table if table.shape == (count, WIDTH) and table.dtype == np.uint64 else None

    def remove(self) -> None:
        """Remove the folder: its results are in the output."""
        for path in self._files():
            path.unlink()
        self.folder.rmdir()

    def _files(self) -> list[Path]:
        return sorted(self.folder.iterdir())

    def _refuse_strangers(self) -> None:
        for path in self._files():
            if not (_PART.fullmatch(path.name) or _OURS.fullmatch(path.name)) or path.is_dir():
                raise KrynicaError(
                    f"{self.folder} is for intermediate results, and holds something else: "
                    f"{path.name}."
                )

    def known_run(self) -> object:
        """Return what makes the results that are there the same; None where that is not known."""
        try:
            return json.loads((self.folder / "run.json").read_bytes())
        except (OSError, ValueError):
            return None

    def _put(self, name: str, content: bytes) -> None:
        aside = self.folder / f"{name}.aside"
        try:
            aside.write_bytes(content)
            keep(aside, self.folder / name)
        except OSError as error:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
            raise KrynicaError(writing_failed(aside, error)) from error


def _what(run: object) -> object:
    """Return what decides about results; where the input lies does not."""
    return {**run, "source": None} if isinstance(run, dict) else run


def _as_list(row: Scored) -> list[Any]:
    _, *rest = astuple(row)
    return [[row.cells[name] for name in ROW_COLUMNS], *rest]


def answer_of(line: bytes) -> Scored | None:
    """Read the answer of a line; None of a row that repeats another.

    Raises
    ------
    classifier.errors.KrynicaError
        If it was not written so.
    """
    try:
        row = json.loads(line)
        if row is None:
            return None
        cells, known, measures, passage, p_passage = row
        named = dict(zip(ROW_COLUMNS, cells, strict=True))
        return Scored(named, known, measures and tuple(measures), passage, p_passage)
    except (ValueError, TypeError) as error:
        raise KrynicaError("A part of an earlier run was changed.") from error


def _locked(path: Path) -> IO[str]:
    """Open a file that one process at a time may hold; the system lets go of it at any end."""
    file = path.open("w", encoding="ascii")
    if os.name == "nt":
        return file
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise KrynicaError(f"Another process is writing {path.parent}.") from error
    return file
