"""The model at work beside the event loop: what every endpoint and the page ask for answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from classifier.answer import Answer
from classifier.article import Article
from classifier.model import Model
from data.addresses import fetch
from data.pages import Page, extract
from service.scoring import score

T = TypeVar("T")


class Scorer:
    """Scores articles in threads of its own, so that the event loop stays free.

    Parameters
    ----------
    model
        A loaded model.
    threads
        Articles read at once.
    """

    def __init__(self, model: Model, threads: int = 2) -> None:
        self.model = model
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="krynica")

    async def score(self, article: Article, *, with_evidence: bool = True) -> Answer:
        """Answer one article; an error is an answer, too."""
        return await self._run(lambda: score(self.model, article, with_evidence=with_evidence))

    async def extract(self, html: str | bytes, name: str = "The page") -> Page:
        """Find the article in a page. Raises `classifier.errors.UnreadableError`."""
        return await self._run(lambda: extract(html, name=name))

    async def fetch(self, url: str) -> Page:
        """Fetch the article at an address. Raises `classifier.errors.KrynicaError`."""
        return await self._run(lambda: fetch(url))

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def close(self) -> None:
        """Let what is under way end, and begin nothing more."""
        self._threads.shutdown(cancel_futures=True)
