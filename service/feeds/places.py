"""What a feed may be called on the command line: a file, an address, a site, a channel."""

from __future__ import annotations

import os

from krynica.classifier.errors import AddressError
from krynica.data.documents.telegram import channel_address
from krynica.data.net.urls import is_address
from krynica.data.outlets import host_of, is_registered


def as_place(word: str) -> str:
    """Return the address that a word stands for; of a file, the word.

    Examples
    --------
    >>> as_place("t.me/dzien"), as_place("gazeta.by"), as_place("feed.xml")
    ('https://t.me/s/dzien', 'https://gazeta.by', 'feed.xml')
    """
    if not is_address(word) and os.path.exists(word):  # noqa: PTH110  # which never raises
        return word
    try:
        channel = channel_address(word)
    except AddressError:
        return word if is_address(word) else f"https://{word}"  # reading it says what it is not
    if channel is not None:
        return channel
    is_host = not is_address(word) and host_of(word) is not None and is_registered(word)
    return f"https://{word}" if is_host else word
