"""The models that can be asked for by name: read when they are first asked for, a few kept."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from weakref import WeakValueDictionary

from classifier.article import Article
from classifier.errors import KrynicaError, ModelFolderError
from classifier.folder import SUMS, ModelFolder, open_folder
from classifier.model import Model, load_model
from service.registry import Registry
from service.scoring import score
from service.web.lanes import BusyError

KEPT = 3
"""Models kept beside the one in use; one like the one that ships takes 35 MB, and up to half a
second to read."""
MOST = 2 * KEPT
"""Most models in memory beside the one in use: those kept, and those that are there no more but
that articles in the queue still wait for."""
PROBE = "The council passed its budget on Monday, officials said in a statement. " * 8
_Sign = tuple[int, int, int]
"""What changes when a model is put in another's place."""


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


class Shelf:
    """Registered models. Its methods but `open` may be called from several threads at once.

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
        self._checked: dict[str, tuple[_Sign, ModelFolder | None]] = {}

    def has(self, name: str) -> bool:
        """Tell whether anything is registered under a name."""
        return self._registry.path(name) is not None

    def kept(self, name: str) -> Model | None:
        """Return a model that has been read, if it is still the one of that name; quick."""
        sign = _sign(self._registry.path(name))
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
        service.web.lanes.BusyError
            If articles wait for too many others.
        """
        if (model := self.kept(name)) is not None:
            return model
        path = self._registry.path(name)
        sign = _sign(path)
        if path is None or sign is None:
            return None
        if len(self._alive) >= MOST:
            raise BusyError("Too many models are asked for at once; try again in a moment.")
        try:
            model = warmed(load_model(path))
        except (ModelFolderError, KeyError, TypeError):  # or its manifest lacks what models have
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
        """Return the models that can be used, by name; slow where one is new here."""
        found = []
        for name in self._registry.names():
            source = self._check(name)
            if source is not None:
                found.append(Listed(name, source))
        return found

    def _check(self, name: str) -> ModelFolder | None:
        path = self._registry.path(name)
        sign = _sign(path)
        if path is None or sign is None:
            return None
        known = self._checked.get(name)
        if known is None or known[0] != sign:
            known = sign, _checked(path)
            self._checked[name] = known
        return known[1]


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


def _checked(path: Path) -> ModelFolder | None:
    try:
        source = open_folder(path)
        _ = source.id, source.languages
    except (KrynicaError, KeyError, TypeError):
        return None
    return source


def _sign(path: Path | None) -> _Sign | None:
    """Return what tells a model from the one that stood there before."""
    if path is None:
        return None
    try:
        found = (path / SUMS).stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
