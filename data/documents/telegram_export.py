"""Exports of Telegram Desktop told from articles: what to do with a file of many messages."""

from __future__ import annotations

import re

from krynica.classifier.errors import UnreadableError

EXPORTED_PAGE = (
    "is a page of a Telegram Desktop export: export the chat again as JSON, and give its "
    "result.json to krynica batch."
)
"""What to do with ``messages.html``, in which nothing tells a channel from a person."""
_EXPORTED = "is a Telegram Desktop export of many messages: krynica batch judges each of them."

_MESSAGE = re.compile(r'class="message (?:default|service) clearfix|class="page_body chat_page"')
_HEAD = 2_000
"""Bytes in which an export shows what it is."""
_BEGINS = re.compile(
    rb'\s*(?:\xef\xbb\xbf)?\s*\{.*?"(?:messages"\s*:\s*\[|chats"\s*:\s*\{'
    rb'|personal_information"\s*:|type"\s*:\s*"(?:public|private|personal|bot|saved)_)',
    re.DOTALL,
)


def is_export(data: bytes) -> bool:
    """Tell an export by how it begins."""
    return _BEGINS.match(data[:_HEAD]) is not None


def is_exported_page(html: str) -> bool:
    """Tell a page of an export that was written as HTML."""
    return 'class="page_wrap"' in html and _MESSAGE.search(html) is not None


def refuse_export(data: bytes, name: str) -> None:
    """Refuse an export where one article is wanted, and say what reads it.

    Parameters
    ----------
    data
        The file.
    name
        What to call it, at the beginning of a sentence.

    Raises
    ------
    classifier.errors.UnreadableError
        If it is one.
    """
    if is_export(data):
        raise UnreadableError(f"{name} {_EXPORTED}")
