"""Outlets gone through by several threads, each outlet by one."""

from __future__ import annotations

import queue
from collections.abc import Generator, Sequence

from krynica.data.net.fetcher import Fetcher
from krynica.service.collect.articles import Articles
from krynica.service.collect.events import Event
from krynica.service.collect.job import CollectJob
from krynica.service.collect.outlet_list import Outlet
from krynica.service.collect.state import State
from krynica.service.collect.visit import Visit
from krynica.service.producers import Producers

THREADS = 16
"""Outlets that are gone through at once. Each thread waits nearly all the time: for its host."""
_AHEAD = 256
"""Events that wait to be counted, at most."""


def gather(
    job: CollectJob, outlets: Sequence[Outlet], state: State, articles: Articles
) -> Generator[Event]:
    """Go through outlets, keep what is found, and yield what became of it as it comes.

    Parameters
    ----------
    job
        What is asked for.
    outlets
        To go through.
    state
        Where articles are kept, and what is known.
    articles
        Who reads them.
    """
    producers: Producers[Event] = Producers(_AHEAD)
    fetcher = Fetcher(delay=job.delay, allow_private=job.allow_private, stop=producers.stopped)
    waiting: queue.SimpleQueue[Outlet] = queue.SimpleQueue()
    for outlet in outlets:
        waiting.put(outlet)

    def work() -> None:
        while True:
            try:
                outlet = waiting.get_nowait()
            except queue.Empty:
                return
            Visit(outlet, job, state, fetcher, articles, producers).go()

    return producers.events(work, min(THREADS, len(outlets)))
