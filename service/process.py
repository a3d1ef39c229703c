"""How the process of the command line behaves: its signals, its end, and who may speak in it."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import warnings
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from types import FrameType

DEBUG = "KRYNICA_DEBUG"
"""Environment variable: ``1`` shows where an unforeseen error came from."""


def quiet_libraries() -> None:
    """Keep warnings, logs and stray errors of libraries from standard error: they may quote a text.

    Python swallows errors in callbacks and threads and prints their traceback; a Ctrl-C that was
    swallowed so is sent again.
    """
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
        os.environ.setdefault("PYTHONWARNINGS", "ignore")
    if os.environ.get(DEBUG) == "1":
        return
    logging.lastResort = None
    sys.unraisablehook = _swallowed
    threading.excepthook = lambda _: None


def _swallowed(error: Any) -> None:  # sys.UnraisableHookArgs is for stubs alone
    if issubclass(error.exc_type, KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def heed_signals() -> None:
    """Stop in good order on Ctrl-C, at once on the second; on SIGTERM end worker processes too."""
    signal.signal(signal.SIGINT, _interrupted)
    signal.signal(signal.SIGTERM, _terminated)


def _interrupted(_number: int, _frame: FrameType | None) -> NoReturn:
    signal.signal(signal.SIGINT, _at_once)
    raise KeyboardInterrupt


def _terminated(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def _at_once(number: int, _frame: FrameType | None) -> NoReturn:
    os._exit(128 + number)


def leave(status: int) -> NoReturn:
    """End the process; a Ctrl-C meanwhile changes nothing."""
    signal.signal(signal.SIGINT, _at_once)
    sys.exit(status)
