"""The text of one document: read in a process of its own, for documents lie.

It answers what a format's module found, or ``{"refused": reason}`` with a reason of
`data.documents.document`. It imports next to nothing of this program, so that it starts fast and
holds little.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from krynica.data.readers.child import RefusedError, refusing, serve

MEMORY = 768_000_000
"""Bytes of address space. A report of 400 pages with pictures is read in 200 million."""
SECONDS = 20
"""Seconds of processor time. The same report takes six."""
CHARACTERS = 4_000_000


def _docx(data: bytes) -> dict[str, Any]:
    from krynica.data.documents.docx_text import read_docx

    return {"text": read_docx(data)}


def _odt(data: bytes) -> dict[str, Any]:
    from krynica.data.documents.odt_text import read_odt

    return {"text": read_odt(data)}


def _rtf(data: bytes) -> dict[str, Any]:
    from krynica.data.documents.rtf_text import read_rtf

    return {"text": read_rtf(data)}


def _pdf(data: bytes) -> dict[str, Any]:
    from krynica.data.documents.pdf_text import read_pdf

    return {"text": read_pdf(data)}


def _mail(data: bytes) -> dict[str, Any]:
    from krynica.data.documents.mail_text import read_mail

    return read_mail(data)


READERS: dict[str, Callable[[bytes], dict[str, Any]]] = {
    "docx": _docx,
    "odt": _odt,
    "rtf": _rtf,
    "pdf": _pdf,
    "mail": _mail,
}


@refusing
def read(head: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Read a document of the ``kind`` of its head; a failure of whatever kind is a reason."""
    found = READERS[head["kind"]](data)
    text = found["text"] if "text" in found else "".join(part for _, part in found["parts"])
    if not text.strip():
        raise RefusedError("empty")
    if len(text) > CHARACTERS:
        raise RefusedError("too_long")
    return found


if __name__ == "__main__":
    serve(read, memory=MEMORY, seconds=SECONDS)
