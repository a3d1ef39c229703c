"""Versions of the model folder's format, and the way up from the one before.

Policy:

- What a reader of today's number would not misread comes without a new number: another key of
  ``manifest.json``, another array in a language's ``.npz``, another file that ``SHA256SUMS``
  lists. Readers pass over what they do not know, and take a default for what is missing.
- The number is raised where a key, a file or an array changes its meaning, its unit or its name,
  or goes, and where answers would differ if a newer one were passed over; or to say from which
  number on a key is always there.
- One number back is read, and brought up here as it is read, so that nothing else in the program
  knows of it. It is never written: whoever trains writes today's. Older and newer numbers are
  refused with a sentence.

::

    2    split, started_from and configuration tell how a model came about; profile is always there
    1    none of the three; profile came late, and may be missing
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CURRENT = 2
"""Raised as the policy says; what is written."""
PREVIOUS = CURRENT - 1
"""Read as well."""


def is_read(version: object) -> bool:
    """Tell whether folders of a format version can be read."""
    return type(version) is int and version in {PREVIOUS, CURRENT}  # True is no version


def brought_up(manifest: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a manifest as today's format has it.

    Parameters
    ----------
    manifest
        Of a version that `is_read`.

    Returns
    -------
    mapping
        With ``split`` (language to SHA-256 of its split), ``started_from`` (``name``, ``version``
        and ``sha256`` of the model a training started from, or None), ``configuration`` (the
        options of the run) and ``profile``, empty where the folder does not tell.
    """
    if manifest["format_version"] == CURRENT:
        return manifest
    seed = {"seed": manifest["seed"]} if "seed" in manifest else {}
    unknown = {"split": {}, "started_from": None, "configuration": seed, "profile": {}}
    return {**unknown, **manifest, "format_version": CURRENT}
