"""Who is read next: many hosts at once, each host by one thread."""

from __future__ import annotations

import threading
from collections import deque
from pathlib import Path

import httpx2

from krynica.data.net.urls import is_address

MOST = 10_000
"""Feeds that one run reads; lists of feeds may lead to lists without end."""

_FILES = ""
"""The lane of all files: the same files give the same rows in the same order."""


class Lanes:
    """Places that wait to be read, one lane a host, and one for all files, whose order is kept.

    Several threads may take from it.
    """

    def __init__(self) -> None:
        self._lanes: dict[str, deque[str]] = {}
        self._busy: set[str] = set()
        self._seen: set[str] = set()
        self._changed = threading.Condition()

    def add(self, place: str) -> bool:
        """Have a place read, unless it was added before; tell whether there is room for it."""
        same = place.partition("#")[0] if is_address(place) else str(Path(place).absolute())
        with self._changed:
            if same not in self._seen:
                if len(self._seen) >= MOST:
                    return False
                self._seen.add(same)
                self._lanes.setdefault(_lane(place), deque()).append(place)
                self._changed.notify()
        return True

    def take(self) -> str | None:
        """Return a place of a host that nobody is reading; None once there will be no more.

        Whoever takes a place has to give its lane back with `done`.
        """
        with self._changed:
            while True:
                free = next((lane for lane in self._lanes if lane not in self._busy), None)
                if free is not None:
                    self._busy.add(free)
                    return self._lanes[free].popleft()
                if not self._busy:
                    return None
                self._changed.wait()

    def done(self, place: str) -> None:
        """Let the next place of the same host be taken."""
        lane = _lane(place)
        with self._changed:
            self._busy.discard(lane)
            if not self._lanes[lane]:
                del self._lanes[lane]
            self._changed.notify_all()


def _lane(place: str) -> str:
    if not is_address(place):
        return _FILES
    try:
        return httpx2.URL(place).host
    except (httpx2.InvalidURL, ValueError):
        return place
