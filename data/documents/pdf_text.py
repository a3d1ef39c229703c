"""The text of a PDF: its lines joined to paragraphs, its columns read one after the other.

A PDF need not say which letters its signs are. Where it does not, Cyrillic that shows as Western
letters is put right where that is certain; else the document is refused, not judged.
"""

from __future__ import annotations

import io
import re
from typing import Any

from krynica.data.documents.letters import is_cipher
from krynica.data.documents.mending import mended
from krynica.data.documents.pdf_columns import LINES, Drawn, by_column
from krynica.data.readers.child import RefusedError

PAGES = 500
CHARACTERS = 4_000_000
_UNKNOWN = 0.2
"""Share of the text drawn with fonts that keep their letters to themselves from which on it cannot
be read. Formulas and lists' bullets are drawn so in documents that can."""

_WORDS = 10
"""Words a page, below which pages that each hold a picture are scans: programs that scan put their
name or the number of the page below it."""
_GAP = re.compile(r"\S {3,}\S")
"""What stands between two columns where each line of both is one piece of text."""
_ENDS = re.compile(r"[.!?…:;»”\"')]\s*$")
_HYPHEN = re.compile(r"(?<=\w)[-\u00ad\u2010]$")


def read_pdf(data: bytes) -> str:
    """Return the text of a PDF's pages.

    Raises
    ------
    data.readers.child.RefusedError
        If it is locked, too long, a scan, or its letters cannot be told.
    """
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(data))
    # Many are locked against change alone, and open with an empty password.
    if reader.is_encrypted and not reader.decrypt(""):
        raise RefusedError("encrypted")
    if len(reader.pages) > PAGES:
        raise RefusedError("too_long")
    found: list[str] = []
    fonts, pictures = _Fonts(), 0
    for page in reader.pages:
        found.append(_page(page, fonts))
        pictures += _has_picture(page)
        if sum(map(len, found)) > CHARACTERS:
            raise RefusedError("too_long")
    text = "\n".join(found)
    if not fonts.all or (pictures == len(found) and len(text.split()) < _WORDS * len(found)):
        raise RefusedError("scanned" if found else "empty")
    text = joined(mended(text))
    if fonts.unknown > _UNKNOWN * fonts.all or is_cipher(text):
        raise RefusedError("letters")
    return text


class _Fonts:
    """Counts characters by what their fonts say of them."""

    def __init__(self) -> None:
        self.all = self.unknown = 0

    def count(self, text: str, _cm: Any, _tm: Any, font: Any, _size: Any) -> None:
        self.all += len(text.strip())
        if font is not None and _is_unknown(font):
            self.unknown += len(text.strip())


def _is_unknown(font: Any) -> bool:
    """Tell a font whose letters are numbers of its own, with no word on what they mean."""
    if font.get("/Subtype") != "/Type0" or "/ToUnicode" in font:
        return False
    if not str(font.get("/Encoding", "")).startswith("/Identity"):
        return False
    inner = font["/DescendantFonts"][0].get_object()
    return str(inner.get("/CIDSystemInfo", {}).get("/Ordering", "")) == "Identity"


def _has_picture(page: Any) -> bool:
    from pypdf.generic import DictionaryObject

    found = page.get("/Resources", DictionaryObject()).get_object()
    objects = found.get("/XObject", DictionaryObject()).get_object()
    return any(one.get_object().get("/Subtype") == "/Image" for one in objects.values())


def _page(page: Any, fonts: _Fonts) -> str:
    drawn = Drawn()
    text = page.extract_text(visitor_text=fonts.count, visitor_operand_before=drawn.note)
    if drawn.may_alternate or len(_GAP.findall(text)) >= LINES:
        columns = by_column(page.extract_text(extraction_mode="layout"))
        if columns is not None:
            return columns
    return str(text)


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
