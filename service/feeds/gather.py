"""Feeds read by several threads, and what is new in them given to one."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from classifier.errors import UnreadableError
from data.download import Download, Limits
from data.feed_reader import MOST_ITEMS
from data.feeds import FEED_KINDS, Feed, FeedItem, Outlines, read_feed
from data.polite import Polite
from data.seam import reading_failed, shown
from service.errors import explain
from service.feeds.items import (
    ItemText,
    TextFrom,
    cells_of,
    key_of,
    read_item,
    read_page,
    resolved,
    web_address,
)
from service.feeds.kept import Kept
from service.feeds.lanes import MOST, Lanes
from service.feeds.state import State
from service.rows import Cells
from service.sources import is_address

THREADS = 8
"""Hosts that are read at once. Each waits nearly all the time."""
_AHEAD = 64
"""Items that wait to be scored, at most: memory does not grow with the feeds."""


@dataclass(frozen=True)
class Found:
    """An item that is not known yet: what it will be known by, its cells, and its text."""

    key: str
    cells: Cells
    read: ItemText


@dataclass(frozen=True)
class Again:
    """A row whose page failed before, and what the page gave now."""

    kept: Kept
    read: ItemText


@dataclass(frozen=True)
class Through:
    """A feed all of whose items were given, and by what to ask for it next time."""

    feed: str
    etag: str | None
    modified: str | None


@dataclass(frozen=True)
class Failed:
    """A feed that could not be read, or not wholly: one sentence."""

    reason: str


Event = Found | Again | Through | Failed


class _Stopped(Exception):  # noqa: N818  # nothing went wrong
    """Nobody wants to know any more."""


class Gatherer:
    """Reads feeds for one round.

    Parameters
    ----------
    state
        What is known.
    wanted
        Where texts are taken from.
    delay, allow_private
        As for `data.polite.Polite`.
    """

    def __init__(
        self, state: State, *, wanted: TextFrom, delay: float, allow_private: bool
    ) -> None:
        self._state = state
        self._wanted = wanted
        self._stop = threading.Event()
        self._polite = Polite(delay=delay, allow_private=allow_private, stop=self._stop)
        self._lanes = Lanes()
        self._given: set[str] = set()
        self._giving = threading.Lock()
        self._events: queue.Queue[Event | None] = queue.Queue(_AHEAD)

    def events(self, places: Sequence[str]) -> Iterator[Event]:
        """Yield what is found at places, and in the lists of feeds there, as it comes."""
        for place in places:
            self._lanes.add(place)
        for _ in range(THREADS):
            threading.Thread(target=self._work, daemon=True).start()
        working = THREADS
        try:
            while working:
                event = self._events.get()
                if event is None:
                    working -= 1
                else:
                    yield event
        finally:
            self._stop.set()

    def _work(self) -> None:
        """Read places until there are no more; a thread of its own."""
        try:
            while (place := self._lanes.take()) is not None:
                try:
                    self._visit(place)
                finally:
                    self._lanes.done(place)
            self._tell(None)
        except _Stopped:
            return

    def _tell(self, event: Event | None) -> None:
        while not self._stop.is_set():
            try:
                self._events.put(event, timeout=0.2)
            except queue.Full:
                continue
            return
        raise _Stopped

    def _visit(self, place: str) -> None:
        """Read a feed, then the pages of earlier items that failed, whatever came of the feed."""
        unfinished: list[Kept] = []
        with self._failures_told(place):
            unfinished = self._state.unfinished(place)
            self._read(place)
        with self._failures_told(place):
            for kept in unfinished:
                page = read_page(kept.cells["url"], self._polite)
                if page.asked:
                    self._tell(Again(kept, page))

    @contextmanager
    def _failures_told(self, place: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # noqa: BLE001  # the next feed must have its turn
            self._tell(Failed(_named(place, explain(error))))

    def _read(self, place: str) -> None:
        source = self._fetch(place) if is_address(place) else _load(Path(place))
        if source.unchanged:
            return
        found = read_feed(source.data, name=f"The feed {shown(place)}", declared=source.charset)
        base = source.url or place
        if isinstance(found, Outlines):
            self._follow(found, place, base)
            return
        for item in found.items:
            self._give(item, found, place, base)
        if found.left_out:
            self._tell(
                Failed(
                    f"The feed {shown(place)} holds {found.left_out:,} items beyond the first "
                    f"{MOST_ITEMS:,}, which alone are read."
                )
            )
        self._tell(Through(place, source.etag, source.modified))

    def _fetch(self, place: str) -> Download:
        etag, modified = self._state.version_of(place)
        return self._polite.get(place, kinds=FEED_KINDS, etag=etag, modified=modified)

    def _follow(self, found: Outlines, place: str, base: str) -> None:
        for outline in found.places:
            target = resolved(outline, base)
            if target is None:
                self._tell(
                    Failed(
                        f"The list {shown(place)} points to {shown(outline)}, which is no address."
                    )
                )
            elif not self._lanes.add(target):
                self._tell(Failed(f"The lists hold more than {MOST:,} feeds; others are not read."))
                return

    def _give(self, item: FeedItem, feed: Feed, place: str, base: str) -> None:
        url = web_address(item.url, base)
        key, cells = key_of(item, place, url), cells_of(item, feed, place, url)
        if not self._state.knows(key, cells) and self._is_first(key):
            self._tell(Found(key, cells, read_item(item, url, self._polite, self._wanted)))

    def _is_first(self, key: str) -> bool:
        """Tell whether no other feed of this round gave an item, whose page is fetched once."""
        with self._giving:
            is_first = key not in self._given
            self._given.add(key)
        return is_first


def _load(path: Path) -> Download:
    """Read a feed from a file.

    Raises
    ------
    classifier.errors.UnreadableError
        If there is none, or it is too large.
    """
    most = Limits().size
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        raise UnreadableError(reading_failed(path, error)) from error
    if len(data) > most:
        raise UnreadableError(f"{shown(path)} is larger than {most / 1e6:g} MB.")
    return Download("", "", None, data)


def _named(place: str, reason: str) -> str:
    """Say which feed failed, naming it once."""
    return reason if shown(place) in reason else f"The feed {shown(place)}: {reason}"
