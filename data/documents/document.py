"""Articles from the bytes of a file that somebody hands over: texts, pages, documents, mails."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from krynica.classifier.errors import NothingToReadError, UnreadableError
from krynica.classifier.sentence import Sentence
from krynica.data.documents.document_kinds import KINDS, LOCKED, OLD, kind_of
from krynica.data.documents.finding.walls import WallError
from krynica.data.documents.pages import Page, extract, finished, read_text
from krynica.data.readers.pool import read_once

ENDINGS: tuple[str, ...] = (
    *(".txt", ".md", ".html", ".htm", ".mhtml", ".mht"),
    *(".docx", ".odt", ".rtf", ".pdf", ".eml"),
)
"""What files may end in."""

_TEXTS = frozenset({".txt", ".md", ".html", ".htm", ".xhtml"})
_KNOWN = _TEXTS | KINDS.keys() | OLD
"""Endings that say what a file is; by any other the first bytes decide."""
_PAGES = frozenset({".html", ".htm", ".xhtml"})
_SECONDS = 25.0
"""Seconds a document may take; the reader stops itself after 20 of processor time."""

_REFUSALS = {
    "encrypted": LOCKED,
    "letters": Sentence(
        "The fonts of this PDF do not say which letters they are. Please run it through text "
        "recognition (OCR) first, or paste the text."
    ),
    "attached": Sentence(
        "There is nothing but attachments in this mail. Please save the one that holds the "
        "article, and choose that."
    ),
    "mailbox": Sentence(
        "This is a mailbox of several mails. Please save the one that holds the article, and "
        "choose that."
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
        The file's name; what it ends in says how a text is read, and must not belie a document.
        Without an ending, the first bytes alone decide.

    Returns
    -------
    Page
        With a title where a web page or a mail says it.

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
        return _document(kind, data)
    return _plain(data, is_page=ending in _PAGES)


def is_document(data: bytes, name: str = "") -> bool:
    """Tell what `read_document` is to read, or to refuse with advice, from texts and pages."""
    ending = PurePath(name).suffix.lower()
    try:
        return ending in KINDS or ending in OLD or kind_of(data, ending) is not None
    except UnreadableError:
        return True


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
    found, named = kind_of(data, ending), KINDS.get(ending)
    is_text = not ending or ending in _TEXTS
    if found is None and is_text:
        return None
    # Of mails nobody can say how they must begin; and one is no text, whatever its name.
    if found is None and named == "mail":
        return named
    if found is not None and (found == named or (found == "mail" and is_text)):
        return found
    if found is not None and ending not in _KNOWN:
        return found
    raise UnreadableError(_belied(found, ending))


def _belied(found: str | None, ending: str) -> Sentence:
    """Say what is wrong with the name of a file."""
    if ending not in _KNOWN:
        known = ", ".join(ENDINGS)
        return Sentence(
            "Files that end in {endings} can be read; this one is called otherwise.",
            endings=known,
        )
    if found is None:
        return Sentence(
            "What is in this file is not what its name says ({ending}). Please choose another, or "
            "paste the text.",
            ending=ending,
        )
    kind = next(one for one, reader in KINDS.items() if reader == found)
    return Sentence(
        "What is in this file is {kind}, not {ending} as its name says. Please rename it, or paste "
        "the text.",
        kind=kind,
        ending=ending,
    )


def _document(kind: str, data: bytes) -> Page:
    """Read a document in a process of its own, which is killed when it takes too long."""
    outcome = read_once(
        "krynica.data.documents.document_reader", data, seconds=_SECONDS, head={"kind": kind}
    )
    if "text" in outcome:
        return finished(Page(None, str(outcome["text"])))
    if "parts" in outcome:
        return _mail(outcome)
    refusal = _REFUSALS.get(outcome.get("refused", ""), _REFUSALS["damaged"])
    if outcome.get("refused") == "empty":
        raise NothingToReadError(refusal)
    raise UnreadableError(refusal)


def _mail(found: dict[str, Any]) -> Page:
    """Return the article of a saved page, or the texts of a mail, of which nothing is left out."""
    from krynica.data.documents.html_text import text_of_html

    parts = found["parts"]
    if found["page"] and [kind for kind, _ in parts] == ["html"]:
        try:
            return extract(parts[0][1], name="The file")
        except WallError:
            raise
        except UnreadableError as error:
            raise UnreadableError(_NO_ARTICLE) from error
    texts = (text if kind == "text" else text_of_html(text) for kind, text in parts)
    text = "\n\n".join(text.strip() for text in texts if text.strip())
    return finished(Page(found["title"], text))
