"""Pages that somebody saved: folders of HTML files and of web archives."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from krynica.classifier.errors import UnreadableError
from krynica.data.messages import reading_failed, shown
from krynica.service.collect.warc import WARC_ENDINGS

PAGE_ENDINGS = (".html", ".htm", ".xhtml")


def saved_files(place: Path) -> Iterator[Path]:
    """Yield the pages and web archives in a folder, however deep, in the order of their names.

    Parameters
    ----------
    place
        A folder, or one such file. Links to other folders are not followed.

    Raises
    ------
    classifier.errors.UnreadableError
        If there is none, or a folder in it cannot be read.
    """
    if place.is_file():
        yield place
        return
    if not place.is_dir():
        raise UnreadableError(f"There is no folder {shown(place)}.")
    for folder, folders, files in os.walk(place, onerror=_refuse):
        folders.sort()
        for name in sorted(files):
            if name.lower().endswith((*PAGE_ENDINGS, *WARC_ENDINGS)):
                yield Path(folder, name)


def is_warc(path: Path) -> bool:
    """Tell a web archive from a page, by its name."""
    return path.name.lower().endswith(WARC_ENDINGS)


def file_key(path: Path) -> tuple[str, str]:
    """Return by what a file is known again, and its version: another once it changes.

    Raises
    ------
    classifier.errors.UnreadableError
        If there is none any more.
    """
    try:
        about = path.stat()
    except OSError as error:
        raise UnreadableError(reading_failed(path, error)) from error
    return f"file {path.absolute()}", f"{about.st_size} {about.st_mtime_ns}"


def _refuse(error: OSError) -> None:
    raise UnreadableError(reading_failed(Path(error.filename or "?"), error)) from error
