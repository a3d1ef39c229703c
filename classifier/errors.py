"""Everything that can go wrong, as one tree. Each message is one clear sentence.

::

    KrynicaError
    ├── UnreadableError      the source cannot be read as text: binary, wrong encoding, no text
    │   └── NothingToReadError   empty or blank
    ├── TableError           a table that cannot be read, or is none
    │   └── ColumnError          it lacks a column, or a label, that was asked for
    ├── CorpusError          a labelled corpus that cannot be trained on or evaluated honestly
    ├── ModelFolderError     a model folder that was changed, is incomplete, or is of another format
    └── AddressError         an address that may not be fetched, or could not be
        ├── UnreachableError     nobody answered, or not to the end
        │   ├── UnknownHostError     nobody knows the host's name
        │   └── GivenUpError         nobody was asked: the host failed before, or wants to be alone
        └── StatusError          the server answered that it will not

Low-level errors (``OSError``, ``UnicodeDecodeError``, ``pyarrow.ArrowInvalid`` …) are translated
into these at the seam where the file or the network is touched, with ``raise … from``.
"""

from __future__ import annotations


class KrynicaError(Exception):
    """Base of all errors that are meant to be read by a person."""


class UnreadableError(KrynicaError):
    """The source is not text that can be read."""


class NothingToReadError(UnreadableError):
    """The text is empty or blank."""


class TableError(KrynicaError):
    """A table that cannot be read, or lacks a column that was asked for."""


class ColumnError(TableError):
    """A table that lacks a column, or a label, that was asked for."""


class CorpusError(KrynicaError):
    """A labelled corpus that cannot be used honestly."""


class ModelFolderError(KrynicaError):
    """A model folder that is not exactly what its checksums and its format say."""


class AddressError(KrynicaError):
    """An address that may not be fetched, or that did not give an article."""


class UnreachableError(AddressError):
    """An address that gave no answer, or not all of it, in time."""


class UnknownHostError(UnreachableError):
    """An address whose host's name nobody knows, here and now."""


class GivenUpError(UnreachableError):
    """An address that was not asked for: its host failed before, or wants to be left alone."""


class StatusError(AddressError):
    """An address whose server answered with a status that is no success.

    Parameters
    ----------
    message
        One sentence.
    status
        Of HTTP.
    wait
        Seconds after which the server wants to be asked again, where it says so.
    """

    def __init__(self, message: str, status: int = 0, wait: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.wait = wait
