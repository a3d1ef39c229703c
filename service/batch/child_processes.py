"""Processes that are started here: they are silent, and they end when this one does."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

DIED = (
    "A worker process died, probably for lack of memory; the same command resumes, with "
    "fewer workers if need be."
)


@contextmanager
def silent_children() -> Iterator[None]:
    """Start processes here without standard error.

    Ctrl-C reaches every process of a terminal; while they start they would all answer with a
    traceback.
    """
    try:
        kept = os.dup(2)
    except OSError:
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def begin_work(parent: int) -> None:
    """Prepare a worker process: Ctrl-C is not for it, and it ends when its parent does.

    joblib's workers would outlive a killed parent by five minutes.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
