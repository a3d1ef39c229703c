"""Text files that are read line by line, in whatever encoding they are.

A line that cannot be taken as it stands is mended as far as can be, and says so: see `Damaged`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Self, TextIO

from krynica.classifier.errors import TableError, UnreadableError
from krynica.data.messages import reading_failed, shown
from krynica.data.tables.encoding import table_encoding

LIMIT = 20_000_000
"""Most characters of a line, or of all the lines of a row: ten times the longest of novels."""

_BATCH = 1 << 16
"""Characters that are read at a time."""

_HEAD = 1 << 12
"""Characters that are kept of a line beyond the limit: what stands before its text."""

_LOST = "\udfff"
"""Stands before bytes that are no text while a line is read, each of which is given as
``surrogateescape`` does. No decoder gives it by itself, and it is found as fast as any letter."""

_LOST_BYTES = re.compile("\udfff[\udc00-\udcff]*")


class Damaged(str):
    """A line that does not stand in the file like this.

    Parameters
    ----------
    text
        What could be read: replacement characters stand where something is lost.
    fault
        What is wrong with it, in one sentence.
    cut
        Whether its end is missing.
    """

    __slots__ = ("cut", "fault")
    fault: str
    cut: bool

    def __new__(cls, text: str, fault: str, *, cut: bool = False) -> Self:
        """Make the line."""
        line = super().__new__(cls, text)
        line.fault, line.cut = fault, cut
        return line


Batches = Iterator[tuple[list[str], bool]]
"""All lines of a file in order, in lists of some tens of thousands of characters, each with
whether any in it is `Damaged`: to ask every line would take as long as to read it."""


@contextmanager
def open_lines(path: Path, *, newline: str, encoding: str | None = None) -> Iterator[Batches]:
    """Open a table of text for reading.

    A line that is not as it should be is `Damaged`. Of one beyond `LIMIT` no more than that is
    ever held.

    Parameters
    ----------
    path
        The file.
    newline
        How line ends are read, as the built-in `open` takes it.
    encoding
        Codec of the file where it is known; detected by default.

    Raises
    ------
    classifier.errors.TableError
        If it cannot be read or is no text.
    """
    try:
        codec = encoding or table_encoding(path)
        with path.open(encoding=codec, newline=newline, errors=_MARKING) as file:
            yield _batches(file, newline, shown(path))
    except UnreadableError as error:
        raise TableError(str(error)) from error
    except OSError as error:
        raise TableError(reading_failed(path, error)) from error


def _batches(file: TextIO, newline: str, name: str) -> Batches:
    number, size, begun, odd = 1, 0, list[str](), False
    for block in _blocks(file, universal=not newline):
        odd = odd or _is_odd(block, file.encoding)
        lines = StringIO(block, newline).readlines()
        rest = "" if lines[-1].endswith(("\n", newline or "\r")) else lines.pop()
        if lines:
            if begun:
                size += len(lines[0])
                lines[0] = _joined(begun, lines[0], size, f"Line {number} of {name}")
            yield (
                _mended(lines, number, file.encoding, name)
                if odd or size > LIMIT
                else (lines, False)
            )
            number, size, odd = number + len(lines), 0, _is_odd(rest, file.encoding)
            begun.clear()
        if rest:
            size += len(rest)
            begun.append(rest)
            if size > LIMIT:
                del begun[2:]
    if begun:
        lines = [_joined(begun, "", size, f"Line {number} of {name}")]
        yield _mended(lines, number, file.encoding, name)


def _blocks(file: TextIO, *, universal: bool) -> Iterator[str]:
    """Give the text in pieces that do not end between the two signs of one line's end."""
    while block := file.read(_BATCH):
        while universal and block.endswith("\r") and (more := file.read(1)):
            block += more
        yield block


def _joined(begun: list[str], end: str, size: int, where: str) -> str:
    """Put a line together, or no more than its head if it is too long."""
    if size <= LIMIT:
        return "".join(begun) + end
    fault = f"{where} has more than {LIMIT:,} characters, which no article has."
    return Damaged("".join(begun[:2])[:_HEAD], fault, cut=True)


def _is_odd(text: str, codec: str) -> bool:
    """Tell whether lines of a text may have to be mended."""
    narrow = not codec.startswith("utf")
    return "\0" in text or _LOST in text or (narrow and not text.isascii())


def _mended(lines: list[str], first: int, codec: str, name: str) -> tuple[list[str], bool]:
    mended = [_whole(line, number, codec, name) for number, line in enumerate(lines, first)]
    return mended, any(isinstance(line, Damaged) for line in mended)


def _whole(line: str, number: int, codec: str, name: str) -> str:
    """Return a line with replacement characters for what no text has."""
    if isinstance(line, Damaged):
        return Damaged(_replaced(line), line.fault, cut=line.cut)
    if (text := _as_utf8(line, codec)) is not None:
        fault = f"is in UTF-8, and others are in {codec}."
    elif "\0" in line:
        text, fault = _replaced(line), "holds a NUL: this is not a text table."
    elif _LOST in line:
        text, fault = _replaced(line), f"holds bytes that are not text in {codec}."
    else:
        return line
    return Damaged(text, f"Line {number} of {name} {fault}")


def _replaced(line: str) -> str:
    return _LOST_BYTES.sub("\ufffd", line).replace("\0", "\ufffd")


def _as_utf8(line: str, codec: str) -> str | None:
    """Return a line of a table in an 8-bit encoding as UTF-8, if it is in that.

    Rows from many places are patched together by programs that do not look at them. What people
    write in an 8-bit encoding is next to never well-formed UTF-8 as well.
    """
    if codec.startswith("utf") or "\0" in line or not _utf8_begins(codec).match(line):
        return None
    try:
        data = line.replace(_LOST, "").encode(codec, "surrogateescape")
        text = data.decode()
    except UnicodeError:
        return None
    return text if len(data) - len(text) > 1 else None  # one letter may be chance


@lru_cache(maxsize=1)
def _utf8_begins(codec: str) -> re.Pattern[str]:
    """Return what an 8-bit encoding makes of a line up to its first letter, if that is UTF-8."""
    first = re.escape(bytes(range(0xC2, 0xF5)).decode(codec, "ignore"))
    second = re.escape(bytes(range(0x80, 0xC0)).decode(codec, "ignore"))
    return re.compile(rf"[\x00-\x7f]*+[{first}][{second}{_LOST}]")


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    lost = error.object[error.start : error.end]
    return _LOST + "".join(chr(0xDC00 + byte) for byte in lost), error.end


_MARKING = "krynica.mark"
codecs.register_error(_MARKING, _mark)
