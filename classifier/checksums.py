"""A folder whose every byte is checked against its ``SHA256SUMS`` before anything is read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from krynica.classifier.errors import ModelFolderError

SUMS = "SHA256SUMS"
_ALIKE = 32
"""Digits, of 64, in which a listed checksum and that of the file agree where the list was changed
and not the file: those of a changed file agree in 4 on average, and in 32 never."""


@dataclass(frozen=True)
class Content:
    """What a checked folder holds.

    Parameters
    ----------
    path
        The folder.
    sha256
        Checksum of its `SUMS`.
    files
        Bytes by name, as they were checked: what stands on the disk may change.
    """

    path: Path
    sha256: str
    files: Mapping[str, bytes]

    def read(self, name: str) -> bytes:
        """Return the bytes of a file.

        Raises
        ------
        ModelFolderError
            If it is not there.
        """
        if name not in self.files:
            raise ModelFolderError(f"The folder {self.path} lacks the file {name}.")
        return self.files[name]


def verified(path: Path, what: str = "model folder") -> Content:
    """Read a folder, and check that it is exactly what its checksums say.

    Parameters
    ----------
    path
        The folder.
    what
        What people call such a folder.

    Raises
    ------
    ModelFolderError
        If a file is missing, was changed, or is not listed; the sentence names that very file,
        the list of checksums where it is the list that was changed.
    """
    if not path.is_dir():
        raise ModelFolderError(f"There is no {what} {path}.")
    try:
        present = {item.name for item in path.iterdir()} - {SUMS}
    except OSError as error:
        raise ModelFolderError(f"The {what} {path} cannot be read: {error}.") from error
    sums = _bytes(path, SUMS, what)
    listed = _listed(sums, path, what)
    files = {name: _bytes(path, name, what) for name in sorted(present & listed.keys())}
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    spoilt = ModelFolderError(f"The file {SUMS} of the {what} {path} was changed.")
    extra = sorted(present - listed.keys())
    for name in sorted(listed.keys() - present):
        if any(_digest(path / other) == listed[name] for other in extra):
            raise spoilt  # the file is there under another name than the list has
        raise ModelFolderError(f"The {what} {path} lacks the file {name}.")
    for name in extra:
        raise ModelFolderError(f"The {what} {path} has a file too many: {name}.")
    for name, digest in digests.items():
        if digest != listed[name]:
            same = sum(a == b for a, b in zip(digest, listed[name], strict=True))
            if same >= _ALIKE:
                raise spoilt
            raise ModelFolderError(f"The file {name} of the {what} {path} was changed.")
    return Content(path, hashlib.sha256(sums).hexdigest(), files)


def listing(files: Mapping[str, bytes]) -> bytes:
    """Return the checksums of files, as ``sha256sum -c`` reads them."""
    lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    return "".join(lines).encode()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _bytes(path: Path, name: str, what: str) -> bytes:
    try:
        return (path / name).read_bytes()
    except OSError as error:
        raise ModelFolderError(f"The {what} {path} lacks the file {name}.") from error


def _listed(sums: bytes, path: Path, what: str) -> dict[str, str]:
    """Read lines of ``<sha256>  <name>``, each ended."""
    listed: dict[str, str] = {}
    lines = sums.decode("utf-8", "replace").split("\n")
    for line in lines[:-1]:
        found = _LINE.fullmatch(line)
        if not found or found["name"] in listed:
            raise ModelFolderError(
                f"{SUMS} of the {what} {path} has a line that is no checksum: it was changed."
            )
        listed[found["name"]] = found["digest"]
    if lines[-1] or not listed:
        raise ModelFolderError(f"The file {SUMS} of the {what} {path} was changed.")
    return listed


_LINE = re.compile(r"(?P<digest>[^\s]{64})  (?P<name>[^\s/\\]+)")
