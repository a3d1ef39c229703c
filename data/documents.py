"""Articles from the bytes of a file that somebody hands over: text, pages, .docx and .pdf."""

from __future__ import annotations

from pathlib import PurePath

from krynica.classifier.errors import NothingToReadError, UnreadableError
from krynica.classifier.sentence import Sentence
from krynica.data.finding.walls import WallError
from krynica.data.pages import Page, extract, read_text
from krynica.data.readers.pool import read_once

ENDINGS: tuple[str, ...] = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")
"""What files may end in."""

_KINDS = {".docx": "docx", ".pdf": "pdf"}
_MAGIC = {b"%PDF-": "pdf", b"PK\x03\x04": "docx"}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_PAGES = frozenset({".html", ".htm", ".xhtml"})
_SECONDS = 25.0
"""Seconds a document may take; the reader stops itself after 20 of processor time."""
_HEAD = 1_024
"""Bytes in which a PDF's mark is looked for, as readers of PDF do."""

_REFUSALS = {
    "encrypted": Sentence(
        "This PDF is locked with a password. Please save it without one, or paste its text."
    ),
    "scanned": Sentence(
        "This PDF holds pictures of pages and no text. Please run it through text recognition "
        "(OCR) first, or paste the text."
    ),
    "too_long": Sentence(
        "This document is too long for one article. Please save the article alone, or paste its "
        "text."
    ),
    "bomb": Sentence(
        "This document unpacks to far more than an article, and was not read. Please paste the "
        "text."
    ),
    "slow": Sentence("This document takes too long to read. Please paste the text."),
    "damaged": Sentence("This document is damaged and cannot be read. Please paste the text."),
    "not_docx": Sentence(
        "This file is an archive and not a Word document (.docx). Please choose another, or paste "
        "the text."
    ),
    "empty": Sentence("There is no text in this document."),
}

_EMPTY = Sentence("The file is empty.")
_NO_ARTICLE = Sentence("No article could be found in this page. Please paste the text.")
_NO_TEXT = Sentence("This file is not text that can be read. Please paste the text.")


def read_document(data: bytes, name: str) -> Page:
    """Read an article from a file's bytes.

    Parameters
    ----------
    data
        All of it.
    name
        The file's name; what it ends in says how it is read.

    Returns
    -------
    Page
        With a title where a web page says it.

    Raises
    ------
    classifier.errors.NothingToReadError
        If there is no text in it.
    classifier.errors.UnreadableError
        If it is of another kind than its name says, locked, damaged, too much, or no text.
    """
    ending = PurePath(name).suffix.lower()
    if not data.strip():
        raise NothingToReadError(_EMPTY)
    kind = _kind(data, ending)
    if kind is not None:
        return Page(None, _text(kind, data))
    return _plain(data, is_page=ending in _PAGES)


def _plain(data: bytes, *, is_page: bool) -> Page:
    name = "The file"
    try:
        return extract(data, name=name) if is_page else read_text(data, name=name)
    except NothingToReadError as error:
        raise NothingToReadError(_EMPTY) from error
    except WallError:
        raise
    except UnreadableError as error:
        raise UnreadableError(_NO_ARTICLE if is_page else _NO_TEXT) from error


def _kind(data: bytes, ending: str) -> str | None:
    """Tell a document from a text, and refuse what is not as its name says."""
    if data.startswith((_OLD_OFFICE, _RTF)):
        raise UnreadableError(
            Sentence(
                "This is an old Word or rich text document. Please save it as .docx, or paste the "
                "text."
            )
        )
    found = next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), None)
    if found is None and ending == ".pdf" and b"%PDF-" in data[:_HEAD]:
        found = "pdf"
    named = _KINDS.get(ending)
    if found == named:
        return named
    if named is None and ending not in ENDINGS:
        known = ", ".join(ENDINGS)
        raise UnreadableError(
            Sentence(
                "Files that end in {endings} can be read; this one is called otherwise.",
                endings=known,
            )
        )
    raise UnreadableError(
        Sentence(
            "What is in this file is not what its name says ({ending}). Please choose another, or "
            "paste the text.",
            ending=ending,
        )
    )


def _text(kind: str, data: bytes) -> str:
    """Read a document in a process of its own, which is killed when it takes too long."""
    outcome = read_once("krynica.data.document_reader", data, seconds=_SECONDS, head={"kind": kind})
    if "text" in outcome:
        return str(outcome["text"])
    refusal = _REFUSALS.get(outcome.get("refused", ""), _REFUSALS["damaged"])
    if outcome.get("refused") == "empty":
        raise NothingToReadError(refusal)
    raise UnreadableError(refusal)
