"""Which version of the program this is."""

from __future__ import annotations


def version() -> str:
    """Return the version of the installed distribution; of a bare checkout, ``0+checkout``."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("krynica")
    except PackageNotFoundError:
        return "0+checkout"
