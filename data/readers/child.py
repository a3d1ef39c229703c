"""The side of the reader: a process with bounds, which answers for each document it is given."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from functools import wraps
from typing import IO, Any, ParamSpec

from krynica.data.readers.frames import read_frame, read_json, write_json

_Given = ParamSpec("_Given")


class RefusedError(Exception):
    """A document is not read; the message is the reason, one word for whoever asked."""


def refusing(
    read: Callable[_Given, dict[str, Any]],
) -> Callable[_Given, dict[str, Any]]:
    """Have a reader answer ``{"refused": reason}`` where it raises, whatever it raises.

    The reasons are that of a `RefusedError`, ``"bomb"`` for too much memory or too much of
    anything else, and ``"damaged"``.
    """

    @wraps(read)
    def answered(*args: _Given.args, **kwargs: _Given.kwargs) -> dict[str, Any]:
        try:
            return read(*args, **kwargs)
        except RefusedError as refused:
            return {"refused": str(refused)}
        except MemoryError:
            return {"refused": "bomb"}
        except Exception as error:  # noqa: BLE001  # a parser's own trees are many
            limited = "limit" in type(error).__name__.lower()
            return {"refused": "bomb" if limited else "damaged"}

    return answered


def serve(
    read: Callable[[dict[str, Any], bytes], dict[str, Any]], *, memory: int, seconds: int
) -> None:
    """Read documents from standard input until there are no more.

    Parameters
    ----------
    read
        Reads one, by what is said of it and its bytes; must not raise (`refusing`).
    memory, seconds
        Bounds of the process, as for `limit`.
    """
    given, answers = begin(memory, seconds)
    while (head := read_json(given)) is not None and (data := read_frame(given)) is not None:
        write_json(answers, read(head, data))


def begin(memory: int, seconds: int) -> tuple[IO[bytes], IO[bytes]]:
    """Bound this process; return where it is asked, and where it answers."""
    limit(memory, seconds)
    # Ctrl-C is for the program that began this one, and ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return sys.stdin.buffer, sys.stdout.buffer


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
