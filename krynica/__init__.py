"""An article in, an answer out: ``load_model().score(Article(text="…"))``."""

from __future__ import annotations

from importlib import import_module
from os.path import dirname, isdir, join  # pathlib takes longer than the rest of this file
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

_HOME = dirname(__file__)
# A wheel has classifier, data, models, service and training in here; in a checkout they stand
# beside this folder.
if not isdir(join(_HOME, "classifier")):
    __path__.append(dirname(_HOME))

_MODULES = {
    "answer": ("Answer", "Evidence", "Genre", "Levels", "ModelId", "Reason"),
    "article": ("Article",),
    "model": ("DEFAULT", "Model", "load_model"),
}


def __getattr__(name: str) -> object:
    """Import what is asked for: ``krynica --help`` must not wait for numpy."""
    if name not in __all__:
        raise AttributeError(f"module 'krynica' has no attribute {name!r}")
    module = next((module for module, names in _MODULES.items() if name in names), "errors")
    return getattr(import_module(f"krynica.classifier.{module}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
