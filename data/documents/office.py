"""What office documents have in common: archives of XML, opened without trust."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from krynica.data.readers.child import RefusedError

UNPACKED = 64_000_000
"""Bytes that an office document may unpack to; one of 500 pages unpacks to three million."""
ENTRIES = 10_000

_LOCKED = 0x1
"""Flag of an entry of an archive that wants a password."""


class Package:
    """The parts of a document.

    Parameters
    ----------
    data
        The archive. What its directory says of sizes bounds what is unpacked.

    Raises
    ------
    data.readers.child.RefusedError
        If it is none, or unpacks to more than a document would.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise RefusedError("damaged") from error
        entries = self._archive.infolist()
        if len(entries) > ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED:
            raise RefusedError("bomb")
        if any(entry.flag_bits & _LOCKED for entry in entries):
            raise RefusedError("encrypted")
        self._names = {entry.filename for entry in entries}

    def xml(self, name: str) -> Any | None:
        """Return the root of a part, or None if there is no such part."""
        from lxml import etree

        if name not in self._names:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True
        )
        return etree.fromstring(self._archive.read(name), parser)


def local(element: Any) -> str:
    """Return the name of an element without its namespace; nothing for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: Any, name: str, default: str = "") -> str:
    """Return an attribute by its name, whatever its namespace."""
    found = (text for key, text in element.attrib.items() if key.rpartition("}")[2] == name)
    return str(next(found, default))


def row(cells: Sequence[list[str]]) -> list[str]:
    """Return a row of a table as one line, or its cells' paragraphs where they hold several.

    Pages are laid out with tables, too: an article in a cell keeps its paragraphs.
    """
    if any(len(cell) > 1 for cell in cells):
        return [text for cell in cells for text in cell]
    return [" · ".join(" ".join(text.split()) for cell in cells for text in cell)]


def text_of(blocks: Sequence[str]) -> str:
    """Return paragraphs as one text."""
    return "\n\n".join(block.strip() for block in blocks if block.strip())
