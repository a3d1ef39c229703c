"""Files and folders that appear only once they are whole."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def hidden(target: Path) -> Path:
    """Return the path of a hidden file beside a target, in which it may be made."""
    return target.with_name(f"{_begin(target)}{secrets.token_hex(6)}.part{target.suffix}")


def keep(part: Path, target: Path) -> None:
    """Put a finished file in a target's place, on the disk and not only in its cache.

    Raises
    ------
    OSError
        If the disk is full or the like; what was there stays.
    """
    if target.exists():
        part.chmod(target.stat().st_mode & 0o7777)
    _sync(part)
    part.replace(target)
    with suppress(OSError):  # not every file system lets a folder be synchronised
        _sync(target.parent)


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Make a folder where nothing is, under a hidden name until it is whole.

    Yields
    ------
    Path
        What is to be filled; taken away where that fails.

    Raises
    ------
    OSError
        If it cannot be written, or something is at the target by now.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield fresh
        fresh.chmod(0o755)
        fresh.rename(target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def drop(target: Path) -> None:
    """Take away a folder, all of it at once for whoever looks; or a file; of a link, the link.

    Raises
    ------
    OSError
        If it cannot be.
    """
    if target.is_symlink() or not target.is_dir():
        target.unlink()
        return
    doomed = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    target.rename(doomed)  # onto an empty folder, which it replaces
    shutil.rmtree(doomed)


def sweep(path: Path) -> None:
    """Remove what makers of a file left behind that were killed.

    Only for who knows that nobody is making it.
    """
    target = path.resolve()
    begin, end = re.escape(_begin(target)), re.escape(f".part{target.suffix}")
    left = re.compile(rf"{begin}[0-9a-f]{{12}}{end}(\.[0-9]+)?")
    for file in target.parent.iterdir():
        if left.fullmatch(file.name):
            file.unlink(missing_ok=True)


def _begin(target: Path) -> str:
    return f".{target.stem[:100]}."


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
