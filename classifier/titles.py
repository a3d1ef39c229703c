"""One rule for titles: a title is read above its text, and evidence is placed in the text alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from krynica.classifier.answer import Evidence


def joined(title: object, text: str) -> str:
    """Put a title above its text, unless it stands there already.

    Parameters
    ----------
    title
        Anything but a string with letters is no title: tables have empty cells.
    text
        The text below it.
    """
    if not isinstance(title, str) or not title.strip() or text.lstrip().startswith(title.strip()):
        return text
    return f"{title.strip()}\n\n{text}"


def placed(items: Iterable[Evidence], text: str, above: int) -> tuple[Evidence, ...]:
    """Place evidence in a text that was read below a title.

    A phrase found in the title is shown where the text has it, too, and else left out.

    Parameters
    ----------
    items
        With offsets into title and text together.
    text
        The text alone.
    above
        Characters of the title and the line ends below it.
    """
    moved = (_moved(item, text, above) for item in items)
    return tuple(item for item in moved if item is not None)


def _moved(item: Evidence, text: str, above: int) -> Evidence | None:
    if item.start is None or item.end is None:
        return item
    if item.start >= above:
        return replace(item, start=item.start - above, end=item.end - above)
    # A phrase is shown where it stands first, which may not be the only place.
    if item.kind != "phrase" or not item.text:
        return None
    found = re.search(rf"(?<!\w){re.escape(item.text)}(?!\w)", text)
    return replace(item, start=found.start(), end=found.end()) if found else None
