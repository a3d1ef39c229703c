"""One text in, one answer out, failures included: shared by every way of reaching the model."""

from __future__ import annotations

from pathlib import Path

from krynica.classifier.answer import Answer
from krynica.classifier.article import Article
from krynica.classifier.model import Depth, Model
from krynica.classifier.observation import Observation
from krynica.service.errors import explain
from krynica.service.model_choice import choose


def load(given: str | Path | None = None) -> Model:
    """Open a model: a folder, a name of the registry, or where None the one in use.

    Raises
    ------
    classifier.errors.ModelFolderError
        If there is none, or a byte of it is not as its checksums say.
    """
    return choose(given).load()


def score(
    model: Model, article: Article, *, with_evidence: bool = True, depth: Depth = "full"
) -> Answer:
    """Answer one article; an error is an answer too.

    Parameters
    ----------
    model, article, with_evidence, depth
        The model, the text, whether evidence is wanted, and how far the text is read.

    Returns
    -------
    Answer
        With `Answer.error` alone where there is nothing to read, or where something unforeseen
        happened: one text never stops the texts after it.
    """
    try:
        answer = model.score(article, with_evidence=with_evidence, depth=depth)
    except Exception as error:  # noqa: BLE001  # the next text must have its turn
        return Answer(error=explain(error))
    return answer if answer.error is None else Answer(error=answer.error)


def observe(model: Model, article: Article, *, depth: Depth = "full") -> Observation:
    """Answer one article with what a report compares; an error is an answer too.

    Parameters
    ----------
    model, article, depth
        The model, the text, and how far it is read.

    Returns
    -------
    Observation
        With the error alone where `score` would give one.
    """
    try:
        return model.observe(article, depth=depth)
    except Exception as error:  # noqa: BLE001  # the next text must have its turn
        return Observation(Answer(error=explain(error)))
