"""The text of one document: read in a process of its own, for documents lie.

It answers ``{"text": …}``, or ``{"refused": reason}`` with a reason of `data.documents`. It
imports next to nothing of this program, so that it starts fast and holds little.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from krynica.data.readers.child import RefusedError, refusing, serve

MEMORY = 768_000_000
"""Bytes of address space. A report of 400 pages with pictures is read in 200 million."""
SECONDS = 20
"""Seconds of processor time. The same report takes six."""
PAGES = 500
UNPACKED = 64_000_000
"""Bytes that an office document may unpack to; one of 500 pages unpacks to three million."""
CHARACTERS = 4_000_000

_ENDS = re.compile(r"[.!?…:;»”\"')]\s*$")
_HYPHEN = re.compile(r"(?<=\w)[-\u00ad\u2010]$")


def read_docx(data: bytes) -> str:
    """Return the paragraphs and the cells of an office document."""
    import docx
    from docx.table import Table

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise RefusedError("not_docx") from error
    if len(entries) > 10_000 or sum(entry.file_size for entry in entries) > UNPACKED:
        raise RefusedError("bomb")
    if "word/document.xml" not in {entry.filename for entry in entries}:
        raise RefusedError("not_docx")
    document = docx.Document(io.BytesIO(data))
    found = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            found += [" · ".join(_cells(row.cells)) for row in block.rows]
        else:
            found.append(block.text)
    return "\n\n".join(line.strip() for line in found if line.strip())


def _cells(cells: tuple[object, ...]) -> Iterator[str]:
    last = None
    for cell in cells:
        text = str(getattr(cell, "text", "")).strip()
        if text and cell is not last:
            yield " ".join(text.split())
        last = cell


def read_pdf(data: bytes) -> str:
    """Return the text of a PDF's pages, lines joined to paragraphs again."""
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(data))
    # Many are locked against change alone, and open with an empty password.
    if reader.is_encrypted and not reader.decrypt(""):
        raise RefusedError("encrypted")
    if len(reader.pages) > PAGES:
        raise RefusedError("too_long")
    found: list[str] = []
    for page in reader.pages:
        found.append(page.extract_text())
        if sum(map(len, found)) > CHARACTERS:
            raise RefusedError("too_long")
    text = joined("\n".join(found))
    if not any(map(str.isalpha, text)):
        raise RefusedError("scanned" if reader.pages else "empty")
    return text


def joined(text: str) -> str:
    """Join the lines of a page to paragraphs.

    A line ends a paragraph where it is blank, or where it ends a sentence and is clearly shorter
    than the lines of its page.
    """
    lines = [line.strip() for line in text.replace("\x00", "").splitlines()]
    lengths = sorted(len(line) for line in lines if line)
    usual = lengths[int(len(lengths) * 0.8)] if lengths else 0
    found, current = [], ""
    for line in lines:
        if _HYPHEN.search(current) and line[:1].islower():
            current = current[:-1] + line
        else:
            current = f"{current} {line}".strip()
        if not line or (len(line) < 0.8 * usual and _ENDS.search(line)):
            found.append(current)
            current = ""
    return "\n\n".join(one for one in [*found, current] if one)


READERS = {"docx": read_docx, "pdf": read_pdf}


@refusing
def read(head: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Read a document of the ``kind`` of its head; a failure of whatever kind is a reason."""
    text = READERS[head["kind"]](data)
    if not text.strip():
        raise RefusedError("empty")
    if len(text) > CHARACTERS:
        raise RefusedError("too_long")
    return {"text": text}


if __name__ == "__main__":
    serve(read, memory=MEMORY, seconds=SECONDS)
