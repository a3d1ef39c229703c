"""Feeds read by several threads, and what is new in them given to one."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from krynica.data.feed_reader import MOST_ITEMS
from krynica.data.feeds import FEED_KINDS, Feed, FeedItem, Outlines, read_feed
from krynica.data.files import read_bounded
from krynica.data.net.answers import Download
from krynica.data.net.fetcher import Fetcher
from krynica.data.seam import shown
from krynica.data.urls import is_address, web_address
from krynica.service.crew import Crew
from krynica.service.errors import explain
from krynica.service.feeds.items import (
    ItemText,
    TextFrom,
    cells_of,
    key_of,
    read_item,
    read_page,
    resolved,
)
from krynica.service.feeds.kept import Kept
from krynica.service.feeds.lanes import MOST, Lanes
from krynica.service.feeds.state import State
from krynica.service.rows import Cells
from krynica.service.source_report.words import number

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


class Gatherer:
    """Reads feeds for one round.

    Parameters
    ----------
    state
        What is known.
    wanted
        Where texts are taken from.
    delay, allow_private
        As for `data.net.fetcher.Fetcher`.
    """

    def __init__(
        self, state: State, *, wanted: TextFrom, delay: float, allow_private: bool
    ) -> None:
        self._state = state
        self._wanted = wanted
        self._crew: Crew[Event] = Crew(_AHEAD)
        self._fetcher = Fetcher(delay=delay, allow_private=allow_private, stop=self._crew.stopped)
        self._lanes = Lanes()
        self._given: set[str] = set()
        self._giving = threading.Lock()

    def events(self, places: Sequence[str]) -> Iterator[Event]:
        """Return what is found at places, and in the lists of feeds there, as it comes."""
        for place in places:
            self._lanes.add(place)
        return self._crew.events(self._work, THREADS)

    def _work(self) -> None:
        """Read places until there are no more; in a thread of its own."""
        while (place := self._lanes.take()) is not None:
            try:
                self._visit(place)
            finally:
                self._lanes.done(place)

    def _visit(self, place: str) -> None:
        """Read a feed, then the pages of earlier items that failed, whatever came of the feed."""
        unfinished: list[Kept] = []
        with self._failures_told(place):
            unfinished = self._state.unfinished(place)
            self._read(place)
        with self._failures_told(place):
            for kept in unfinished:
                page = read_page(kept.cells["url"], self._fetcher)
                if page.asked:
                    self._crew.tell(Again(kept, page))

    @contextmanager
    def _failures_told(self, place: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # noqa: BLE001  # the next feed must have its turn
            self._crew.tell(Failed(_named(place, explain(error))))

    def _read(self, place: str) -> None:
        source = (
            self._fetch(place)
            if is_address(place)
            else Download("", "", None, read_bounded(Path(place)))
        )
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
            self._crew.tell(
                Failed(
                    f"The feed {shown(place)} holds {number(found.left_out, 'item')} beyond "
                    f"the first {MOST_ITEMS:,}, which alone are read."
                )
            )
        self._crew.tell(Through(place, source.etag, source.modified))

    def _fetch(self, place: str) -> Download:
        etag, modified = self._state.version_of(place)
        return self._fetcher.get(place, kinds=FEED_KINDS, etag=etag, modified=modified)

    def _follow(self, found: Outlines, place: str, base: str) -> None:
        for outline in found.places:
            target = resolved(outline, base)
            if target is None:
                self._crew.tell(
                    Failed(
                        f"The list {shown(place)} points to {shown(outline)}, which is no address."
                    )
                )
            elif not self._lanes.add(target):
                self._crew.tell(
                    Failed(f"The lists hold more than {MOST:,} feeds; others are not read.")
                )
                return

    def _give(self, item: FeedItem, feed: Feed, place: str, base: str) -> None:
        url = web_address(item.url, base)
        key, cells = key_of(item, place, url), cells_of(item, feed, place, url)
        if not self._state.knows(key, cells) and self._is_first(key):
            self._crew.tell(Found(key, cells, read_item(item, url, self._fetcher, self._wanted)))

    def _is_first(self, key: str) -> bool:
        """Tell whether no other feed of this round gave an item, whose page is fetched once."""
        with self._giving:
            is_first = key not in self._given
            self._given.add(key)
        return is_first


def _named(place: str, reason: str) -> str:
    """Say which feed failed, naming it once."""
    return reason if shown(place) in reason else f"The feed {shown(place)}: {reason}"
