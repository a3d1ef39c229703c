"""From what was sent to an answer, wherever the text is: given, in a page, or at an address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from krynica.classifier.answer import Answer
from krynica.classifier.article import Article
from krynica.classifier.errors import KrynicaError, UnreadableError
from krynica.classifier.model import Depth
from krynica.data.documents.doubts import BROKEN_LETTERS
from krynica.data.documents.mending import is_broken
from krynica.data.documents.pages import Page
from krynica.service.web.queues import BusyError
from krynica.service.web.scorer import Scorer
from krynica.service.web.sentences import sentences_of
from krynica.service.web.settings import PREFIX, Settings
from krynica.service.web.shapes import ArticleIn


async def answer_one(
    given: ArticleIn, scorer: Scorer, settings: Settings, depth: Depth = "full"
) -> Answer:
    """Answer an article.

    Parameters
    ----------
    given, scorer, settings
        What was sent, and what answers it.
    depth
        How deep it is read, as of `classifier.model.Model.score`.

    Returns
    -------
    Answer
        With an error where there is nothing to read.

    Raises
    ------
    classifier.errors.KrynicaError
        If its page or its address gives no text.
    """
    page = await _page(given, scorer, settings)
    article = Article(page.text, given.title or page.title, given.language, page.doubts)
    return await scorer.score(article, model=given.model, depth=depth)


async def answer_any(
    given: Any, scorer: Scorer, settings: Settings, model: str | None = None
) -> Answer:
    """Answer what may be an article; whatever is wrong with it is in the answer.

    Parameters
    ----------
    given
        What was sent.
    scorer, settings
        What scores the article, and the settings of the service.
    model
        Name of the model for an article that names none.

    Raises
    ------
    service.web.queues.BusyError
        If its turn does not come in time.
    """
    try:
        article = ArticleIn.model_validate(given)
        article = article if article.model else article.model_copy(update={"model": model})
        return await answer_one(article, scorer, settings, "staged")
    except ValidationError as error:
        return Answer(error=wrong_shape(error.errors(include_input=False, include_url=False)))
    except BusyError:
        raise  # is no fault of the article, and passes: the whole batch is to come back later
    except KrynicaError as error:
        return Answer(error=str(error))


async def answer_all(
    given: Sequence[Any], scorer: Scorer, settings: Settings, model: str | None = None
) -> list[Answer]:
    """Answer what may be articles, in order; else as `answer_any`.

    One after the other: each waits for its turn among those of everybody else. Those of one model
    come together, so that it is read once.
    """
    answers = {}
    for place in sorted(range(len(given)), key=lambda place: _model_of(given[place])):
        answers[place] = await answer_any(given[place], scorer, settings, model)
    return [answers[place] for place in range(len(given))]


def wrong_shape(errors: list[Any]) -> str:
    """Say what is wrong with the shape of what was sent, without showing any of it."""
    return f"The body has the wrong shape: {'; '.join(sentences_of(errors, name_unknown=False))}."


def _model_of(given: Any) -> str:
    named = given.get("model") if isinstance(given, dict) else None
    return named if isinstance(named, str) else ""


async def _page(given: ArticleIn, scorer: Scorer, settings: Settings) -> Page:
    if given.text is not None:
        broken = (BROKEN_LETTERS,) if is_broken(given.text) else ()
        return Page(None, given.text, doubts=broken)  # as it is: evidence is placed in it
    if given.html is not None:
        return await scorer.extract(given.html)
    if not settings.fetch:
        why = f"This service does not fetch addresses: its setting {PREFIX}FETCH is off."
        raise UnreadableError(f"{why} Send the text or the page instead.")
    return await scorer.fetch(given.url or "")
