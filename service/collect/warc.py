"""Web archives: the pages in a WARC file (ISO 28500), plain or packed by gzip."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from krynica.classifier.errors import UnreadableError
from krynica.data.messages import reading_failed, shown
from krynica.data.readers.frames import read_frame, read_json
from krynica.data.readers.pool import ReaderProcess

WARC_ENDINGS = (".warc", ".warc.gz")
"""What archives end in."""


@dataclass(frozen=True)
class Capture:
    """A page as it was captured.

    Parameters
    ----------
    url
        Where it was.
    charset
        Encoding by the header, or None.
    data
        Its bytes, unpacked; None where it is too long, or packed in a way that cannot be undone.
    """

    url: str
    charset: str | None
    data: bytes | None


def captures(path: Path) -> Iterator[Capture]:
    """Yield the pages of an archive, whatever else it holds.

    Parameters
    ----------
    path
        A file. It is read in a process of its own, with bounds, as archives come from strangers.

    Raises
    ------
    classifier.errors.UnreadableError
        If it cannot be read, is no such archive, or is damaged; what came before stays good.
    """
    try:
        path.open("rb").close()
    except OSError as error:
        raise UnreadableError(reading_failed(path, error)) from error
    with ReaderProcess("krynica.service.collect.warc_reader", str(path.absolute())) as reader:
        is_whole = yield from _told(reader.answers)
    if not is_whole:
        raise UnreadableError(f"The archive {shown(path)} is not a WARC file, or is damaged.")


def _told(answers: IO[bytes]) -> Generator[Capture, None, bool]:
    """Yield what the reader finds; return whether it came to a good end."""
    while head := read_json(answers):
        if "end" in head:
            return bool(head["end"] == "whole")
        data = read_frame(answers)
        yield Capture(head["url"], head["charset"], None if head["is_lost"] else data)
    return False
