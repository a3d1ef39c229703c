"""Where `krynica score` takes a text from: a file, an address, or standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from krynica.classifier.errors import NothingToReadError
from krynica.data.urls import is_address

STANDARD_INPUT = "-"


def read_source(source: str, *, allow_private: bool = False) -> str:
    """Read the text of a source.

    Parameters
    ----------
    source
        Path of a file, an address, or ``-``.
    allow_private
        Whether an address may lead to this machine or a private network.

    Returns
    -------
    str
        The text; of a page, its article.

    Raises
    ------
    classifier.errors.UnreadableError
        If it is not text.
    classifier.errors.AddressError
        If the address may not be fetched, or does not answer.
    """
    if source == STANDARD_INPUT:
        from krynica.data.documents import is_document, read_document
        from krynica.data.files import decode

        if sys.stdin is None:
            raise NothingToReadError("Standard input is closed.")
        data = sys.stdin.buffer.read()
        if is_document(data):
            return read_document(data, "").text
        return decode(data, name="Standard input")
    if is_address(source):
        from krynica.data.addresses import fetch

        return fetch(source, allow_private=allow_private).text
    from krynica.data.files import read_file

    return read_file(Path(source))
