"""Feeds read by several threads, and what is new in them given to one."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from krynica.classifier.errors import AddressError, UnreadableError
from krynica.data.documents.files import read_bounded
from krynica.data.documents.telegram import channel_address
from krynica.data.feeds.feed import FEED_KINDS, Feed, Outlines, Site, no_feed, read_feed
from krynica.data.feeds.feed_reader import MOST_ITEMS
from krynica.data.messages import shown
from krynica.data.net.answers import Download
from krynica.data.net.fetcher import Fetcher
from krynica.data.net.politeness import is_passing
from krynica.data.net.urls import is_address, web_address
from krynica.data.outlets import channel_of
from krynica.service.errors import explain
from krynica.service.feeds.elsewhere import PAGES, candidates, older, shows_channel
from krynica.service.feeds.events import Again, Event, Failed, Found, Textless, Through, Told
from krynica.service.feeds.host_queues import MOST, Lanes
from krynica.service.feeds.items import (
    TextFrom,
    cells_of,
    keys_of,
    read_item,
    read_page,
    resolved,
)
from krynica.service.feeds.kept import Kept
from krynica.service.feeds.places import as_place
from krynica.service.feeds.state import State
from krynica.service.producers import Producers
from krynica.service.source_report.words import number

THREADS = 8
"""Hosts that are read at once. Each waits nearly all the time."""
_AHEAD = 64
"""Items that wait to be scored, at most: memory does not grow with the feeds."""


class Gatherer:
    """Reads feeds for one round.

    Parameters
    ----------
    state
        What is known.
    wanted
        Where texts are taken from.
    delay, allow_private
        Fewest seconds between two requests to a host; whether private networks are allowed.
    """

    def __init__(
        self, state: State, *, wanted: TextFrom, delay: float, allow_private: bool
    ) -> None:
        self._state = state
        self._wanted = wanted
        self._producers: Producers[Event] = Producers(_AHEAD)
        self._fetcher = Fetcher(
            delay=delay, allow_private=allow_private, stop=self._producers.stopped
        )
        self._lanes = Lanes()
        self._given: set[str] = set()
        self._giving = threading.Lock()

    def events(self, places: Sequence[str]) -> Iterator[Event]:
        """Return what is found at places, and in the lists of feeds there, as it comes."""
        for place in places:
            self._lanes.add(as_place(place))
        return self._producers.events(self._work, THREADS)

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
            self._read(place, unfinished)
        with self._failures_told(place):
            for kept in unfinished:
                page = read_page(kept.cells["url"], self._fetcher)
                if page.asked:
                    self._producers.tell(Again(kept, page))

    @contextmanager
    def _failures_told(self, place: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # noqa: BLE001  # the next feed must have its turn
            self._producers.tell(Failed(_named(place, explain(error))))

    def _read(self, place: str, unfinished: list[Kept]) -> None:
        """Give what is new at a place; note its rows that were unfinished before."""
        unfinished += self._state.unfinished(place)
        source = self._source(place)
        if source.unchanged:
            return
        found, base = _parsed(source, place), source.url or place
        match found:
            case Outlines():
                self._follow(found, place, base)
            case Site():
                self._find(found, place, base, unfinished)
            case Feed():
                self._feed(found, source, place, base)

    def _source(self, place: str) -> Download:
        if not is_address(place):
            return Download("", "", None, read_bounded(Path(place)))
        channel_address(place)  # says what of Telegram is no channel
        etag, modified = self._state.version_of(place)
        return self._fetcher.get(place, kinds=FEED_KINDS, etag=etag, modified=modified)

    def _find(self, site: Site, place: str, base: str, unfinished: list[Kept]) -> None:
        """Read the first feed that a site has where it says so, or where feeds usually are."""
        for target in candidates(site, base):
            try:
                source = self._source(target)
                found = None if source.unchanged else _parsed(source, target)
            except (AddressError, UnreadableError) as error:
                if is_passing(error):
                    raise
                continue
            if found is None or isinstance(found, Feed):
                unfinished += self._state.unfinished(target)
                if found is not None:
                    self._feed(found, source, target, source.url)
                return
        if channel_of(base):
            raise UnreadableError(f"{shown(place)} shows no posts to the public.")
        raise no_feed(f"The feed {shown(place)}")

    def _feed(self, found: Feed, source: Download, place: str, base: str) -> None:
        pages = [found]
        if found.oldest is not None and shows_channel(base):
            pages = self._history(found, place, base)
        for page in reversed(pages):
            self._give(page, place, base)
        if found.left_out:
            self._producers.tell(
                Failed(
                    f"The feed {shown(place)} holds {number(found.left_out, 'item')} beyond "
                    f"the first {MOST_ITEMS:,}, which are the only ones read."
                )
            )
        self._producers.tell(Through(place, source.etag, source.modified))

    def _history(self, first: Feed, place: str, base: str) -> list[Feed]:
        """Return the pages of a channel back to a post that is known, the newest first.

        Whoever gives the oldest post first can be stopped: what is not known is newer.
        """
        pages, began = [first], self._state.has_rows_of(place)
        try:
            while not self._knows_of(pages[-1], place):
                oldest = pages[-1].oldest or 0
                if len(pages) == PAGES or oldest <= 1:
                    self._tell_rest(place, oldest, began=began)
                    break
                found = _parsed(self._fetcher.get(older(base, oldest), kinds=FEED_KINDS), place)
                if not isinstance(found, Feed) or not 0 < (found.oldest or 0) < oldest:
                    break
                pages.append(found)
        except (AddressError, UnreadableError) as error:
            if began and is_passing(error):
                raise  # the next run reads all of it, and leaves no gap
            self._producers.tell(Failed(_named(place, explain(error))))
        return pages

    def _knows_of(self, page: Feed, place: str) -> bool:
        return any(
            self._state.knows(str(item.id), cells_of(item, page, place, item.url))
            for item in page.items
        )

    def _tell_rest(self, place: str, oldest: int, *, began: bool) -> None:
        """Say where reading a channel ended, unless that is where it begins."""
        if oldest > 1:
            told = f"The channel {shown(place)} was read back to post {oldest:,}, and no further."
            self._producers.tell(Failed(told) if began else Told(told))

    def _follow(self, found: Outlines, place: str, base: str) -> None:
        for outline in found.places:
            target = resolved(outline, base)
            if target is None:
                self._producers.tell(
                    Failed(
                        f"The list {shown(place)} points to {shown(outline)}, which is not an "
                        "address."
                    )
                )
            elif not self._lanes.add(as_place(target)):
                self._producers.tell(
                    Failed(f"The lists hold more than {MOST:,} feeds; others are not read.")
                )
                return

    def _give(self, feed: Feed, place: str, base: str) -> None:
        urls = [web_address(item.url, base) for item in feed.items]
        keys = keys_of(feed.items, place, urls)
        for item, url, key in zip(feed.items, urls, keys, strict=True):
            cells = cells_of(item, feed, place, url)
            if self._state.knows(key, cells) or not self._is_first(key):
                continue
            if item.is_post and not item.content:
                self._producers.tell(Textless(key))
            else:
                self._producers.tell(
                    Found(key, cells, read_item(item, url, self._fetcher, self._wanted))
                )

    def _is_first(self, key: str) -> bool:
        """Tell whether no other feed of this round gave an item, whose page is fetched once."""
        with self._giving:
            is_first = key not in self._given
            self._given.add(key)
        return is_first


def _parsed(source: Download, place: str) -> Feed | Outlines | Site:
    return read_feed(source.data, name=f"The feed {shown(place)}", declared=source.charset)


def _named(place: str, reason: str) -> str:
    """Say which feed failed, naming it once."""
    return reason if shown(place) in reason else f"The feed {shown(place)}: {reason}"
