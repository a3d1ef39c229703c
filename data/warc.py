"""Web archives: the pages in a WARC file (ISO 28500), plain or packed by gzip."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from krynica import PACKAGE
from krynica.classifier.errors import UnreadableError
from krynica.data.frames import read_frame, read_json
from krynica.data.seam import reading_failed, shown

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
    reader = subprocess.Popen(  # noqa: S603  # our own module, by this very interpreter
        [sys.executable, "-B", "-m", "krynica.data.warc_reader", str(path.absolute())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=PACKAGE.parent,
    )
    try:
        is_whole = yield from _told(reader)
    finally:
        reader.kill()
        reader.wait()
        if reader.stdout is not None:
            reader.stdout.close()
    if not is_whole:
        raise UnreadableError(f"The archive {shown(path)} is no WARC file, or is damaged.")


def _told(reader: subprocess.Popen[bytes]) -> Generator[Capture, None, bool]:
    """Yield what the reader finds; return whether it came to a good end."""
    if reader.stdout is None:  # it is a pipe
        return False
    while head := read_json(reader.stdout):
        if "end" in head:
            return bool(head["end"] == "whole")
        data = read_frame(reader.stdout)
        yield Capture(head["url"], head["charset"], None if head["is_lost"] else data)
    return False
