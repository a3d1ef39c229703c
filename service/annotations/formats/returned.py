"""Files that come back from annotators: told apart by what is in them, not by their names."""

from __future__ import annotations

import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path, PurePath, PurePosixPath
from tempfile import TemporaryDirectory

from krynica.classifier.errors import TableError, UnreadableError
from krynica.data.messages import reading_failed, shown
from krynica.data.tables.table_kinds import is_workbook
from krynica.service.annotations.formats import doccano, labelstudio, sheet
from krynica.service.annotations.formats.record import Annotation, person

_BLANK = b" \t\r\n\xef\xbb\xbf"
_ARCHIVE = b"PK\x03\x04"
_HEAD = 1 << 12
_BLOCK = 1 << 20
MOST_MEMBERS, LARGEST = 1_000, 200_000_000
"""Files of an archive, and bytes of all of them once unpacked, beyond which it is not read."""
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, LZMAError, EOFError),
    *(NotImplementedError, RuntimeError),  # zipfile's words for unknown packing, and for a password
)

_Place = tuple[str, ...]


def read(paths: Sequence[Path]) -> Iterator[Annotation]:
    """Read what came back.

    Parameters
    ----------
    paths
        Sheets (``.csv``, ``.tsv``, ``.xlsx``), JSON Lines, JSON, or archives of these as Doccano
        exports them. Where a file does not say who answered, its name does, with as many of the
        folders above it as tell it from the others. Of an archive with several files each is that
        of the user whose name it bears, the same in all such archives; one with a single file
        stands for a folder.

    Yields
    ------
    Annotation
        One an answer, and one for each row that bears none, or cannot be read.

    Raises
    ------
    classifier.errors.KrynicaError
        If a file cannot be read at all.
    """
    names = Counter(path.name for path in paths)
    files = [(path, path.name if names[path.name] == 1 else str(path)) for path in paths]
    places = [_places(path, name) for path, name in files]
    called = _told_apart({place for several in places for place in several})
    for (path, name), several in zip(files, places, strict=True):
        annotators = [called[place] for place in several]
        if _is_archive(path):
            yield from _archive(path, name, annotators)
        else:
            yield from _read(path, annotators[0], name)


def _places(path: Path, name: str) -> list[_Place]:
    """Return where each file of answers lies, its own name last and without its ending."""
    place = _place(path.resolve())
    if not _is_archive(path):
        return [place]
    with _opened(path, name) as (_, members):
        inside = [_place(PurePosixPath(one.filename)) for one in members]
    return inside if len(inside) > 1 else [place + one for one in inside]


def _place(path: PurePath) -> _Place:
    return (*path.parent.parts, path.stem)


def _told_apart(places: Collection[_Place]) -> dict[_Place, str]:
    """Return the shortest end of each place that no other has."""
    same = {place: tuple(map(person, place)) for place in places}
    wholes = {*same.values()}
    names: dict[_Place, str] = {}
    for length in range(1, max(map(len, wholes), default=0) + 1):
        ends = Counter(whole[-length:] for whole in wholes)
        for place, whole in same.items():
            if ends[whole[-length:]] == 1:
                names.setdefault(place, str(PurePosixPath(*place[-length:])))
    return names


def _is_archive(path: Path) -> bool:
    return _head(path).startswith(_ARCHIVE) and not is_workbook(path)


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


def _archive(path: Path, name: str, annotators: Sequence[str]) -> Iterator[Annotation]:
    """Read an archive's files, each that of one annotator."""
    with _opened(path, name) as (archive, members), TemporaryDirectory() as folder:
        left = LARGEST
        for number, (member, annotator) in enumerate(zip(members, annotators, strict=True)):
            # A name of ours: one out of an archive may lead anywhere.
            file = Path(folder, f"{number}")
            left -= _unpack(archive, member, file, left, name)
            yield from _member(file, annotator, f"{name}/{PurePosixPath(member.filename).name}")
            file.unlink()


@contextmanager
def _opened(path: Path, name: str) -> Iterator[tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]]:
    """Open an archive, with those of its members that are files."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            if any(one.filename == "[Content_Types].xml" for one in members):
                raise UnreadableError(
                    f"{shown(name)} is an office document: save the sheet as .xlsx or .csv, and "
                    "give that."
                )
            if len(members) > MOST_MEMBERS:
                raise UnreadableError(f"{shown(name)} holds more than {MOST_MEMBERS:,} files.")
            yield archive, members
    except (*_DAMAGED, OSError) as error:
        # Decompressors raise the last without a number; with one, a disk is full.
        if isinstance(error, OSError) and error.errno is not None:
            raise TableError(f"{shown(name)} could not be unpacked: {error.strerror}.") from error
        raise UnreadableError(f"{shown(name)} is a damaged archive, or one with a password.") from (
            error
        )


def _member(file: Path, annotator: str, called: str) -> Iterator[Annotation]:
    if not _head(file).strip(_BLANK):
        return  # that of a user who has confirmed nothing
    try:
        yield from _read(file, annotator, called)
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
