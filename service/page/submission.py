"""From what a reader sent to an answer: read, scored and set out, off the event loop."""

from __future__ import annotations

from dataclasses import dataclass

from krynica.classifier.answer import Answer
from krynica.classifier.article import Article
from krynica.classifier.errors import KrynicaError
from krynica.classifier.sentence import Sentence
from krynica.service.page.forms import FormError, Typed
from krynica.service.web.scorer import Scorer
from krynica.service.web.settings import Settings


@dataclass(frozen=True)
class Submission:
    """A text that was answered, and where it came from."""

    text: str
    answer: Answer
    title: str
    source: str


class Desk:
    """Takes what readers send.

    Parameters
    ----------
    settings
        What the operator set.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def answer(self, scorer: Scorer, typed: Typed) -> Submission:
        """Read what was sent and score it.

        Raises
        ------
        classifier.errors.KrynicaError
            If there is nothing that could be answered.
        """
        text, title, source = await self._read(scorer, typed)
        article = Article(text, title or None, typed.language or None)
        article.require_text()
        answer = await scorer.score(article, model=typed.model or None)
        if answer.error is not None:
            raise FormError(answer.error, 422)
        return Submission(text, answer, title, source)

    async def _read(self, scorer: Scorer, typed: Typed) -> tuple[str, str, str]:
        way = typed.one_of()
        if way == "file":
            page = await scorer.read_document(typed.file or b"", typed.name)
            return _lines(page.text), page.title or "", typed.name
        if way == "url":
            if not self._settings.fetch:
                raise FormError(Sentence("Addresses are switched off here."), 422)
            page = await scorer.fetch(typed.url.strip())
            return _lines(page.text), page.title or "", typed.url.strip()
        return typed.text, typed.title, typed.source


def _lines(text: str) -> str:
    """Return a text with the line ends that it will have when the page's form sends it again."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def sentence_of(error: KrynicaError) -> str:
    """Return what an error says, with its template if it has one."""
    said = error.args[0] if error.args else str(error)
    return said if isinstance(said, str) else str(error)
