"""Readers in processes of their own that live on: starting one costs more than most documents do.

The reader is a module whose `main` calls `serve`. It is bounded in memory as a whole and in time
document by document; where it dies of one, the next gets a new process.
"""

from __future__ import annotations

import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self

from krynica import PACKAGE
from krynica.data.apart import limit
from krynica.data.frames import read_frame, read_json, write_frame, write_json

MOST = 500
"""Documents that one process reads: libraries that find articles remember more and more."""


class Readers:
    """Some processes that read documents, for as many threads as like; a context manager.

    Parameters
    ----------
    module
        What is run.
    count
        Of processes at most; each is begun when it is first needed.
    seconds
        That a document may take.
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
            What the reader found; ``{"refused": reason}`` where it was stopped (``"slow"``), died
            (``"bomb"``), or the block of the context manager is left (``"over"``).
        """
        reader = self._free.get()
        try:
            return reader.read(head, data)
        finally:
            self._free.put(reader)


class _Reader:
    """One process, begun when it is needed."""

    def __init__(self, module: str, seconds: float) -> None:
        self._module, self._seconds = module, seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._documents = 0
        self.is_over = False

    def read(self, head: dict[str, Any], data: bytes) -> dict[str, Any]:
        if self.is_over:
            return {"refused": "over"}
        if self._documents >= MOST:
            self.end()
        process = self._process = self._process or self._begun()
        self._documents += 1
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        clock = threading.Timer(self._seconds, stop)
        clock.daemon = True
        clock.start()
        try:
            outcome = _asked(process, head, data)
        finally:
            clock.cancel()
        if outcome is None:
            self.end()
            return {"refused": "slow" if late.is_set() else "bomb"}
        return outcome

    def end(self) -> None:
        process, self._process, self._documents = self._process, None, 0
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with suppress(OSError):
                        stream.close()

    def _begun(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  # our own module, by this very interpreter
            [sys.executable, "-B", "-m", self._module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=PACKAGE.parent,
        )


def _asked(
    process: subprocess.Popen[bytes], head: dict[str, Any], data: bytes
) -> dict[str, Any] | None:
    if process.stdin is None or process.stdout is None:  # both are pipes
        return None
    try:
        write_json(process.stdin, head)
        write_frame(process.stdin, data)
        return read_json(process.stdout)
    except (OSError, ValueError):
        return None


def serve(
    read: Callable[[dict[str, Any], bytes], dict[str, Any]], *, memory: int, seconds: int
) -> None:
    """Read documents from standard input until there are no more.

    Parameters
    ----------
    read
        Reads one, by what is said of it and its bytes; must not raise.
    memory, seconds
        Bounds of the process, as for `data.apart.limit`.
    """
    limit(memory, seconds)
    # Ctrl-C is for the program that began this one, and ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    given, answers = sys.stdin.buffer, sys.stdout.buffer
    while (head := read_json(given)) is not None and (data := read_frame(given)) is not None:
        write_json(answers, read(head, data))
