"""The models that can be asked for by name: read when they are first asked for, a few kept."""

from __future__ import annotations

import os
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import monotonic
from weakref import WeakValueDictionary

from krynica.classifier.article import Article
from krynica.classifier.errors import ModelFolderError
from krynica.classifier.folder import ModelFolder, open_folder
from krynica.classifier.model import DEFAULT, Model, load_model
from krynica.service.registry import SHIPPED, Registry
from krynica.service.scoring import score
from krynica.service.web.queues import BusyError

KEPT = 3
"""Models kept beside the one in use; one like the one that ships takes 35 MB, and up to half a
second to read."""
MOST = 2 * KEPT
"""Most models in memory beside the one in use: those kept, and those that are there no more but
that articles in the queue still wait for."""
AGAIN = 60.0
"""Seconds after which a model that could not be used is tried again though its files are the same:
memory or open files may have been short."""
PROBE = "The council passed its budget on Monday, officials said in a statement. " * 8
_Sign = frozenset[tuple[str, int, int, int, int]]
"""What changes when a file of a model does, or another model is put in its place."""
_UNUSABLE = (ModelFolderError, KeyError, TypeError)
"""Raised by a folder that is harmed, or whose manifest is incomplete."""


@dataclass(frozen=True)
class Listed:
    """A model that can be asked for.

    Parameters
    ----------
    name
        By which it is.
    source
        Its folder.
    in_use
        Whether it answers where none is asked for.
    """

    name: str
    source: ModelFolder
    in_use: bool = False


class OpenModels:
    """Registered models, and the one that ships.

    Its methods but `open` may be called from several threads at once.

    Parameters
    ----------
    registry
        Where they are.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._lock = Lock()
        self._kept: OrderedDict[str, Model] = OrderedDict()
        self._alive: WeakValueDictionary[tuple[str, _Sign], Model] = WeakValueDictionary()
        self._checked: dict[str, tuple[_Sign, ModelFolder]] = {}
        self._failed: dict[str, tuple[_Sign, float]] = {}

    def has(self, name: str) -> bool:
        """Tell whether anything is there under a name."""
        return self._path(name) is not None

    def kept(self, name: str) -> Model | None:
        """Return a model that has been read, if it is still the one of that name; quick."""
        sign = _sign(self._path(name))
        if sign is None:
            return None
        with self._lock:
            # One that an article waits for is taken again, and not read a second time.
            model = self._alive.get((name, sign))
            if model is not None:
                self._keep(name, model)
            return model

    def open(self, name: str) -> Model | None:
        """Read a model, and have each of its languages do its first work; slow.

        Only one thread at a time may do this.

        Returns
        -------
        Model or None
            None where there is none of that name that can be used.

        Raises
        ------
        service.web.queues.BusyError
            If articles wait for too many others.
        """
        if (model := self.kept(name)) is not None:
            return model
        path = self._path(name)
        sign = _sign(path)
        if path is None or sign is None or self._has_failed(name, sign):
            return None
        if len(self._alive) >= MOST:
            raise BusyError("Too many models were requested at once; try again in a moment.")
        try:
            model = warmed(load_model(path))
        except _UNUSABLE:
            self._failed[name] = sign, monotonic()
            return None
        with self._lock:
            self._alive[name, sign] = model
            self._keep(name, model)
        return model

    def _keep(self, name: str, model: Model) -> None:
        self._kept[name] = model
        self._kept.move_to_end(name)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def listed(self) -> list[Listed]:
        """Return the models that can be used, the one that ships first; slow where one is new."""
        found = []
        for name in (SHIPPED, *self._registry.names()):
            source = self._check(name)
            if source is not None:
                found.append(Listed(name, source))
        return found

    def _path(self, name: str) -> Path | None:
        return DEFAULT if name == SHIPPED else self._registry.path(name)

    def _check(self, name: str) -> ModelFolder | None:
        path = self._path(name)
        sign = _sign(path)
        if path is None or sign is None:
            return None
        if self._has_failed(name, sign):
            return None
        known = self._checked.get(name)
        if known is not None and known[0] == sign:
            return known[1]
        try:
            source = open_folder(path)
            _ = source.id, source.languages, source.encoder()
        except _UNUSABLE:
            self._failed[name] = sign, monotonic()
            return None
        self._checked[name] = sign, source
        return source

    def _has_failed(self, name: str, sign: _Sign) -> bool:
        """Tell whether a model could not be used a moment ago, as it stands there."""
        failed, when = self._failed.get(name, (None, 0.0))
        return failed == sign and monotonic() - when < AGAIN


def warmed(model: Model) -> Model:
    """Have each language of a model do its first work, so that no article waits for it.

    Raises
    ------
    ModelFolderError
        If the numbers of one cannot be read.
    """
    for language in (None, *model.source.languages):
        answer = score(model, Article(PROBE, language=language))
        if answer.error is not None:
            raise ModelFolderError(answer.error)
    return model


def _sign(path: Path | None) -> _Sign | None:
    """Return what tells a model from the one that stood there before."""
    if path is None:
        return None
    try:
        with os.scandir(path) as files:
            return frozenset(_state(file.name, file.stat()) for file in files) or None
    except OSError:
        return None


def _state(name: str, found: os.stat_result) -> tuple[str, int, int, int, int]:
    # When its rights were changed, too: what could not be read then may be readable now.
    return name, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
