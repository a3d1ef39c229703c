"""Versions of the model folder's format.

Policy:

- What a reader of today's number would not misread comes without a new number: another key of
  ``manifest.json``, another array in a language's ``.npz``, another file that ``SHA256SUMS``
  lists. Readers pass over what they do not know, and take a default for what is missing.
- The number is raised where a key, a file or an array changes its meaning, its unit or its name,
  or goes, and where answers would differ if a newer one were passed over.
- Another number is refused with a sentence that says what to do.

::

    3    judges how a text reads: an encoder, words and style, levels from 0 to 4
    2    judged which outlets an article is like; cannot be brought up
    1    the same
"""

from __future__ import annotations

from pathlib import Path

from krynica.classifier.errors import ModelFolderError

CURRENT = 3
"""Raised as the policy says; what is written, and what is read."""
_OUTLETS = frozenset({1, 2})


def require(version: object, path: Path) -> None:
    """Check that folders of a format version can be read.

    Raises
    ------
    ModelFolderError
        If they cannot; it says what to do.
    """
    if type(version) is int and version == CURRENT:  # True is no version
        return
    told = f"manifest.json of the model folder {path} has format version {version}"
    if type(version) is int and version in _OUTLETS:
        raise ModelFolderError(
            f"{told}: such models judged which outlet an article is like, not how it reads. Train "
            "it again from its tables with krynica train."
        )
    raise ModelFolderError(f"{told}; this program reads version {CURRENT}.")
