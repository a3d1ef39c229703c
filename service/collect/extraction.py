"""How well the article of a page was found: measured on the page itself, with nobody's judgement.

Of everything here the question is which *lines* there are: a line of a page is what a reader sees
between two breaks of its blocks; a line of the text is a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

RUNNING = 10
"""Words from which on a line passes for running text; menus, bylines and buttons have fewer.
Chosen, not swept."""
_LINKED = 0.5
"""Share of the words of a line in links from which on it is one of a list."""
_FOUND = 0.5
"""Share of the triples of neighbouring words of a line that the text must have for the line to be
in it. Finding articles changes a few words: marks of footnotes go, words next to a link grow
together; lines of another story share hardly a triple."""

_ENDS = re.compile(r"[.!?…:;][\"'»”’)\]]*$")
_BEGIN, _END = "\U000f0002", "\U000f0003"
"""Stand in the text where a link begins and ends: characters that no font and no page has."""
_PIECE = re.compile(f"[{_BEGIN}{_END}\n]|[^\\s{_BEGIN}{_END}]+")
_WORD = re.compile(r"\w+")
_BREAKS = {
    *("p", "br", "hr", "div", "section", "article", "main", "header", "blockquote", "pre"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "th", "figure", "figcaption"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
}
_UNSEEN = ("script", "style", "noscript", "template", "svg", "iframe", "select", "head")
_AROUND = ("nav", "footer", "aside", "form", "button")


@dataclass(frozen=True)
class Extraction:
    """Three shares, 0 to 1, and what they make together.

    Parameters
    ----------
    complete
        Of the words in the page's lines of running text (`RUNNING` words or more, under half of
        them in links, outside of menus, asides, forms and footers), the share in lines that the
        text has. Below 1 where a part of the article was lost; teasers and comments that were left
        out rightly lower it too. 1 where the page has no such line.
    running
        Of the words of the text, the share in lines of running text: of `RUNNING` words or more,
        or that end as sentences do. Below 1 where the text holds menus, captions, bylines.
    unlinked
        Of the words of the text, the share outside of lines that are nothing but links on the
        page. Near 0 on pages that list articles.
    """

    complete: float
    running: float
    unlinked: float

    @property
    def quality(self) -> float:
        """The product: a text is good if nothing is lost, broken, or of another article.

        A product, so that one fault alone brings it down, and two are worse than either. It says
        nothing of whether the text is true, well written or worth reading, and compares pages of
        one outlet better than outlets with one another.
        """
        return round(self.complete * self.running * self.unlinked, 3)


def measure(tree: Any, text: str) -> Extraction:
    """Measure how well a text was found in a page.

    Parameters
    ----------
    tree
        The page as lxml has it. It is changed.
    text
        One paragraph a line.
    """
    lines = _lines(tree)
    triples = _triples(_words(text))
    running = [words for words, linked in lines if _is_running(words, linked)]
    found = [words for words in running if _share(words, triples) >= _FOUND]
    links = {" ".join(words) for words, linked in lines if words and linked == len(words)}
    paragraphs = [(line, _words(line)) for line in text.splitlines()]
    flowing = [words for line, words in paragraphs if len(words) >= RUNNING or _ENDS.search(line)]
    linked = [words for _, words in paragraphs if words and " ".join(words) in links]
    total = _count([words for _, words in paragraphs])
    return Extraction(
        _count(found) / _count(running) if running else 1.0,
        _count(flowing) / total if total else 0.0,
        1.0 - _count(linked) / total if total else 0.0,
    )


def own_address(tree: Any) -> str | None:
    """Return the address that a page gives as its own (RFC 6596), or None."""
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        for value in tree.xpath(path):
            if str(value).strip():
                return str(value).strip()
    return None


def _lines(tree: Any) -> list[tuple[list[str], int]]:
    """Return the words of each line that is seen, and how many of them are in links."""
    from lxml import etree

    etree.strip_elements(tree, *_UNSEEN, *_AROUND, etree.Comment, with_tail=False)
    for element in tree.iter():
        if element.tag == "a" and element.get("href") is not None:
            element.text = f"{_BEGIN}{element.text or ''}"
            element.tail = f"{_END}{element.tail or ''}"
        elif element.tag in _BREAKS:
            element.text = f"\n{element.text or ''}"
            element.tail = f"\n{element.tail or ''}"
    lines: list[tuple[list[str], int]] = []
    words, linked, inside = list[str](), 0, False
    for piece in _PIECE.findall("".join(tree.itertext())):
        if piece == "\n":
            lines.append((words, linked))
            words, linked = [], 0
        elif piece in {_BEGIN, _END}:
            inside = piece == _BEGIN
        else:
            more = _words(piece)
            words += more
            linked += len(more) if inside else 0
    return [*lines, (words, linked)]


def _is_running(words: list[str], linked: int) -> bool:
    return len(words) >= RUNNING and linked < _LINKED * len(words)


def _share(words: list[str], triples: set[tuple[str, ...]]) -> float:
    own = _triples(words)
    return len(own & triples) / len(own)


def _triples(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(words, words[1:], words[2:], strict=False))


def _count(lines: list[list[str]]) -> int:
    return sum(map(len, lines))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
