"""Article-Bias-Prediction: articles of US and other outlets, with the political side of each.

Shape as told by the README of the repository: a JSON object an article in ``data/jsons``, with
``source``, ``url``, ``date``, ``title``, ``content_original`` and ``bias_text``; not tried on the
published files.

The publisher's mark is the label: ``left``, ``center`` or ``right``. Neither is propaganda or
journalism, so such rows are learned from as text alone. Which of the outlets is a newsroom and
which is partisan is for whoever uses the corpus to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from krynica.data.corpora.files import found, json_of, words
from krynica.data.corpora.rows import Found, LeftOut, Row, day


def read(path: Path) -> Found:
    """Read all articles."""
    for file in found(path, "*.json"):
        article = json_of(file)
        if not isinstance(article, Mapping) or not words(article.get("bias_text")):
            yield LeftOut("no label")
            continue
        cells = {name: words(value) for name, value in article.items()}
        yield Row(
            cells.get("content_original") or cells.get("content", ""),
            cells["bias_text"],
            "en",
            outlet=cells.get("source") or None,
            date=day(cells.get("date")),
            title=cells.get("title") or None,
            url=cells.get("url") or None,
        )
