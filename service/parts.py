"""Results that survive a stop: one small file a part, in a folder beside the output.

::

    OUTPUT.parts/run.json             what the results belong to
                 lock                 held while a run writes here
                 000000000000.json    answers to rows from 0 on; never a text

A part is written aside, forced to the disk, then put in place: after any stop it is there whole
or not at all.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from classifier.answer import ROW_COLUMNS
from classifier.errors import KrynicaError, TableError
from service.rows import Cells

_PART = re.compile(r"\d{12}\.json")
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
        If another process is at work on the same output, or the folder holds other things.
    """

    def __init__(self, output: Path, run: Mapping[str, Any]) -> None:
        self.folder = output.with_name(f"{output.name}.parts")
        self._run = dict(run)
        self._lock: IO[str] | None = None

    def __enter__(self) -> Self:
        """Take the lock, and keep or drop what is there."""
        self.folder.mkdir(exist_ok=True)
        self._refuse_strangers()
        self._lock = _locked(self.folder / "lock")
        if self._known_run() != self._run:
            for path in self.folder.iterdir():
                if path.name != "lock":
                    path.unlink()
            self._put("run.json", self._run)
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

    def has(self, first: int, count: int) -> bool:
        """Tell whether the answers to `count` rows from row `first` on are there."""
        answers = self._read(first)
        return answers is not None and len(answers) == count

    def write(self, first: int, answers: Sequence[Cells]) -> None:
        """Keep the answers to rows from `first` on."""
        self._put(_name(first), [[row[name] for name in ROW_COLUMNS] for row in answers])

    def answers(self) -> Iterator[Cells]:
        """Yield all answers in the order of the rows.

        Raises
        ------
        classifier.errors.TableError
            If a part is missing.
        """
        first = 0
        while answers := self._read(first):
            for row in answers:
                yield dict(zip(ROW_COLUMNS, row, strict=True))
            first += len(answers)
        if any(_PART.fullmatch(path.name) and path.name >= _name(first) for path in self._files()):
            raise TableError(f"A part of {self.folder} is missing or was changed.")

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
                    f"{self.folder} is for results on their way and holds something else: "
                    f"{path.name}."
                )

    def _known_run(self) -> object:
        try:
            return json.loads((self.folder / "run.json").read_bytes())
        except (OSError, ValueError):
            return None

    def _read(self, first: int) -> list[list[Any]] | None:
        try:
            answers = json.loads((self.folder / _name(first)).read_bytes())
        except (OSError, ValueError):
            return None
        whole = isinstance(answers, list) and all(map(_is_row, answers))
        return answers if whole else None

    def _put(self, name: str, content: object) -> None:
        aside = self.folder / f"{name}.aside"
        with aside.open("w", encoding="ascii") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self.folder / name)
        _sync_folder(self.folder)


def _name(first: int) -> str:
    return f"{first:012}.json"


def _is_row(value: object) -> bool:
    return isinstance(value, list) and len(value) == len(ROW_COLUMNS)


def _sync_folder(folder: Path) -> None:
    """Force a folder's entries to the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
