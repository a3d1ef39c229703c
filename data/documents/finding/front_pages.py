"""Front pages and sections: lists of articles, which are no article themselves."""

from __future__ import annotations

from typing import Any

_WORDS = 3
"""Words of a link that may be a headline; menus have fewer."""
_ITEMS = 10
"""Fewest items of a list."""
_SHARE = 0.6
"""Least share of the lines found that belong to an item. Chosen, not swept: there were no labelled
front pages. In an article, links to others stand between paragraphs of one parent, or inside them.
"""
_MOST = 500
"""Lines up to which a page is asked about: each is looked for beside each."""
_LINES = 3
"""Lines of an item at most: a headline, its teaser, a day."""
_UP = 3
"""How far above a line its item may be."""


def is_front_page(text: str, tree: Any) -> bool:
    """Tell whether what was found is a list of articles.

    Parameters
    ----------
    text
        What was found, one paragraph a line.
    tree
        The page.
    """
    lines = [line for line in map(_key, text.splitlines()) if line]
    if not _ITEMS <= len(lines) <= _MOST:
        return False
    wanted = set(lines)
    places: dict[str, Any] = {}
    for element in tree.iter("p", "div", "span", "li", "a", "h2", "h3", "h4", "td", "dd"):
        key = _key(element.text_content())
        if key in wanted:
            places.setdefault(key, element)
    inside = sum(line in places and _is_item(line, places[line], wanted) for line in lines)
    return inside >= _ITEMS and inside >= _SHARE * len(lines)


def _is_item(line: str, element: Any, wanted: set[str]) -> bool:
    """Tell whether a line stands with a headline that is a link, and with hardly any other line."""
    for _ in range(_UP):
        links = [key for link in element.iter("a") if (key := _key(link.text_content()))]
        for link in links:
            # In the middle of a sentence a link is no headline.
            if link.count(" ") + 1 >= _WORDS and (link not in line or line.startswith(link)):
                return _lines_in(element, wanted) <= _LINES
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return False


def _lines_in(element: Any, wanted: set[str]) -> int:
    found = _key(element.text_content())
    return sum(line in found for line in wanted)


def _key(text: str) -> str:
    return " ".join(text.strip(" -•*\u00a0\n\t").split()).casefold()
