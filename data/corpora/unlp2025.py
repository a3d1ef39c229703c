"""UNLP 2025: Ukrainian Telegram posts marked for ten manipulation techniques.

Shape as told by a public notebook that shows the head of ``train.parquet``: ``id``, ``content``,
``lang``, ``manipulative``, ``techniques`` (a list, missing where there is none) and
``trigger_words``; not tried on the published file. Techniques keep their names, which training
knows. The places of ``trigger_words`` are not kept: they tell no technique.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from krynica.data.corpora.files import found, table, words
from krynica.data.corpora.rows import Found, LeftOut, Row

_MARKED = {"true": "manipulative", "false": "plain"}


def read(path: Path) -> Found:
    """Read ``train.parquet`` of either track: both have the same posts."""
    for file in found(path, "train*.parquet"):
        for cells in table(file, ("id", "content", "lang", "manipulative")):
            marked = _MARKED.get(str(cells.get("manipulative")).lower())
            if marked is None:
                yield LeftOut("no label")
                continue
            yield Row(
                words(cells.get("content")),
                marked,
                words(cells.get("lang")) or None,
                "post",
                doc=str(cells["id"]) if "id" in cells else None,
                techniques=_names(cells.get("techniques")),
            )


def _names(given: Any) -> tuple[str, ...]:
    """Return the names in a list, also in one that somebody saved as text."""
    names = re.findall(r"\w+", given) if isinstance(given, str) else given
    return tuple(map(str, () if names is None else names))
