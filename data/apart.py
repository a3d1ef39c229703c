"""Readers of what strangers sent, each in a process of its own with bounds, for files lie.

The reader is a module that calls `limit`, reads standard input and writes one JSON object: what
it found, or ``{"refused": reason}``. It gets no more time and memory than it should need, and
whatever becomes of it, there is an answer.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from krynica import PACKAGE


def read_apart(module: str, *words: str, data: bytes, seconds: float) -> dict[str, Any]:
    """Have a module read bytes.

    Parameters
    ----------
    module, words
        What is run, with which arguments.
    data
        Its standard input.
    seconds
        After which it is stopped, whether it works or waits.

    Returns
    -------
    dict
        What it wrote; ``{"refused": "slow"}`` or ``{"refused": "bomb"}`` where it was stopped.
    """
    try:
        done = subprocess.run(  # noqa: S603  # our own module, by this very interpreter
            [sys.executable, "-B", "-m", module, *words],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=PACKAGE.parent,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"refused": "slow"}
    try:
        outcome: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        # Killed by its limits: by that of time with a signal, by that of memory in many ways.
        return {"refused": "slow" if done.returncode < 0 else "bomb"}
    return outcome


def limit(memory: int, seconds: int) -> None:
    """Bound this process, where the system can.

    Parameters
    ----------
    memory
        Bytes of address space.
    seconds
        Of processor time.
    """
    try:
        import resource
    except ImportError:  # Windows; there the clock alone bounds it
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (least, least))
