"""Which model is meant: a folder, a name of the registry, or the one in use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from krynica.classifier.errors import ModelFolderError
from krynica.classifier.model import DEFAULT, Model, load_model
from krynica.service.registry import SHIPPED, Registry
from krynica.service.terminal import say


@dataclass(frozen=True)
class Chosen:
    """A model that is meant.

    Parameters
    ----------
    path
        Its folder.
    name
        Its name in the registry; None for a folder that has none.
    unasked
        Whether it was taken because it is in use, and nobody named it.
    """

    path: Path
    name: str | None
    unasked: bool = False

    def load(self) -> Model:
        """Open it.

        Raises
        ------
        ModelFolderError
            If a byte of it is not as its checksums say.
        """
        try:
            return load_model(self.path)
        except ModelFolderError as error:
            if self.unasked and self.name != SHIPPED:
                raise ModelFolderError(
                    f"{error} It is in use as {self.name}; `krynica model use {SHIPPED}` goes back "
                    "to the one that ships."
                ) from error
            raise


def choose(given: str | Path | None = None, registry: Registry | None = None) -> Chosen:
    """Find the model that is meant.

    Parameters
    ----------
    given
        A folder or a name; a folder wins, which is said where both are there. None for the model
        in use.
    registry
        The names; else the user's.

    Raises
    ------
    ModelFolderError
        If there is neither, or it cannot be told which is in use.
    """
    registry = registry or Registry()
    if given is None:
        return _in_use(registry)
    named, folder = _named(str(given), registry), Path(given)
    if folder.is_dir():
        if named is None:
            return Chosen(folder, _name_of(folder, registry))
        if not folder.samefile(named.path):
            say(f"Using the folder {folder}, not the model named {named.name} ({named.path}).")
            return Chosen(folder, None)
    if named is None:
        raise ModelFolderError(f"There is no folder {given}, and no model of that name.")
    return named


def _named(name: str, registry: Registry, *, unasked: bool = False) -> Chosen | None:
    path = DEFAULT if name == SHIPPED else registry.path(name)
    return None if path is None else Chosen(path, name, unasked)


def _in_use(registry: Registry) -> Chosen:
    found = _named(registry.current, registry, unasked=True)
    if found is None:
        raise ModelFolderError(
            f"The model in use, {registry.current}, no longer exists; `krynica model use "
            f"{SHIPPED}` goes back to the one that ships."
        )
    return found


def _name_of(folder: Path, registry: Registry) -> str | None:
    """Return the name of a folder that is in the registry, or that ships."""
    folder = folder.resolve()
    if folder == DEFAULT:
        return SHIPPED
    name = folder.name if folder.parent == registry.folder.resolve() else ""
    return name if registry.path(name) else None
