"""The seam to the file system: what the operating system says, as one clear sentence."""

from __future__ import annotations

import os
from pathlib import Path


def shown(path: str | os.PathLike[str]) -> str:
    """Return a path as it can be printed: bytes that are no text become replacement signs."""
    return os.fsencode(path).decode("utf-8", "replace")


def reading_failed(path: Path, error: OSError | ValueError) -> str:
    """Say why a file could not be opened or read.

    Parameters
    ----------
    path
        The file.
    error
        What was raised. A ``ValueError`` comes of a path that no file can have.
    """
    match error:
        case FileNotFoundError():
            return f"There is no file {shown(path)}."
        case IsADirectoryError():
            return f"{shown(path)} is a folder, not a file."
        case PermissionError():
            return f"There is no permission to read {shown(path)}."
    return f"{shown(path)} could not be read: {_reason(error)}."


def writing_failed(path: Path, error: OSError) -> str:
    """Say why a file could not be written."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return f"{shown(path)} could not be written: there is no folder {shown(path.parent)}."
        case IsADirectoryError():
            return f"{shown(path)} could not be written: it is a folder."
        case PermissionError():
            return f"There is no permission to write {shown(path)}."
    return f"{shown(path)} could not be written: {_reason(error)}."


def _reason(error: Exception) -> str:
    """Return the first line of what an error says, without a closing full stop."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return str(text).strip().splitlines()[0].rstrip(".")
