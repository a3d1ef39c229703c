"""Where `krynica score` takes a text from: a file, an address, or standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from krynica.classifier.errors import NothingToReadError
from krynica.data.documents.pages import Page, read_text
from krynica.data.documents.telegram_export import refuse_export
from krynica.data.net.urls import is_address

STANDARD_INPUT = "-"


def read_source(source: str, *, allow_private: bool = False, encoding: str | None = None) -> Page:
    """Read a source: a text, a page or a document.

    Parameters
    ----------
    source
        Path of a file, an address, or ``-``.
    allow_private
        Whether an address may lead to this machine or a private network.
    encoding
        Codec of the text, if somebody knows it better than the text.

    Returns
    -------
    Page
        The text; of a page, its article.

    Raises
    ------
    classifier.errors.UnreadableError
        If it is not text.
    classifier.errors.AddressError
        If the address may not be fetched, or does not answer.
    """
    if source == STANDARD_INPUT:
        from krynica.data.documents.document import is_document, read_document

        if sys.stdin is None:
            raise NothingToReadError("Standard input is closed.")
        data = sys.stdin.buffer.read()
        refuse_export(data, "Standard input")
        if is_document(data):
            return read_document(data, "")
        return read_text(data, name="Standard input", encoding=encoding)
    if is_address(source):
        from krynica.data.net.addresses import fetch

        return fetch(source, allow_private=allow_private, encoding=encoding)
    from krynica.data.documents.files import read_page

    return read_page(Path(source), encoding=encoding)
