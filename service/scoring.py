"""One text in, one answer out, whatever happens: what every way of reaching the model shares."""

from __future__ import annotations

from pathlib import Path

from classifier.answer import Answer
from classifier.article import Article
from classifier.model import DEFAULT, Model, load_model
from classifier.observation import Observation
from service.errors import explain


def load(folder: Path | None = None) -> Model:
    """Open a model folder; by default the one that ships.

    Raises
    ------
    classifier.errors.ModelFolderError
        If a byte of it is not as its checksums say.
    """
    return load_model(DEFAULT if folder is None else folder)


def score(model: Model, article: Article, *, with_evidence: bool = True) -> Answer:
    """Answer one article; an error is an answer too.

    Parameters
    ----------
    model, article, with_evidence
        As in `classifier.model.Model.score`.

    Returns
    -------
    Answer
        With `Answer.error` alone where there is nothing to read, or where something unforeseen
        happened: one text never stops the texts after it.
    """
    try:
        answer = model.score(article, with_evidence=with_evidence)
    except Exception as error:  # noqa: BLE001  # the next text must have its turn
        return Answer(error=explain(error))
    return answer if answer.error is None else Answer(error=answer.error)


def observe(model: Model, article: Article) -> Observation:
    """Answer one article with what a report compares; an error is an answer too.

    Parameters
    ----------
    model, article
        As in `classifier.model.Model.observe`.

    Returns
    -------
    Observation
        With the error alone where `score` would give one.
    """
    try:
        return model.observe(article)
    except Exception as error:  # noqa: BLE001  # the next text must have its turn
        return Observation(Answer(error=explain(error)))
