"""The text of a Word document: of its XML, as its reader would see it with all changes accepted.

Insertions and moves that were tracked are read, deletions are not. Content controls, links,
tables, text boxes and formulas are read where they stand, footnotes and endnotes after the text.
Headers, footers, comments and hidden text are no part of the article. `python-docx` gives none of
insertions, content controls, text boxes and footnotes.
"""

from __future__ import annotations

import posixpath
from typing import Any

from krynica.data.documents.office import Package, local, row, text_of, value
from krynica.data.readers.child import RefusedError

_GONE = frozenset({"del", "moveFrom", "pPr", "rPr", "sdtPr", "tblPr", "tblGrid", "rt", "sectPr"})
"""What is not read: what was deleted, and what tells of layout."""
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_OFF = frozenset({"0", "false", "off", "none"})


def read_docx(data: bytes) -> str:
    """Return the paragraphs of a Word document and the rows of its tables.

    Raises
    ------
    data.readers.child.RefusedError
        If it is another kind of document, locked, or too much.
    """
    package = Package(data)
    name = _related(package, "", "officeDocument") or "word/document.xml"
    root = package.xml(name)
    if root is None or local(root) != "document":
        raise RefusedError("damaged")
    text = _Text()
    text.read(root)
    blocks = text.blocks
    for kind in ("footnotes", "endnotes"):
        part = _related(package, name, kind)
        notes = package.xml(part) if part else None
        if notes is not None:
            by_id = {value(note, "id"): note for note in notes}
            for number in text.notes[kind]:
                if number in by_id:
                    note = _Text()
                    note.read(by_id[number])
                    blocks += note.blocks
    return text_of(blocks)


def _related(package: Package, part: str, kind: str) -> str | None:
    """Return the name of the part that another points to."""
    folder, name = posixpath.split(part)
    relations = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    if relations is None:
        return None
    for relation in relations:
        if value(relation, "Type").endswith(f"/{kind}"):
            return posixpath.normpath(posixpath.join("/", folder, value(relation, "Target")))[1:]
    return None


class _Text:
    """Paragraphs as they are found.

    Attributes
    ----------
    blocks
        Paragraphs and rows of tables.
    notes
        Numbers of the notes that are referred to, by their kind.
    """

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.notes: dict[str, list[str]] = {"footnotes": [], "endnotes": []}
        self._open = ""

    def read(self, element: Any) -> None:
        """Read an element that holds paragraphs."""
        for child in element:
            name = local(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name == "AlternateContent":
                self.read(_choice(child))
            elif name not in _GONE:
                self.read(child)
        self._close()

    def _paragraph(self, element: Any) -> None:
        pieces: list[str] = []
        boxes: list[Any] = []
        self._runs(element, pieces, boxes)
        self._open += "".join(pieces)
        # A paragraph whose end was deleted goes on in the next.
        if not element.xpath("./*[local-name()='pPr']/*[local-name()='rPr']/*[local-name()='del']"):
            self._close()
        for box in boxes:
            self.read(box)

    def _close(self) -> None:
        if self._open.strip():
            self.blocks.append(self._open)
        self._open = ""

    def _runs(self, element: Any, pieces: list[str], boxes: list[Any]) -> None:
        for child in element:
            name = local(child)
            if name == "t":
                pieces.append(child.text or "")
            elif name in _SIGNS:
                pieces.append(_SIGNS[name])
            elif name in _NOTES:
                self.notes[_NOTES[name]].append(value(child, "id"))
            elif name == "txbxContent":
                boxes.append(child)
            elif name == "AlternateContent":
                self._runs(_choice(child), pieces, boxes)
            elif name not in _GONE and not (name == "r" and _is_hidden(child)):
                self._runs(child, pieces, boxes)

    def _table(self, element: Any) -> None:
        self._close()
        for line in _within(element, "tr"):
            if line.xpath("./*[local-name()='trPr']/*[local-name()='del']"):
                continue
            cells = []
            for cell in _within(line, "tc"):
                inner = _Text()
                inner.notes = self.notes
                inner.read(cell)
                cells.append([block for block in inner.blocks if block.strip()])
            self.blocks += row([cell for cell in cells if cell])


def _within(element: Any, name: str) -> list[Any]:
    """Return rows of a table, or cells of a row, also where a content control holds them."""
    found: list[Any] = []
    for child in element:
        if local(child) == name:
            found.append(child)
        elif local(child) in {"sdt", "sdtContent", "ins", "moveTo", "customXml"}:
            found += _within(child, name)
    return found


def _choice(element: Any) -> Any:
    """Return one of the forms in which a drawing is kept for newer and older programs."""
    forms = {local(child): child for child in reversed(element)}
    first, second = forms.get("Choice"), forms.get("Fallback")
    if first is None or (second is not None and not first.xpath(".//*[local-name()='t']")):
        return second if second is not None else ()
    return first


def _is_hidden(run: Any) -> bool:
    marks = run.xpath("./*[local-name()='rPr']/*[local-name()='vanish']")
    return any(value(mark, "val") not in _OFF for mark in marks)
