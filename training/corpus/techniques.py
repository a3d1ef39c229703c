"""The techniques that a table names for a passage, under the keys of this program."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import numpy as np

_SAME = {
    "bandwagon": "appeal_to_popularity",
    "cliche": "conversation_killer",
    "fud": "appeal_to_fear_prejudice",
    "appeal_to_fear": "appeal_to_fear_prejudice",
    "glittering_generalities": "appeal_to_values",
}
"""Names of UNLP 2025 for what SemEval 2023 calls otherwise."""


def canonical(given: object) -> frozenset[str]:
    """Return the keys of the techniques that a cell of a table names.

    Parameters
    ----------
    given
        A list of names, such a list as JSON, or names divided by ``;``, ``,`` or ``|``.
    """
    names = (_key(name) for name in _names(given))
    return frozenset(_SAME.get(name, name) for name in names if name)


def _names(given: object) -> Iterable[object]:
    if isinstance(given, str):
        if given.startswith("["):
            try:
                return [*json.loads(given)]
            except ValueError:
                pass
        return re.split(r"[;,|]", given)
    return given if isinstance(given, list | tuple | set | np.ndarray) else ()


def _key(name: object) -> str:
    return re.sub(r"[\W_]+", "_", str(name)).strip("_").casefold()
