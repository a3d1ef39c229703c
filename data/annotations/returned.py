"""Files that come back from annotators: told apart by what is in them, not by their names."""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from classifier.errors import TableError, UnreadableError
from data.annotations import doccano, labelstudio, sheet
from data.annotations.record import Annotation
from data.seam import reading_failed, shown

_BLANK = b" \t\r\n\xef\xbb\xbf"
_ARCHIVE = b"PK\x03\x04"
_HEAD = 1 << 12
_BLOCK = 1 << 20
MOST_MEMBERS, LARGEST = 1_000, 200_000_000
"""Files of an archive, and bytes of all of them once unpacked, beyond which it is not read."""


def read(paths: Sequence[Path]) -> Iterator[Annotation]:
    """Read what came back.

    Parameters
    ----------
    paths
        Sheets (``.csv``, ``.tsv``), JSON Lines, JSON, or archives of these as Doccano exports
        them. Where a file does not say who answered, its name does, with its folder where two
        files have the same.

    Yields
    ------
    Annotation
        One an answer, and one for each row that bears none, or cannot be read.

    Raises
    ------
    classifier.errors.KrynicaError
        If a file cannot be read at all.
    """
    stems = Counter(path.stem for path in paths)
    for path in paths:
        alone = stems[path.stem] == 1
        annotator = path.stem if alone else f"{path.resolve().parent.name}/{path.stem}"
        name = path.name if alone else str(path)
        if _head(path).startswith(_ARCHIVE):
            yield from _archive(path, name)
        else:
            yield from _read(path, annotator, name)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except (OSError, ValueError) as error:
        raise TableError(reading_failed(path, error)) from error


def _read(path: Path, annotator: str, name: str) -> Iterator[Annotation]:
    first = _head(path).lstrip(_BLANK)[:1]
    if first == b"[":
        yield from labelstudio.read(path, annotator, name)
    elif first == b"{":
        yield from doccano.read(path, annotator, name)
    else:
        yield from sheet.read(path, annotator, name)


def _archive(path: Path, name: str) -> Iterator[Annotation]:
    """Read an archive's files, each that of the user whose name it bears."""
    try:
        with zipfile.ZipFile(path) as archive, TemporaryDirectory() as folder:
            members = [one for one in archive.infolist() if not one.is_dir()]
            if any(one.filename == "[Content_Types].xml" for one in members):
                raise UnreadableError(
                    f"{shown(name)} is an office document: save the sheet as CSV, and give that."
                )
            if len(members) > MOST_MEMBERS:
                raise UnreadableError(f"{shown(name)} holds more than {MOST_MEMBERS:,} files.")
            left = LARGEST
            for number, member in enumerate(members):
                # A name of ours: one out of an archive may lead anywhere.
                file = Path(folder, f"{number}")
                left -= _unpack(archive, member, file, left, name)
                yield from _member(file, Path(member.filename), name)
                file.unlink()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableError(f"{shown(name)} is a damaged archive, or one with a password.") from (
            error
        )


def _member(file: Path, inside: Path, name: str) -> Iterator[Annotation]:
    called = f"{name}/{inside.name}"
    if not _head(file).strip(_BLANK):
        return  # that of a user who has confirmed nothing
    try:
        yield from _read(file, inside.stem, called)
    except TableError as error:
        raise TableError(str(error).replace(shown(file), shown(called))) from error


def _unpack(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: Path, most: int, name: str
) -> int:
    """Unpack a file of an archive; return its size.

    Raises
    ------
    classifier.errors.UnreadableError
        If it is larger than it may be, whatever the archive says of it.
    """
    size = 0
    with archive.open(member) as source, file.open("wb") as target:
        while block := source.read(_BLOCK):
            size += len(block)
            if size > most:
                raise UnreadableError(f"{shown(name)} unpacks to more than {LARGEST:,} bytes.")
            target.write(block)
    return size
