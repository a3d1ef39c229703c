"""The text of one document on standard input: run in a process of its own, for documents lie.

Writes one JSON object: what a format's module found, or ``{"refused": reason}`` with a reason of
`data.documents`. It imports next to nothing of this program, so that it starts fast and holds
little.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from krynica.data.apart import limit
from krynica.data.unread import RefusedError

MEMORY = 768_000_000
"""Bytes of address space. A report of 400 pages with pictures is read in 200 million."""
SECONDS = 20
"""Seconds of processor time. The same report takes six."""
CHARACTERS = 4_000_000


def _docx(data: bytes) -> dict[str, Any]:
    from krynica.data.docx_text import read_docx

    return {"text": read_docx(data)}


def _odt(data: bytes) -> dict[str, Any]:
    from krynica.data.odt_text import read_odt

    return {"text": read_odt(data)}


def _rtf(data: bytes) -> dict[str, Any]:
    from krynica.data.rtf_text import read_rtf

    return {"text": read_rtf(data)}


def _pdf(data: bytes) -> dict[str, Any]:
    from krynica.data.pdf_text import read_pdf

    return {"text": read_pdf(data)}


def _mail(data: bytes) -> dict[str, Any]:
    from krynica.data.mail_text import read_mail

    return read_mail(data)


READERS: dict[str, Callable[[bytes], dict[str, Any]]] = {
    "docx": _docx,
    "odt": _odt,
    "rtf": _rtf,
    "pdf": _pdf,
    "mail": _mail,
}


def read(kind: str, data: bytes) -> dict[str, Any]:
    """Read a document; a failure of whatever kind is a reason."""
    try:
        found = READERS[kind](data)
    except RefusedError as refused:
        return {"refused": str(refused)}
    except MemoryError:
        return {"refused": "bomb"}
    except Exception as error:  # noqa: BLE001  # a parser's own trees are many; all mean the same
        limited = "limit" in type(error).__name__.lower()
        return {"refused": "bomb" if limited else "damaged"}
    text = found["text"] if "text" in found else "".join(part for _, part in found["parts"])
    if not text.strip():
        return {"refused": "empty"}
    return found if len(text) <= CHARACTERS else {"refused": "too_long"}


def main() -> None:
    """Read standard input, write the outcome."""
    limit(MEMORY, SECONDS)
    outcome = read(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(outcome).encode("ascii"))


if __name__ == "__main__":
    main()
