"""Standard output and standard error: what may reach them, and how they are made safe."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path
from typing import TextIO

_HARMFUL = frozenset({"Cc", "Cf"})
"""Unicode categories that can command a terminal, turn the direction of a line, or hide."""
_NO_CHARACTER = frozenset({"Cs", "Co", "Cn"})
"""Unicode categories that stand for nothing that can be printed."""


class _Safe(dict[str, str]):
    """What stands for each character, remembered."""

    def __missing__(self, c: str) -> str:
        if c.isspace():
            safe = " "
        elif unicodedata.category(c) in _HARMFUL:
            safe = ""
        else:
            safe = "\ufffd" if unicodedata.category(c) in _NO_CHARACTER else c
        self[c] = safe
        return safe


_SAFE = _Safe({"\n": "\n"})


def one_line(text: str) -> str:
    """Return a text on one line without anything that could command a terminal.

    White space becomes single spaces; control and formatting characters (escape sequences, marks
    that turn the direction of writing) go.
    """
    return " ".join(visible(text).split())


def indented(line: str) -> str:
    """Return a line as `one_line` does, with the spaces that it begins with."""
    return line[: len(line) - len(line.lstrip(" "))] + one_line(line)


def visible(text: str) -> str:
    """Return a text without control characters, its spaces and line breaks as they are."""
    return "".join(_SAFE[c] for c in text)


def say(message: str) -> None:
    """Say one line to the person, on standard error."""
    print(f"krynica: {one_line(message)}", file=sys.stderr, flush=True)


def prepare_streams() -> None:
    """Make sure that no character and no closed stream can stop the program."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # to the end
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def use_utf8(stream: TextIO) -> None:
    """Write UTF-8 whatever the locale says: JSON is UTF-8."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def flush_or_forget() -> bool:
    """Write out what is buffered.

    Returns
    -------
    bool
        False where nobody reads any more, or the disk is full; the rest is then forgotten, so
        that Python does not complain about it while it shuts down.
    """
    done = True
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            done = False
            _forget(stream)
    return done


def _forget(stream: TextIO) -> None:
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return
