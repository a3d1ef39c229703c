"""The models of this machine that have a name: a folder of model folders, and which is in use.

::

    <registry>/<name>/    a model folder, checked before it was copied here
    <registry>/current    name of the model in use; without it, the one that ships
    <registry>/.encoders  encoders of these models, by their checksums, but for the one that ships
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from krynica.classifier.encoder import KEPT, NAME, Encoder, find_encoder
from krynica.classifier.errors import KrynicaError, ModelFolderError
from krynica.classifier.folder import ModelFolder, open_folder
from krynica.classifier.model import DEFAULT
from krynica.data.atomic import drop, hidden, keep, new_folder

PLACE = "KRYNICA_MODELS"
"""Environment variable that names the registry's folder."""
SHIPPED = "default"
"""Name of the model that ships, which is in no registry."""
CURRENT = "current"
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")
_RESERVED = frozenset({SHIPPED, CURRENT, NAME})
_VERBS = frozenset({"add", "diff", "list", "remove", "show", "use"})
"""Commands of ``krynica model``, which would take the place of a model of that name."""
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
"""What Windows keeps for devices, whatever ending it has (Naming Files, Paths, and Namespaces)."""


@dataclass(frozen=True)
class Entry:
    """A model of the registry, or the one that ships.

    Parameters
    ----------
    name, path
        What it is called here, and its folder.
    source
        The folder, checked; None for one that cannot be used.
    wrong
        What is wrong with it, one sentence; empty where nothing is.
    in_use
        Whether commands take it where they are told no other.
    """

    name: str
    path: Path
    source: ModelFolder | None
    wrong: str
    in_use: bool


