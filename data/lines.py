"""Text files that are read line by line, in whatever encoding they are.

A line that cannot be taken as it stands is mended as far as can be, and says so: see `Damaged`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Self, TextIO

from classifier.errors import TableError, UnreadableError
from data.codepages import around_new_bytes
from data.decoding import encoding_of
from data.seam import reading_failed, shown

LIMIT = 20_000_000
"""Most characters of a line, or of all the lines of a row: ten times the longest of novels."""

_BATCH = 1 << 16
"""Characters that are read at a time."""

_HEAD = 1 << 12
"""Characters that are kept of a line beyond the limit: what stands before its text."""

_BLOCK = 1 << 20
"""Bytes by which the encoding is told: a megabyte, the first that is not plain ASCII."""

_LOST = "\udfff"
"""Stands for bytes that are no text while a line is read. No decoder gives it by itself."""

_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
"""Byte order marks of encodings in which a line feed is not one byte."""


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
def open_lines(path: Path, *, newline: str) -> Iterator[Batches]:
    """Open a table of text for reading.

    A line that is not as it should be is `Damaged`. Of one beyond `LIMIT` no more than that is
    ever held.

    Parameters
    ----------
    path
        The file.
    newline
        As for `open`.

    Raises
    ------
    classifier.errors.TableError
        If it cannot be read or is no text.
    """
    try:
        with path.open(encoding=_encoding(path), newline=newline, errors=_MARKING) as file:
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
    mended = [_whole(line, f"Line {n} of {name}", codec) for n, line in enumerate(lines, first)]
    return mended, any(isinstance(line, Damaged) for line in mended)


def _whole(line: str, where: str, codec: str) -> str:
    """Return a line with replacement characters for what no text has."""
    if "\0" in line:
        fault = f"{where} holds a NUL: this is no table of text."
    elif _LOST in line:
        fault = f"{where} holds bytes that are no text in {codec}."
    elif not codec.startswith("utf") and (text := _as_utf8(line, codec)):
        return Damaged(text, f"{where} is in UTF-8, and others are in {codec}.")
    else:
        return line
    text = line.replace(_LOST, "\ufffd").replace("\0", "\ufffd")
    cut = isinstance(line, Damaged)
    return Damaged(text, line.fault if isinstance(line, Damaged) else fault, cut=cut)


def _as_utf8(line: str, codec: str) -> str | None:
    """Return a line of a table in an 8-bit encoding as UTF-8, if it is in that.

    Rows from many places are patched together by programs that do not look at them. What people
    write in an 8-bit encoding is next to never well-formed UTF-8 as well.
    """
    first = _FOREIGN.search(line)
    if not first or len(first.group()) < 4:
        return None
    try:
        first.group().encode(codec).decode()
        return line.encode(codec).decode()
    except UnicodeError:
        return None


def _encoding(path: Path) -> str:
    """Tell the encoding by the first block that is not ASCII; where it is not UTF-8, by all."""
    name = f"The table {shown(path)}"
    codec, sample, seen = "", b"", set[int]()
    with path.open("rb") as file:
        while (block := file.read(_BLOCK)) or not codec:
            if sample.isascii():
                sample, whole = _like_most(block), len(block) < _BLOCK
                codec = _encoding_of(sample, name, whole=whole)
            elif codec.startswith("utf-"):
                return codec
            elif new := around_new_bytes(_like_most(block), seen):
                # A byte on which the likeliest encodings may differ.
                sample += b"\n" + new
                codec = _encoding_of(sample, name, whole=True)
            seen.update(block)
            if not block:
                return codec
    return codec


def _like_most(block: bytes) -> bytes:
    """Return a block without the lines of the rarer kind, where some are UTF-8 and some not."""
    if block.startswith(_WIDE) or _is_utf8(block, whole=False):
        return block
    lines = block.split(b"\n")
    kinds = [None if line.isascii() else _is_utf8(line) for line in lines]
    rarer = kinds.count(True) < kinds.count(False)
    return b"\n".join(line for line, kind in zip(lines, kinds, strict=True) if kind is not rarer)


def _encoding_of(sample: bytes, name: str, *, whole: bool) -> str:
    """Tell the encoding of a sample. What is text, but in none for certain, is damaged UTF-8."""
    try:
        return encoding_of(sample, name=name, whole=whole, controls=True)
    except UnreadableError:
        try:
            # As characters of which none is wrong: refused only if it is no text at all.
            encoding_of(sample.decode("latin-1").encode(), name=name)
        except UnreadableError:
            pass
        else:
            return "utf-8"
        raise


def _is_utf8(data: bytes, *, whole: bool = True) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=whole)
    except UnicodeDecodeError:
        return False
    return True


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _LOST, error.end


_MARKING = "krynica.mark"
codecs.register_error(_MARKING, _mark)
