"""Articles that hold marked passages.

What people said of a part must not be met where the whole is judged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)
SHARED = 20
"""Least words that an article and a marked document share in whole sentences or passages: a
sentence that both quote is less, a passage more."""
_PARTS = re.compile(r"(?<=[.!?…])\s+|\n+")
_WORD = re.compile(r"\w+")
_LEAST = 4
"""Fewest words of a sentence that is looked for: shorter ones stand everywhere."""


def documents_in(
    articles: Sequence[str], passages: Sequence[str], documents: Sequence[T]
) -> list[frozenset[T]]:
    """Say which marked documents each article shares text with.

    Parameters
    ----------
    articles
        Texts of articles.
    passages, documents
        Marked passages, and the document of each.

    Returns
    -------
    list of frozenset
        For each article the documents of which it has `SHARED` words or more, in whole sentences
        or lines, whatever their case and punctuation.
    """
    holders: dict[str, set[T]] = {}
    for passage, document in zip(passages, documents, strict=True):
        for part, _ in _parts(passage):
            holders.setdefault(part, set()).add(document)
    found: list[frozenset[T]] = []
    for text in articles if holders else ():
        words: Counter[T] = Counter()
        for part, count in _parts(text):
            for document in holders.get(part, ()):
                words[document] += count
        found.append(frozenset(document for document, n in words.items() if n >= SHARED))
    return found or [frozenset()] * len(articles)


def _parts(text: str) -> Iterator[tuple[str, int]]:
    """Yield the sentences of a text, as their words alone, with their number."""
    for part in _PARTS.split(text):
        words = _WORD.findall(part.casefold())
        if len(words) >= _LEAST:
            yield " ".join(words), len(words)
