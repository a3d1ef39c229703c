"""The model at work beside the event loop: what every endpoint and the page ask for answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from krynica.classifier.answer import Answer
from krynica.classifier.article import Article
from krynica.classifier.errors import KrynicaError
from krynica.classifier.model import Depth, Model
from krynica.classifier.sentence import Sentence
from krynica.data.documents.document import read_document
from krynica.data.documents.pages import Page, extract
from krynica.data.net.addresses import fetch
from krynica.service.model_choice import Chosen, choose
from krynica.service.registry import Registry
from krynica.service.rows import Row, article_of
from krynica.service.scoring import score
from krynica.service.web.metrics import Metrics
from krynica.service.web.open_models import PROBE, Listed, OpenModels, warmed
from krynica.service.web.queues import BusyError, Queue

LONG = 100_000
"""Characters from which a text is long: ten times the longest articles. Long texts are read one at
a time and beside the others, for the longest that may be sent take seconds and much memory."""

_FETCHERS, _FETCHES_WAITING = 4, 16
"""A page is taken apart where it was fetched, and a large one takes much memory."""
_DOCUMENTS, _DOCUMENTS_WAITING = 2, 16
"""Each is read in a process of its own, with up to 768 MB."""
_OPENINGS_WAITING = 16
"""One model is read at a time."""

_PROBE_PAGE = f"<html><body><article><p>{PROBE}</p></article></body></html>"


class UnknownModelError(KrynicaError):
    """A model that was asked for by a name that none has here."""


class Scorer:
    """Scores articles in threads of its own, so that the event loop stays free.

    Parameters
    ----------
    given
        Model folder or name; the one in use where None.
    registry
        The models that have a name; else the user's.
    threads
        Articles read at once.
    seconds
        Longest wait for a turn.
    metrics
        Where answers are counted.
    fetcher
        What fetches the article at an address.
    """

    def __init__(
        self,
        given: Path | None = None,
        *,
        registry: Registry | None = None,
        threads: int = 2,
        seconds: float = 30.0,
        metrics: Metrics | None = None,
        fetcher: Callable[[str], Page] = fetch,
    ) -> None:
        self._given = given
        self._registry = registry or Registry()
        self._shelf = OpenModels(self._registry)
        self._seconds = seconds
        self._metrics = metrics
        self._fetcher = fetcher
        self._model: tuple[str, Model] | None = None
        self._prepared = asyncio.Event()
        self._short = Queue(threads, seconds)
        self._long = Queue(1, seconds)
        self._far = Queue(_FETCHERS, seconds, most=_FETCHES_WAITING)
        self._documents = Queue(_DOCUMENTS, seconds, most=_DOCUMENTS_WAITING)
        self._opening = Queue(1, seconds, most=_OPENINGS_WAITING)
        self._lanes = (self._short, self._long, self._far, self._documents, self._opening)

    @property
    def is_ready(self) -> bool:
        """Whether the model has answered."""
        return self._prepared.is_set()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return all(lane.is_idle for lane in self._lanes)

    async def prepare(self) -> None:
        """Open the model and have it answer, so that the first article waits for nothing.

        Raises
        ------
        classifier.errors.ModelFolderError
            If a byte of the model is not as its checksums say.
        """
        chosen = choose(self._given, self._registry)
        model = await self._long.run(lambda: _opened(chosen))
        self._model = chosen.name or model.id.name, model
        self._prepared.set()

    async def model(self, name: str | None = None) -> Model:
        """Return a model, once it is ready.

        Parameters
        ----------
        name
            Under which it is listed, or by which the model in use calls itself; None for the
            latter.

        Raises
        ------
        service.web.queues.BusyError
            If it is not in time, or articles wait for too many others.
        UnknownModelError
            If none that can be used has that name.
        """
        called, in_use = await self._in_use()
        if name in {None, called} or (name == in_use.id.name and not self._shelf.has(name)):
            return in_use
        assert name is not None  # noqa: S101  # None is in the set
        # Asked for in the loop first, so that who wants what is there waits for no other's reading.
        model = self._shelf.kept(name)
        if model is None and self._shelf.has(name):
            model = await self._opening.run(lambda: self._shelf.open(name))
        if model is None:
            raise UnknownModelError(Sentence("There is no model of this name here."))
        return model

    async def models(self) -> list[Listed]:
        """Return all models that can be asked for, the one in use first.

        Raises
        ------
        service.web.queues.BusyError
            If its turn does not come in time.
        """
        called, in_use = await self._in_use()
        others = await asyncio.to_thread(self._shelf.listed)
        first = Listed(called, in_use.source, in_use=True)
        return [first, *(one for one in others if one.name != called)]

    async def _in_use(self) -> tuple[str, Model]:
        try:
            async with asyncio.timeout(self._seconds):
                await self._prepared.wait()
        except TimeoutError:
            raise BusyError("The model is not ready yet; try again in a moment.") from None
        assert self._model is not None  # noqa: S101  # set before the event is
        return self._model

    async def score(
        self,
        article: Article,
        *,
        model: str | None = None,
        with_evidence: bool = True,
        depth: Depth = "full",
    ) -> Answer:
        """Answer one article; an error is an answer, too.

        Raises
        ------
        service.web.queues.BusyError
            If its turn does not come in time.
        UnknownModelError
            If `model` is the name of none.
        """
        asked = await self.model(model)
        lane = self._long if len(article.text) > LONG else self._short
        answer = await lane.run(
            lambda: _answer(asked, article, with_evidence=with_evidence, depth=depth)
        )
        if self._metrics:
            self._metrics.judged(answer, asked.source.languages)
        return answer

    async def extract(self, html: str | bytes, name: str = "The page") -> Page:
        """Find the article in a page. Raises `classifier.errors.UnreadableError`."""
        lane = self._long if len(html) > LONG else self._short
        return await lane.run(lambda: extract(html, name=name))

    async def fetch(self, url: str) -> Page:
        """Fetch the article at an address. Raises `classifier.errors.KrynicaError`."""
        return await self._far.run(lambda: self._fetcher(url))

    async def read_document(self, data: bytes, name: str) -> Page:
        """Find the text in a document. Raises `classifier.errors.KrynicaError`."""
        return await self._documents.run(lambda: read_document(data, name))

    def close(self) -> None:
        """Begin nothing more."""
        for lane in self._lanes:
            lane.close()


def _opened(chosen: Chosen) -> Model:
    """Open a model, and have each of its languages and each of our libraries do its first work."""
    model = warmed(chosen.load())
    extract(_PROBE_PAGE, name="The probe")
    return model


def _answer(model: Model, article: Article, *, with_evidence: bool, depth: Depth) -> Answer:
    try:
        row = Row(article.text, article.title, article.language, doubts=article.doubts)
        checked = article_of(row, as_it_is=True)
    except KrynicaError as error:
        return Answer(error=str(error))
    return score(model, checked, with_evidence=with_evidence, depth=depth)
