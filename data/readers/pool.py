"""Readers of what strangers sent, each in a process of its own with bounds, for files lie.

A reader is a module that calls `data.readers.child.serve`. It gets no more time and memory than it
should need, and whatever becomes of it, there is an answer: what it found, or
``{"refused": reason}``.
"""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Self

import krynica
from krynica.data.readers.frames import read_json, write_frame, write_json

MOST = 500
"""Documents that one process reads: libraries that find articles remember more and more."""

_OUT_OF_TIME = frozenset({-9, -24})
"""How a process ends whose processor time is over: SIGKILL or SIGXCPU, by the system."""
_MOMENT = 1.0
"""Seconds in which a process that answers no more has ended, if it ends."""


def read_once(
    module: str, data: bytes, *, seconds: float, head: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Have a module read one document, in a process that ends with it.

    Parameters
    ----------
    module, seconds
        The reader's module, and its time for one document.
    data, head
        What to read, and the words that say how.
    """
    with ReaderPool(module, count=1, seconds=seconds) as pool:
        return pool.read(head or {}, data)


class ReaderPool:
    """Some processes that read documents, for as many threads as like; a context manager.

    They live on, as starting one costs more than most documents do.

    Parameters
    ----------
    module
        What is run.
    count
        Of processes at most; each is begun when it is first needed.
    seconds
        That a document may take, whether its reader works or waits.
    """

    def __init__(self, module: str, *, count: int, seconds: float) -> None:
        # The last to be free is the first to be asked: no more are begun than are needed.
        self._free: queue.LifoQueue[_Reader] = queue.LifoQueue()
        self._all = [_Reader(module, seconds) for _ in range(count)]
        for reader in self._all:
            self._free.put(reader)

    def __enter__(self) -> Self:
        """Begin nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes, whatever they do."""
        for reader in self._all:
            reader.is_over = True
            reader.end()

    def read(self, head: dict[str, Any], data: bytes) -> dict[str, Any]:
        """Have a document read, when a process is free.

        Parameters
        ----------
        head
            What the reader is to know of it.
        data
            The document.

        Returns
        -------
        dict
            What the reader found; ``{"refused": reason}`` where it was stopped or ran out of time
            (``"slow"``), died (``"bomb"``: most do so of too little memory), or the block of the
            context manager is left (``"over"``).
        """
        reader = self._free.get()
        try:
            return reader.read(head, data)
        finally:
            self._free.put(reader)


class ReaderProcess:
    """One process in which a module reads; a context manager, which kills it.

    Parameters
    ----------
    module, words
        What is run, with which arguments.

    Attributes
    ----------
    given, answers
        Its standard input and output.
    """

    def __init__(self, module: str, *words: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603  # our own module, by this very interpreter
            [sys.executable, "-B", "-m", module, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(krynica.__file__).parents[1],
        )
        assert self._process.stdin is not None  # noqa: S101  # both are pipes
        assert self._process.stdout is not None  # noqa: S101
        self.given: IO[bytes] = self._process.stdin
        self.answers: IO[bytes] = self._process.stdout

    def __enter__(self) -> Self:
        """Give the process, which is at work."""
        return self

    def __exit__(self, *_: object) -> None:
        """Kill it, whatever it does."""
        self.kill()
        self._process.wait()
        for stream in (self.given, self.answers):
            with suppress(OSError):
                stream.close()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def is_out_of_time(self) -> bool:
        """Tell whether the system ended it for the time it took."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(_MOMENT) in _OUT_OF_TIME
        return False

    def read(self, head: dict[str, Any], data: bytes) -> dict[str, Any] | None:
        """Return what it answers to a document; None where it does not."""
        try:
            write_json(self.given, head)
            write_frame(self.given, data)
            return read_json(self.answers)
        except (OSError, ValueError):
            return None


class _Reader:
    """One process at a time, begun when it is needed."""

    def __init__(self, module: str, seconds: float) -> None:
        self._module, self._seconds = module, seconds
        self._process: ReaderProcess | None = None
        self._documents = 0
        self.is_over = False

    def read(self, head: dict[str, Any], data: bytes) -> dict[str, Any]:
        if self.is_over:
            return {"refused": "over"}
        if self._documents >= MOST:
            self.end()
        process = self._process = self._process or ReaderProcess(self._module)
        self._documents += 1
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        clock = threading.Timer(self._seconds, stop)
        clock.daemon = True
        clock.start()
        try:
            outcome = process.read(head, data)
        finally:
            clock.cancel()
        if outcome is not None:
            return outcome
        is_slow = late.is_set() or process.is_out_of_time()
        self.end()
        return {"refused": "over" if self.is_over else "slow" if is_slow else "bomb"}

    def end(self) -> None:
        process, self._process, self._documents = self._process, None, 0
        if process is not None:
            process.__exit__()
