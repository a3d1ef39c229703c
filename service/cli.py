"""The command ``krynica``: from its words to its exit status. The verbs are in `service.app`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from krynica.service.errors import FAILED
from krynica.service.process import heed_signals, leave, quiet_libraries
from krynica.service.terminal import flush_or_forget, prepare_streams, say

_RESUMING = frozenset({"batch", "feed", "collect", "train"})
"""Verbs that keep what they have done."""
INTERRUPTED = 130
"""Exit status of what a person stopped; see `service.errors` for the others."""


def run(arguments: Sequence[str]) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments
        Words after ``krynica``.

    Returns
    -------
    int
        Exit status: 0 all done; 1 something could not be; 2 the command was called wrongly; 130
        stopped by the person. Whatever happens, what is said of it is one line.
    """
    prepare_streams()
    quiet_libraries()
    try:
        from krynica.service.app import app

        app(list(arguments), prog_name="krynica")
        status = 0
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 0
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:
        status = FAILED
    except Exception as error:  # noqa: BLE001  # no traceback reaches a user
        status = _explain(error)
    if status == INTERRUPTED:
        say(_stopped(arguments))
    return status if flush_or_forget() else status or FAILED


def _stopped(arguments: Sequence[str]) -> str:
    resumes = {*arguments[:1]} & _RESUMING and "--check" not in arguments
    return "Stopped. The same command resumes where it was." if resumes else "Stopped."


def _explain(error: Exception) -> int:
    from krynica.service.errors import explain, status

    say(explain(error))
    return status(error)


def main() -> None:
    """Run the command line and leave with its exit status: the entry point."""
    heed_signals()
    try:
        status = run(sys.argv[1:])
    except KeyboardInterrupt:
        status = INTERRUPTED
    leave(status)


if __name__ == "__main__":
    main()
