"""Why a document is not read: raised by its reader, told in a sentence by `data.documents`."""

from __future__ import annotations


class RefusedError(Exception):
    """The document is not read; the message is a reason of `data.documents`."""
