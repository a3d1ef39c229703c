"""In which encoding a table of text is, also where its rows are not all in the same."""

from __future__ import annotations

import codecs
from pathlib import Path

from krynica.classifier.errors import UnreadableError
from krynica.data.codepages import around_new_bytes
from krynica.data.decoding import encoding_of
from krynica.data.messages import shown

_BLOCK = 1 << 20
"""Bytes by which the encoding is told: a megabyte, the first that is not plain ASCII."""

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
"""Byte order marks of encodings in which a line feed is not one byte."""


def table_encoding(path: Path) -> str:
    """Tell the encoding by the first block that is not ASCII; where it is not UTF-8, by all.

    Returns
    -------
    str
        Name of a Python codec: ``utf-8`` also where no encoding is certain, so that every line
        that is not in it is known.

    Raises
    ------
    classifier.errors.UnreadableError
        If the file is no text.
    """
    name = f"The table {shown(path)}"
    codec, sample, seen = "", b"", set[int]()
    with path.open("rb") as file:
        while (block := file.read(_BLOCK)) or not codec:
            if sample.isascii():
                sample, whole = _like_most(block), len(block) < _BLOCK
                codec = _encoding_of(sample, name, whole=whole)
            elif codec.startswith("utf-"):
                return codec
            elif around_new_bytes(block, seen):
                # A byte on which the likeliest encodings may differ.
                new = around_new_bytes(_like_most(block), seen)
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
    kept = b"\n".join(line for line, kind in zip(lines, kinds, strict=True) if kind is not rarer)
    # What only now stands first is no mark of a byte order.
    return b"\n" + kept if kept.startswith(_WIDE) else kept


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
        codecs.utf_8_decode(data, "strict", whole)
    except UnicodeDecodeError:
        return False
    return True
