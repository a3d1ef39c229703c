"""Text files that are read line by line, in whatever encoding they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from classifier.errors import TableError, UnreadableError
from data.codepages import around_new_bytes
from data.decoding import encoding_of
from data.seam import reading_failed, shown

_BLOCK = 1 << 20
"""Bytes by which the encoding is told: a megabyte, the first that is not plain ASCII."""


@contextmanager
def open_lines(path: Path, *, newline: str) -> Iterator[TextIO]:
    """Open a table of text for reading.

    Parameters
    ----------
    path
        The file.
    newline
        As for `open`.

    Raises
    ------
    classifier.errors.TableError
        If it cannot be read, is no text, or its encoding cannot be told with certainty.
    """
    try:
        with path.open(encoding=_encoding(path), newline=newline) as lines:
            yield lines
    except UnreadableError as error:
        raise TableError(str(error)) from error
    except UnicodeDecodeError as error:
        message = f"The table {shown(path)} holds bytes that are no text in {error.encoding}."
        raise TableError(message) from error
    except OSError as error:
        raise TableError(reading_failed(path, error)) from error


def without_nul(path: Path, lines: Iterable[str]) -> Iterator[str]:
    """Give the lines, as long as they are of text.

    Raises
    ------
    classifier.errors.TableError
        Naming the first line with a NUL, which no table of text has and most readers choke on.
    """
    for number, line in enumerate(lines, 1):
        if "\0" in line:
            raise TableError(
                f"Line {number} of {shown(path)} holds a NUL: this is no table of text."
            )
        yield line


def _encoding(path: Path) -> str:
    """Tell the encoding by the first block that is not ASCII; where it is not UTF-8, by all."""
    name = f"The table {shown(path)}"
    codec, sample, seen = "", b"", set[int]()
    with path.open("rb") as file:
        while (block := file.read(_BLOCK)) or not codec:
            if sample.isascii():
                sample, whole = block, len(block) < _BLOCK
                codec = encoding_of(sample, name=name, whole=whole, controls=True)
            elif codec.startswith("utf-"):
                return codec
            elif new := around_new_bytes(block, seen):
                # A byte on which the likeliest encodings may differ.
                sample += b"\n" + new
                codec = encoding_of(sample, name=name, controls=True)
            seen.update(block)
            if not block:
                return codec
    return codec
