"""Several threads that find things, and one that is given what they find."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator
from typing import Generic, TypeVar

Event = TypeVar("Event")


class _Stopped(Exception):  # noqa: N818  # nothing went wrong
    """Nobody wants to know any more."""


class Producers(Generic[Event]):
    """Threads, and a queue to the one who reads `events`.

    Parameters
    ----------
    ahead
        Events that wait to be read, at most: memory does not grow with what is found.

    Attributes
    ----------
    stopped
        Set once nobody reads any more.
    """

    def __init__(self, ahead: int) -> None:
        self.stopped = threading.Event()
        self._events: queue.Queue[Event | None] = queue.Queue(ahead)

    def events(self, work: Callable[[], None], threads: int) -> Generator[Event]:
        """Have so many threads work, and yield what they tell as it comes, until all are done."""
        for _ in range(threads):
            threading.Thread(target=self._run, args=(work,), daemon=True).start()
        working = threads
        try:
            while working:
                event = self._events.get()
                if event is None:
                    working -= 1
                else:
                    yield event
        finally:
            self.stopped.set()

    def tell(self, event: Event) -> None:
        """Give an event to the reader, from a thread at work; there it ends the work if need be."""
        self._put(event)

    def check(self) -> None:
        """End the work of a thread that need not go on."""
        if self.stopped.is_set():
            raise _Stopped

    def _run(self, work: Callable[[], None]) -> None:
        try:
            work()
            self._put(None)
        except _Stopped:
            return

    def _put(self, event: Event | None) -> None:
        while not self.stopped.is_set():
            try:
                self._events.put(event, timeout=0.2)
            except queue.Full:
                continue
            return
        raise _Stopped
