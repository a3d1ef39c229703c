"""From what a reader sent to an answer: read, scored and set out, off the event loop."""

from __future__ import annotations

from dataclasses import dataclass

from krynica.classifier.answer import Answer
from krynica.classifier.article import Article
from krynica.classifier.errors import KrynicaError
from krynica.classifier.not_prose import is_page
from krynica.classifier.sentence import Sentence
from krynica.data.documents.doubts import in_words, of_words
from krynica.data.documents.pages import Page, finished
from krynica.service.page.forms import FormError, Typed
from krynica.service.web.scorer import Scorer
from krynica.service.web.settings import Settings


@dataclass(frozen=True)
class Submission:
    """A text that was answered, where it came from, and why it may not be all of the article."""

    text: str
    answer: Answer
    title: str
    source: str
    doubts: str = ""


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
        page, source = await self._read(scorer, typed)
        text, title = _lines(page.text), page.title or ""
        article = Article(text, title or None, typed.language or None, page.doubts)
        article.require_text()
        answer = await scorer.score(article, model=typed.model or None)
        if answer.error is not None:
            raise FormError(answer.error, 422)
        return Submission(text, answer, title, source, in_words(page.doubts))

    async def _read(self, scorer: Scorer, typed: Typed) -> tuple[Page, str]:
        way = typed.one_of()
        if way == "file":
            return await scorer.read_document(typed.file or b"", typed.name), typed.name
        if way == "url":
            if not self._settings.fetch:
                raise FormError(Sentence("Addresses are switched off here."), 422)
            return await scorer.fetch(typed.url.strip()), typed.url.strip()
        if is_page(typed.text):
            return await scorer.extract(typed.text), typed.source
        # Sent again from an answer, a text brings the doubts of whoever read it first.
        doubts = of_words(typed.doubts)
        page = Page(typed.title or None, typed.text, doubts=doubts)
        return (page if doubts else finished(page)), typed.source


def _lines(text: str) -> str:
    """Return a text with the line ends that it will have when the page's form sends it again."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def sentence_of(error: KrynicaError) -> str:
    """Return what an error says, with its template if it has one."""
    said = error.args[0] if error.args else str(error)
    return said if isinstance(said, str) else str(error)
