"""What a person reads when something fails: one sentence, never a traceback, never a text.

`CallError` extends the tree in `classifier.errors` by the one thing that only the service knows:
that the command was called wrongly.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator

from krynica.classifier.errors import ColumnError, KrynicaError
from krynica.service.process import DEBUG

FAILED, BAD_CALL = 1, 2
"""Exit statuses of a call that failed, and of one made wrongly."""


class CallError(KrynicaError):
    """The command was called wrongly: an impossible option, a missing column."""


def status(error: BaseException) -> int:
    """Return the exit status of a call that ended in an error."""
    return BAD_CALL if isinstance(error, CallError | ColumnError) else FAILED


def sentence(error: BaseException) -> str:
    """Say an error in one sentence.

    Messages of unforeseen errors are left out, for they may quote the article.

    Parameters
    ----------
    error
        Any error.
    """
    if isinstance(error, KrynicaError):
        return str(error)
    if isinstance(error, MemoryError):
        return "There is not enough memory for this."
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if isinstance(error.filename, str) else ""
        return f"{where}{error.strerror}."
    return f"Something unexpected went wrong ({type(error).__name__}); {DEBUG}=1 shows where."


def explain(error: BaseException) -> str:
    """Return the sentence; whoever is debugging gets the traceback on standard error first."""
    trace = where_from(error)
    if trace:
        print(trace, end="", file=sys.stderr)
    return sentence(error)


def where_from(error: BaseException) -> str | None:
    """Return the traceback of an unforeseen error for whoever set ``KRYNICA_DEBUG=1``.

    Like Python's own, with the causes, but with the messages of system errors alone: those of
    others may quote the article.
    """
    if os.environ.get(DEBUG) != "1" or isinstance(error, KrynicaError):
        return None
    blocks = []
    for one in _causes(error):
        frames = "".join(traceback.format_tb(one.__traceback__))
        message = f": {one}" if isinstance(one, (OSError, ImportError)) else ""
        name = f"{type(one).__module__}.{type(one).__qualname__}"
        blocks.append(f"Traceback (most recent call last):\n{frames}{name}{message}\n")
    return "\nwhich led to:\n\n".join(reversed(blocks))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
