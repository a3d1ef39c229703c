"""An article in, an answer out: ``load_model().score(Article(text="…"))``."""

from krynica.classifier.answer import Answer, Evidence, Genre, Levels, ModelId, Reason
from krynica.classifier.article import Article
from krynica.classifier.errors import (
    AddressError,
    CorpusError,
    KrynicaError,
    ModelFolderError,
    NothingToReadError,
    TableError,
    UnreadableError,
)
from krynica.classifier.model import DEFAULT, Model, load_model

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
