"""The lines of running text that a page shows, without what stands around an article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

RUNNING = 10
"""Words from which on a line passes for running text, as in `data.extraction`."""
_LINKED = 0.5
"""Share of a line's characters in links from which on it is one of a list."""

_UNSEEN = (
    *("script", "style", "noscript", "template", "svg", "iframe", "select", "head", "dialog"),
    *("object", "audio", "video", "canvas", "math"),
)
_AROUND = ("nav", "footer", "aside", "form", "button", "label")
_BREAKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "dd", "details", "div", "dl"),
        *("dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5"),
        *("h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table"),
        *("tbody", "td", "th", "tr", "ul"),
    )
)
_NO_ARTICLE = re.compile(
    r"(^|[\s_-])(comments?|komentarz\w*|disqus|respond|replies|related|recommend\w*|recirc\w*"
    r"|sidebar|widget-?area|cookie\w*|consent|gdpr|newsletter|subscri\w+|share|sharing|social"
    r"|breadcrumbs?|pagination|popup|modal|banner|promo|advert\w*|footer|menu|navbar|site-?header"
    r"|paywall|regwall|most-?read|popular|read-?more|also|more-?news|tags?|author-?bio)($|[\s_-])",
    re.IGNORECASE,
)
"""Classes and ids of what is no part of the article."""
_AROUND_IT = 3
"""Elements by which two lines are known to be set alike."""
_INLINE = frozenset(
    (
        *("a", "abbr", "b", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span"),
        *("strong", "sub", "sup", "u"),
    )
)
_PAGE = frozenset({"html", "body", "main", "article"})
"""Elements that hold the article whatever their class says."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """What a reader sees between two breaks of a page's blocks.

    Parameters
    ----------
    text
        On one line.
    is_linked
        Whether most of it is links.
    kind
        Tags and classes of the element that it begins in and of those around it: alike where a
        page sets its paragraphs alike.
    article
        The element that its page marks as the article around it, or None.
    """

    text: str
    is_linked: bool
    kind: str = ""
    article: Any = None

    @property
    def words(self) -> int:
        """How many it has."""
        return len(self.text.split())

    @property
    def is_running(self) -> bool:
        """Whether it passes for running text."""
        return not self.is_linked and self.words >= RUNNING


def lines_of(tree: Any, *, everything: bool = False) -> list[Line]:
    """Return the lines that a page shows, in their order.

    Parameters
    ----------
    tree
        A page or an element as lxml has it; it is not changed.
    everything
        True for menus, comments and the like too.
    """
    gathered = _Lines()
    # Without recursion: pages nest as deep as they like.
    stack: list[tuple[Any, bool, bool]] = [(tree, False, False)]
    while stack:
        element, linked, done = stack.pop()
        if done:
            if element.tag in _BREAKS:
                gathered.end()
            if element is not tree:
                gathered.add(element.tail, element.getparent(), linked=linked)
            continue
        if not isinstance(element.tag, str) or _is_left_out(element, everything=everything):
            if element.tag in _BREAKS:
                gathered.end()
            if element is not tree:
                gathered.add(element.tail, element.getparent(), linked=linked)
            continue
        stack.append((element, linked, True))
        inside = linked or (element.tag == "a" and element.get("href") is not None)
        if element.tag in _BREAKS:
            gathered.end()
        gathered.add(element.text, element, linked=inside)
        stack += [(child, inside, False) for child in reversed(element)]
    gathered.end()
    return gathered.lines


class _Lines:
    """Puts pieces of text together until a block begins or ends."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._linked = 0
        self._place: Any = None

    def add(self, text: str | None, place: Any, *, linked: bool) -> None:
        if not text:
            return
        if self._place is None and text.strip():
            self._place = place
        self._pieces.append(text)
        self._linked += len(text.strip()) if linked else 0

    def end(self) -> None:
        text = " ".join("".join(self._pieces).split())
        if text:
            linked = self._linked >= _LINKED * len(text)
            self.lines.append(Line(text, linked, _kind(self._place), _article(self._place)))
        self._pieces, self._linked, self._place = [], 0, None


def _kind(element: Any) -> str:
    """Say how a page sets what is in an element, without what numbers its blocks."""
    names: list[str] = []
    while element is not None and len(names) < _AROUND_IT:
        if element.tag not in _INLINE:
            classes = (element.get("class") or "").split()
            names.append(" ".join([str(element.tag), *filter(str.isalpha, classes)]))
        element = element.getparent()
    return "/".join(names)


def _article(element: Any) -> Any:
    """Return what a page marks as the article around an element, or None."""
    while element is not None:
        if element.tag == "article" or element.get("itemprop") == "articleBody":
            return element
        element = element.getparent()
    return None


def is_hidden(element: Any) -> bool:
    """Tell an element that its page does not show."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _is_left_out(element: Any, *, everything: bool) -> bool:
    if element.tag in _UNSEEN or is_hidden(element):
        return True
    if everything or element.tag in _PAGE:
        return False
    return element.tag in _AROUND or bool(
        _NO_ARTICLE.search(element.get("class") or "")
        or _NO_ARTICLE.search(element.get("id") or "")
    )
