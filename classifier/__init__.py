"""An article in, an answer out: ``load_model().score(Article(text="…"))``."""

from classifier.answer import Answer, Evidence, Genre, Levels, ModelId, Reason
from classifier.article import Article
from classifier.errors import (
    AddressError,
    CorpusError,
    KrynicaError,
    ModelFolderError,
    NothingToReadError,
    TableError,
    UnreadableError,
)
from classifier.model import DEFAULT, Model, load_model

__all__ = [
    "DEFAULT",
    "AddressError",
    "Answer",
    "Article",
    "CorpusError",
    "Evidence",
    "Genre",
    "KrynicaError",
    "Levels",
    "Model",
    "ModelFolderError",
    "ModelId",
    "NothingToReadError",
    "Reason",
    "TableError",
    "UnreadableError",
    "load_model",
]
