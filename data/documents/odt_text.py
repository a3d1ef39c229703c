"""The text of an OpenDocument text: of its XML, as its reader sees it with all changes accepted.

What was deleted stands apart in the file and is not read; neither are comments, headers and
footers. Tables, lists, sections and text boxes are read where they stand, footnotes and endnotes
after the text.
"""

from __future__ import annotations

import re
from typing import Any

from krynica.data.documents.office import Package, local, row, text_of, value
from krynica.data.readers.child import RefusedError

_GONE = frozenset(
    {
        *("tracked-changes", "annotation", "forms", "sequence-decls", "variable-decls"),
        *("user-field-decls", "note-citation", "ruby-text", "hidden-text", "hidden-paragraph"),
        *("title", "desc", "event-listeners", "script", "object", "object-ole", "image"),
    }
)
"""What is not read: what was deleted, and what no reader of the page sees."""
_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 100


def read_odt(data: bytes) -> str:
    """Return the paragraphs of an OpenDocument text and the rows of its tables.

    Raises
    ------
    data.readers.child.RefusedError
        If it is another kind of document, locked, or too much.
    """
    package = Package(data)
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and manifest.xpath(".//*[contains(local-name(), 'encryption')]"):
        raise RefusedError("encrypted")
    root = package.xml("content.xml")
    body = None if root is None else root.xpath("./*[local-name()='body']/*[local-name()='text']")
    if not body:
        raise RefusedError("damaged")
    text = _Text()
    text.read(body[0])
    return text_of([*text.blocks, *text.notes])


class _Text:
    """Paragraphs as they are found, and notes apart."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.notes: list[str] = []

    def read(self, element: Any) -> None:
        """Read an element that holds paragraphs."""
        for child in element:
            name = local(child)
            if name in {"p", "h"}:
                pieces: list[str] = []
                boxes: list[Any] = []
                self._spans(child, pieces, boxes)
                self.blocks.append("".join(pieces))
                for box in boxes:
                    self.read(box)
            elif name == "table-row":
                self.blocks += row(self._cells(child))
            elif name not in _GONE:
                self.read(child)

    def _spans(self, element: Any, pieces: list[str], boxes: list[Any]) -> None:
        pieces.append(_SPACE.sub(" ", element.text or ""))
        for child in element:
            name = local(child)
            if name == "s":
                count = value(child, "c", "1")
                pieces.append(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))
            elif name == "tab":
                pieces.append(" ")
            elif name == "line-break":
                pieces.append("\n")
            elif name == "note":
                self._note(child)
            elif name == "text-box":
                boxes.append(child)
            elif name and name not in _GONE:
                self._spans(child, pieces, boxes)
            pieces.append(_SPACE.sub(" ", child.tail or ""))

    def _note(self, element: Any) -> None:
        inner = _Text()
        inner.read(element)
        self.notes += inner.blocks + inner.notes

    def _cells(self, element: Any) -> list[list[str]]:
        cells = []
        for child in element:
            if local(child) in {"table-cell", "covered-table-cell"}:
                inner = _Text()
                inner.read(child)
                cells.append([block for block in inner.blocks if block.strip()])
                self.notes += inner.notes
        return [cell for cell in cells if cell]
