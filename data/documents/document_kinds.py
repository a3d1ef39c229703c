"""What a file is by its first bytes, and what to do with one that is not read."""

from __future__ import annotations

import re

from krynica.classifier.errors import UnreadableError
from krynica.classifier.sentence import Sentence

KINDS = {
    ".docx": "docx",
    ".docm": "docx",
    ".odt": "odt",
    ".rtf": "rtf",
    ".pdf": "pdf",
    ".eml": "mail",
    ".mhtml": "mail",
    ".mht": "mail",
}
"""Endings of documents, and who reads them."""
OLD = frozenset({".doc", ".dot", ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".msg"})
"""Endings of documents that are answered with advice."""
CONTENT_TYPES = (
    *("application/pdf", "application/x-pdf", "application/rtf", "text/rtf", "application/msword"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text",
    *("message/rfc822", "multipart/related", "application/x-mimearchive"),
    *("application/octet-stream", "binary/octet-stream", "application/x-download"),
)
"""Content types under which servers give documents; of what has the last three the first bytes
decide."""

LOCKED = Sentence(
    "This document is locked with a password. Please save it without one, or paste its text."
)
_WORKBOOK = Sentence(
    "This is a workbook, not an article. Tables in .xlsx and .csv are read by krynica batch."
)

_ARCHIVE = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 1_024
"""Bytes in which a PDF's mark is looked for, as readers of PDF do."""
_MAIL_HEAD = 16_384
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:")
_MAIL = re.compile(
    rb"^(mime-version|content-type|received|message-id|return-path|delivered-to)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


def kind_of(data: bytes, ending: str = "") -> str | None:
    """Tell which reader a document is for.

    Parameters
    ----------
    data
        All of it.
    ending
        What its name ends in; a mail or a PDF with odd first bytes is believed to be one.

    Returns
    -------
    str or None
        None for what is no document: a text or a page, or a file of another kind.

    Raises
    ------
    classifier.errors.UnreadableError
        With advice, if it is a document of a kind that is not read.
    """
    if data.startswith(_OLD_OFFICE):
        raise UnreadableError(_old_office(data))
    if data.startswith(_ARCHIVE):
        return _of_archive(data)
    if data.startswith(b"%PDF-") or (ending == ".pdf" and b"%PDF-" in data[:_HEAD]):
        return "pdf"
    if data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return "rtf"
    if is_mail(data):
        return "mail"
    return None


def is_mail(data: bytes) -> bool:
    """Tell a mail, or a page saved as one, by its head."""
    text = data[:_MAIL_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    head = _BLANK_LINE.split(text, maxsplit=1)[0]
    lines = head.splitlines()
    if lines and lines[0].startswith((b"From ", b">From ")):
        lines = lines[1:]
    if len(head) == len(text) and len(text) < _MAIL_HEAD:
        return False  # nothing below it
    fields = [line for line in lines[:-1] if not line.startswith((b" ", b"\t"))]
    return len(fields) >= 1 and all(map(_FIELD.match, fields)) and bool(_MAIL.search(head))


def _of_archive(data: bytes) -> str | None:
    """Tell an office document by the names in its archive."""
    if b"word/" in data:
        return "docx"
    if b"application/vnd.oasis.opendocument.text" in data[:_HEAD]:
        return "odt"
    if b"xl/workbook" in data or b"application/vnd.oasis.opendocument.spread" in data[:_HEAD]:
        raise UnreadableError(_WORKBOOK)
    if b"ppt/presentation" in data or b"application/vnd.oasis.opendocument.pres" in data[:_HEAD]:
        raise UnreadableError(_presentation())
    return "odt" if b"content.xml" in data and b"META-INF/manifest.xml" in data else None


def _old_office(data: bytes) -> Sentence:
    """Say what to do with a file of the programs of before 2007, or one that is locked."""

    def holds(*names: str) -> bool:
        return any(name.encode("utf-16-le") in data for name in names)

    if holds("EncryptedPackage"):
        return LOCKED
    if holds("WordDocument"):
        kind, better = Sentence("an old Word document (.doc)"), ".docx"
    elif holds("Workbook", "Book"):
        return _WORKBOOK
    elif holds("PowerPoint Document"):
        return _presentation()
    elif holds("__properties_version1.0"):
        kind, better = Sentence("an Outlook message (.msg)"), ".eml"
    else:
        kind, better = Sentence("an old office document"), ".docx"
    return Sentence(
        "This is {kind}. Please save it as {better}, or paste the text.", kind=kind, better=better
    )


def _presentation() -> Sentence:
    return Sentence(
        "This is {kind}. Please save it as {better}, or paste the text.",
        kind=Sentence("a presentation"),
        better=".pdf",
    )
