"""UNLP 2025: Ukrainian Telegram posts marked for ten manipulation techniques.

Shape as told by a public notebook that shows the head of ``train.parquet``: ``id``, ``content``,
``lang``, ``manipulative``, ``techniques`` (a list, missing where there is none) and
``trigger_words``; not tried on the published file. Techniques keep their names, which training
knows. The places of ``trigger_words`` are not kept: they tell no technique.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from data.corpora.files import found, table, words
from data.corpora.rows import Found, LeftOut, Row


def read(path: Path) -> Found:
    """Read ``train.parquet`` of either track: both have the same posts."""
    for file in found(path, "train*.parquet"):
        for cells in table(file, ("id", "content", "lang", "manipulative")):
            marked = cells.get("manipulative")
            if not isinstance(marked, bool | np.bool_):
                yield LeftOut("no label")
                continue
            yield Row(
                words(cells.get("content")),
                "manipulative" if marked else "plain",
                words(cells.get("lang")) or None,
                "post",
                doc=str(cells["id"]) if "id" in cells else None,
                techniques=tuple(map(str, cells.get("techniques", ()))),
            )