class Registry:
    """Models by name.

    Parameters
    ----------
    folder
        Where they are, which need not exist; else the one that `PLACE` names, or the user's.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = _users() if folder is None else folder

    def names(self) -> list[str]:
        """Return the names that are taken, by a sound model, a harmed one, or none at all."""
        try:
            entries = sorted(os.scandir(self.folder), key=lambda entry: entry.name)
        except OSError:
            return []
        return [entry.name for entry in entries if _is_name(entry.name)]

    def path(self, name: str) -> Path | None:
        """Return the folder of a name; None where nothing is registered under it."""
        folder = self.folder / name
        return folder if _is_name(name) and os.path.isdir(folder) else None  # noqa: PTH112  # False of what may not be looked at

    @property
    def current(self) -> str:
        """Name of the model in use.

        Raises
        ------
        ModelFolderError
            If the file that says so does not: no other model is taken in its place.
        """
        file = self.folder / CURRENT
        try:
            name = file.read_text("utf-8").strip()
        except FileNotFoundError:
            if not file.is_symlink():
                return SHIPPED
            name = ""
        except (OSError, ValueError):
            name = ""
        if not name:
            raise ModelFolderError(
                f"{file} does not say which model is in use, or cannot be read; `krynica model use "
                f"{SHIPPED}`, or another name, repairs it."
            )
        return name

    def entries(self) -> list[Entry]:
        """Check all models; the one that ships stands first.

        Raises
        ------
        ModelFolderError
            If it cannot be told which is in use.
        """
        folders = {SHIPPED: DEFAULT, **{name: self.folder / name for name in self.names()}}
        current = self.current
        found = [_entry(name, path, in_use=name == current) for name, path in folders.items()]
        if current not in folders:
            place, wrong = self.folder / current, "It no longer exists."
            found.append(Entry(current, place, None, wrong, in_use=True))
        return found

    def add(self, folder: Path, name: str | None = None) -> Entry:
        """Check a model and copy it, with its encoder unless that ships.

        Parameters
        ----------
        folder
            A model folder.
        name
            What to call it; else what its manifest does.

        Raises
        ------
        ModelFolderError
            If it, or its encoder, is not as its checksums say.
        KrynicaError
            If the name cannot be one, or is taken, or there is no place to write to.
        """
        source, current = open_folder(folder), self.current
        name = self._free(source.id.name if name is None else name)
        target = self.folder / name
        try:
            self._keep_encoder(source.encoder(), target)
            with new_folder(target) as fresh:
                for file in source.path.iterdir():
                    (fresh / file.name).write_bytes(file.read_bytes())
                if open_folder(fresh).sha256 != source.sha256:
                    raise ModelFolderError(f"The model folder {folder} was changed meanwhile.")
        except OSError as error:
            raise KrynicaError(f"The model cannot be copied to {target}: {error}.") from error
        return _entry(name, target, in_use=name == current)

    def _keep_encoder(self, encoder: Encoder, target: Path) -> None:
        """Copy an encoder that a model at the target would not find."""
        try:
            find_encoder(encoder.sha256, target)
        except ModelFolderError:
            kept = self.folder / KEPT / encoder.sha256
            if kept.exists():  # harmed
                drop(kept)
            with new_folder(kept) as fresh:
                for file in encoder.path.iterdir():
                    (fresh / file.name).write_bytes(file.read_bytes())
            find_encoder(encoder.sha256, target)

    def _drop_encoders(self) -> None:
        """Take away encoders that no model needs; none where it cannot be told of all models."""
        needed = set()
        for name in self.names():
            try:
                needed.add(str(open_folder(self.folder / name).manifest["encoder"]["sha256"]))
            except (ModelFolderError, KeyError, TypeError):
                return
        kept = self.folder / KEPT
        for encoder in kept.iterdir() if kept.is_dir() else ():
            if encoder.name not in needed:
                drop(encoder)
        with suppress(OSError):  # it is not there, or not empty
            kept.rmdir()

    def _free(self, name: str) -> str:
        if not _is_name(name) or name.casefold() in _VERBS or _DEVICES.fullmatch(name):
            raise KrynicaError(
                f"A model cannot be named “{name}”: names have up to 64 ASCII letters, digits, "
                "dots, hyphens and underscores, and are not a Windows device such as con, nor "
                f"{', '.join(sorted(_RESERVED | _VERBS))}; --name gives another."
            )
        # Some file systems tell no case apart, and people hardly do.
        for taken in self.names():
            if taken.casefold() == name.casefold():
                raise KrynicaError(
                    f"There is already a model named {taken}; --name gives another name."
                )
        return name

    def use(self, name: str) -> None:
        """Take a model, once it is checked, wherever no other is named.

        Raises
        ------
        ModelFolderError
            If it is not as its checksums say.
        KrynicaError
            If there is none of that name, or it cannot be written down.
        """
        open_folder(DEFAULT if name == SHIPPED else self._there(name)).encoder()
        file = self.folder / CURRENT
        try:
            if name == SHIPPED:
                file.unlink(missing_ok=True)
                return
            part = hidden(file)
            try:
                part.write_text(f"{name}\n", "utf-8")
                keep(part, file)
            finally:
                part.unlink(missing_ok=True)
        except OSError as error:
            raise KrynicaError(f"{file} cannot be written: {error}.") from error

    def remove(self, name: str) -> None:
        """Take away what has a name: a model, sound or not, a link, or a file.

        Raises
        ------
        KrynicaError
            If there is none of that name, it is in use, or it cannot be taken away.
        """
        if name == SHIPPED:
            raise KrynicaError("The model that ships is part of the program and cannot be removed.")
        taken = self._there(name)
        if name == self.current:
            raise KrynicaError(
                f"The model {name} is in use; switch to another first, for example with "
                f"`krynica model use {SHIPPED}`."
            )
        try:
            drop(taken)
            self._drop_encoders()
        except OSError as error:
            raise KrynicaError(f"{taken} cannot be removed: {error}.") from error

    def _there(self, name: str) -> Path:
        if not _is_name(name) or not os.path.lexists(self.folder / name):
            known = ", ".join([SHIPPED, *self.names()])
            raise KrynicaError(f"There is no model named “{name}”; there are: {known}.")
        return self.folder / name


def _entry(name: str, path: Path, *, in_use: bool) -> Entry:
    try:
        source = open_folder(path)
        # An entry of a manifest that is none would else be told by a later command.
        _ = source.id, source.languages, source.encoder()
    except ModelFolderError as error:
        return Entry(name, path, None, str(error), in_use)
    except (KeyError, TypeError):
        return Entry(name, path, None, f"The manifest of {path} is incomplete.", in_use)
    return Entry(name, path, source, "", in_use)


def _is_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and name.casefold() not in _RESERVED


def _users() -> Path:
    """Return the registry's folder of this user, as the XDG base directories have it."""
    if named := os.environ.get(PLACE):
        return Path(named)
    # Relative paths are to be ignored (XDG Base Directory Specification 0.8).
    data = Path(os.environ.get("XDG_DATA_HOME", ""))
    if not data.is_absolute():
        data = Path(os.path.expanduser("~")) / ".local" / "share"  # noqa: PTH111  # never fails
    return data / "krynica" / "models"
