"""Articles from files: plain text, Markdown, saved web pages, documents and mails."""

from __future__ import annotations

import os
from pathlib import Path

from krynica.classifier.errors import UnreadableError
from krynica.classifier.not_prose import by_ending
from krynica.data.decoding import decode
from krynica.data.documents.document import is_document, read_document
from krynica.data.documents.pages import Page, extract, read_text
from krynica.data.documents.telegram_export import refuse_export
from krynica.data.messages import reading_failed, shown

__all__ = ["decode", "read_bounded", "read_file", "read_page"]

_MOST = 10_000_000
"""Bytes, as an address may give."""

_PAGES = frozenset({".html", ".htm", ".xhtml"})


def read_file(path: str | os.PathLike[str]) -> str:
    """Read the text of an article.

    Parameters
    ----------
    path
        A file. ``.html``, ``.htm`` and ``.xhtml`` are read as web pages, documents and mails as
        their first bytes say, everything else as plain text.

    Returns
    -------
    str
        The text; of plain files every character of it, line ends included.

    Raises
    ------
    classifier.errors.NothingToReadError
        If it is empty or blank.
    classifier.errors.UnreadableError
        If it is missing, not a file, not text, or a page without an article.
    """
    return read_page(path).text


def read_page(path: str | os.PathLike[str], *, encoding: str | None = None) -> Page:
    """Read an article with its title, where the file says it: only web pages do.

    A page is told by how it begins, whatever the file is called. Parameters and errors are those
    of `read_file`; `encoding` is the codec of the text, if somebody knows it better than the text.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise UnreadableError(reading_failed(path, error)) from error
    if is_document(data, path.name):
        return read_document(data, path.name)
    name = f"The file {shown(path)}"
    refuse_export(data, name)
    if path.suffix.lower() in _PAGES:
        return extract(data, name=name, encoding=encoding)
    other = by_ending(path.name)
    if other is not None:
        raise UnreadableError(other)
    return read_text(data, name=name, encoding=encoding)


def read_bounded(path: Path, most: int = _MOST) -> bytes:
    """Return the bytes of a file that strangers wrote.

    Raises
    ------
    classifier.errors.UnreadableError
        If there is none, or it has more than so many.
    """
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        raise UnreadableError(reading_failed(path, error)) from error
    if len(data) > most:
        raise UnreadableError(f"{shown(path)} is larger than {most / 1e6:g} MB.")
    return data
