"""One outlet gone through: its archives, its feeds, its sitemaps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from krynica.classifier.errors import UnreadableError
from krynica.data.feeds.feed import FEED_KINDS, Outlines, Site, no_feed, read_feed
from krynica.data.feeds.feed_reader import MOST_ITEMS
from krynica.data.messages import shown
from krynica.data.net.answers import Limits
from krynica.data.net.fetcher import Fetcher
from krynica.data.net.urls import web_address
from krynica.service.collect.articles import Articles
from krynica.service.collect.candidates import newest_first, of_feed, of_file, of_sitemap, of_warc
from krynica.service.collect.events import Event, Failed
from krynica.service.collect.job import CollectJob
from krynica.service.collect.judge import Judge
from krynica.service.collect.outlet_list import Outlet
from krynica.service.collect.saved_pages import file_key, is_warc, saved_files
from krynica.service.collect.sitemap_reader import UNPACKED
from krynica.service.collect.sitemaps import MOST_DEPTH, SITEMAP_KINDS, Sitemap, read_sitemap
from krynica.service.collect.state import State
from krynica.service.collect.take import EnoughError, Taker
from krynica.service.errors import explain
from krynica.service.producers import Producers
from krynica.service.source_report.words import number

MOST_SITEMAPS = 1_000
"""Sitemaps of an outlet that one run reads; indexes may lead to others without end."""
_SITEMAP_LIMITS = Limits(total=120.0, size=UNPACKED)


class Visit:
    """Goes through one outlet.

    Parameters
    ----------
    outlet
        Whose articles are wanted.
    job, state, fetcher, articles
        What is asked for, what is known, who fetches, and who reads.
    producers
        Is told what comes of it.
    """

    def __init__(
        self,
        outlet: Outlet,
        job: CollectJob,
        state: State,
        fetcher: Fetcher,
        articles: Articles,
        producers: Producers[Event],
    ) -> None:
        self._outlet, self._state = outlet, state
        self._fetcher, self._producers = fetcher, producers
        self._since = "" if job.since is None else f" since {job.since}"
        self._judge = Judge(outlet, state, job.since)
        self._take = Taker(self._judge, job.limit, fetcher, articles, producers).take
        self._sitemaps: set[str] = set()

    def go(self) -> None:
        """Take what is at hand first, and ask the web for the rest."""
        with suppress(EnoughError):
            for archive in self._outlet.archives:
                with self._failures_told():
                    self._archive(archive)
            for feed in self._outlet.feeds:
                with self._failures_told():
                    self._feed(feed)
            for sitemap in self._outlet.sitemaps:
                with self._failures_told():
                    self._sitemap(sitemap, MOST_DEPTH)

    @contextmanager
    def _failures_told(self) -> Iterator[None]:
        try:
            yield
        except EnoughError:
            raise
        except Exception as error:  # noqa: BLE001  # the next place must have its turn
            self._fail(explain(error))

    def _fail(self, reason: str) -> None:
        self._producers.tell(Failed(f"{self._outlet.domain}: {reason}"))

    def _archive(self, archive: Path) -> None:
        for path in saved_files(archive):
            with self._failures_told():
                self._file(path)

    def _file(self, path: Path) -> None:
        """Take what is in a file, unless all of it was dealt with and it has not changed since.

        Several outlets may have their pages in one archive.
        """
        key, version = file_key(path)
        name = self._name(f"{self._outlet.domain} {key}")
        if self._state.version_of(name) == (version, None):
            return
        candidates = of_warc(path) if is_warc(path) else of_file(path, f"{name} {version}")
        for candidate in candidates:
            self._take(candidate)
        self._state.keep_version(name, version, None)

    def _feed(self, place: str) -> None:
        etag, modified = self._state.version_of(self._name(place))
        found = self._fetcher.get(place, kinds=FEED_KINDS, etag=etag, modified=modified)
        if found.unchanged:
            return
        feed = read_feed(found.data, name=f"The feed {shown(place)}", declared=found.charset)
        if isinstance(feed, Outlines):
            raise UnreadableError(f"The feed {shown(place)} is a list of feeds: name these.")
        if isinstance(feed, Site):
            raise no_feed(f"The feed {shown(place)}")
        settled = [self._take(candidate) for candidate in of_feed(feed, found.url)]
        if feed.left_out:
            self._fail(
                f"The feed {shown(place)} holds {number(feed.left_out, 'item')} beyond the first "
                f"{MOST_ITEMS:,}, which are the only ones read."
            )
        if all(settled):
            self._state.keep_version(self._name(place), found.etag, found.modified)

    def _sitemap(self, place: str, depth: int) -> None:
        if place in self._sitemaps:
            return
        if len(self._sitemaps) >= MOST_SITEMAPS or not depth:
            raise UnreadableError(f"The sitemap {shown(place)} is one too many, and was not read.")
        self._sitemaps.add(place)
        etag, modified = self._state.version_of(self._name(place))
        found = self._fetcher.get(
            place, kinds=SITEMAP_KINDS, etag=etag, modified=modified, limits=_SITEMAP_LIMITS
        )
        if found.unchanged:
            return
        sitemap = read_sitemap(found.data, name=f"The sitemap {shown(place)}")
        settled = [self._take(candidate) for candidate in of_sitemap(sitemap.pages, found.url)]
        if sitemap.left_out:
            self._fail(
                f"The sitemap {shown(place)} holds "
                f"{number(sitemap.left_out, 'address', 'addresses')} too many, not read."
            )
        self._index(sitemap, found.url, depth)
        # Of an index the others may change where it does not.
        if all(settled) and not sitemap.sitemaps:
            self._state.keep_version(self._name(place), found.etag, found.modified)

    def _index(self, sitemap: Sitemap, base: str, depth: int) -> None:
        for entry in newest_first(sitemap.sitemaps):
            url = web_address(entry.url, base)
            if url is not None and not self._judge.is_old(entry.modified):
                with self._failures_told():
                    self._sitemap(url, depth - 1)

    def _name(self, place: str) -> str:
        """Return by what a place is remembered: what is older is left for another call."""
        return f"{place}{self._since}"
