"""Archives that are unpacked without trusting them: .zip, and .tar packed or not.

What an archive says of itself is not believed. Its files are copied one by one, below one folder
and nowhere else, and their bytes are counted as they come, as is all that it holds beside files.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple, cast

from krynica.classifier.errors import CorpusError
from krynica.data.seam import shown, writing_failed

MOST_BYTES, MOST_FILES = 4_000_000_000, 200_000
"""What an archive may come to, unpacked. The largest of the known corpora has 38,000 files, and
less than 2 GB."""

_PIECE = 1 << 20
_TAR = (".tar", ".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz")


class _Member(NamedTuple):
    name: str
    open: IO[bytes] | None
    """None for what is no file: folders, links, devices. None of them is made."""


def is_archive(path: Path) -> bool:
    """Tell an archive by its ending."""
    return path.is_file() and path.name.lower().endswith((".zip", *_TAR))


class _Most(NamedTuple):
    path: Path
    bytes: int
    files: int

    def passed(self) -> CorpusError:
        size = f"{self.bytes / 1e9:g} GB or {self.files:,} files"
        return CorpusError(f"The archive {shown(self.path)} holds more than {size}.")


@contextmanager
def unpacked(
    path: Path, *, most_bytes: int = MOST_BYTES, most_files: int = MOST_FILES
) -> Iterator[Path]:
    """Unpack an archive into a folder that goes away with the block.

    Links are left out, and with them every way to write elsewhere.

    Parameters
    ----------
    path
        The archive.
    most_bytes
        Bytes that its files may come to.
    most_files
        Files, folders and links that it may have.

    Raises
    ------
    classifier.errors.CorpusError
        If it is damaged, too large, or has a file that would lie outside of the folder.
    """
    with tempfile.TemporaryDirectory(prefix="krynica-") as name:
        folder = Path(name)
        with _told(path, folder):
            _unpack(path, folder, _Most(path, most_bytes, most_files))
        yield folder


@contextmanager
def _told(path: Path, folder: Path) -> Iterator[None]:
    damaged = f"The archive {shown(path)} is damaged."
    try:
        yield
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError) as error:
        raise CorpusError(damaged) from error
    except RuntimeError as error:  # a password, or a compression that Python has not
        raise CorpusError(
            f"The archive {shown(path)} is packed in a way that is not read here."
        ) from error
    except OSError as error:
        # Decompressors raise it too, without a number.
        said = damaged if error.errno is None else writing_failed(folder, error)
        raise CorpusError(said) from error


def _unpack(path: Path, folder: Path, most: _Most) -> None:
    left = most.bytes
    zipped = path.name.lower().endswith(".zip")
    for number, member in enumerate(_zip(path) if zipped else _tar(path, most), 1):
        if number > most.files:
            raise most.passed()
        if member.open is None:
            continue
        with member.open as source:
            target = _inside(path, folder, member.name)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as copy:
                while piece := source.read(min(_PIECE, left + 1)):
                    left -= len(piece)
                    if left < 0:
                        raise most.passed()
                    copy.write(piece)


def _inside(path: Path, folder: Path, name: str) -> Path:
    """Return where a file is to lie.

    Raises
    ------
    classifier.errors.CorpusError
        If that is not below the folder.
    """
    parts = PurePosixPath(name.replace("\\", "/"))
    odd = not parts.parts or "\0" in name or parts.is_absolute() or ":" in parts.parts[0]
    if odd or ".." in parts.parts:
        raise CorpusError(
            f"The archive {shown(path)} has a file that would lie outside of its folder."
        )
    return folder.joinpath(*parts.parts)


def _zip(path: Path) -> Iterator[_Member]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            # The upper half of the attributes is the Unix mode, whose type 0xA is a link.
            plain = not info.is_dir() and info.external_attr >> 28 != 0xA
            yield _Member(info.filename, archive.open(info) if plain else None)


def _tar(path: Path, most: _Most) -> Iterator[_Member]:
    with (
        path.open("rb") as file,
        _opened(path, file.peek(8)) as stream,
        tarfile.open(fileobj=cast("IO[bytes]", _Bounded(stream, most)), mode="r:") as archive,
    ):
        for info in archive:
            plain = info.isreg() and not info.issparse()
            yield _Member(info.name, archive.extractfile(info) if plain else None)
            # It would hold the names of all until the end.
            archive.members = []  # type: ignore[attr-defined]  # left out of typeshed


def _opened(path: Path, head: bytes) -> IO[bytes]:
    """Open a file that begins like this, packed or not."""
    packed: dict[bytes, Callable[..., object]]
    packed = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ": lzma.open}
    opens = next((opens for magic, opens in packed.items() if head.startswith(magic)), open)
    return cast("IO[bytes]", opens(path, "rb"))


class _Bounded:
    """The bytes of a tape archive, of which no more is unpacked than its files may come to.

    `tarfile` reads a header at once, however long it says it is, and goes through all of what it
    passes over.
    """

    def __init__(self, stream: IO[bytes], most: _Most) -> None:
        self._stream, self._most = stream, most
        self.tell = stream.tell

    def read(self, size: int) -> bytes:
        if size > _PIECE:
            raise CorpusError(
                f"The archive {shown(self._most.path)} has a header of more than {_PIECE:,} bytes."
            )
        return self._stream.read(size)

    def seek(self, place: int) -> int:
        # Each file has a header of its own, and is filled up to a whole block.
        if place > self._most.bytes + 2 * tarfile.BLOCKSIZE * self._most.files:
            raise self._most.passed()
        return self._stream.seek(place)
