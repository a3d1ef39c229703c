"""Pages to the articles in them; texts and parts of pages to what there is to read in them."""

from __future__ import annotations

import datetime as dt
import logging
import re
from dataclasses import dataclass, replace
from typing import Any

from krynica.classifier.answer import Reason
from krynica.classifier.errors import NothingToReadError, UnreadableError
from krynica.classifier.not_prose import is_fragment, is_page
from krynica.classifier.sentence import Sentence
from krynica.data.decoding import decode
from krynica.data.documents.doubts import BROKEN_LETTERS, TEASER, incomplete, several
from krynica.data.documents.finding.comparing import compare, joined
from krynica.data.documents.finding.front_pages import is_front_page
from krynica.data.documents.finding.json_ld import Said, said_by
from krynica.data.documents.finding.posts import Posts, posts_of, without_comments
from krynica.data.documents.finding.shown import Line, lines_of
from krynica.data.documents.finding.teasers import is_teaser, without_request
from krynica.data.documents.finding.walls import require_article, require_shown
from krynica.data.documents.mending import is_broken, mended

_MAX_TAGS = 100_000
"""Elements a page may have. Pages with one article have hundreds, with a long discussion tens of
thousands; at this number finding the article takes ten seconds, and the time grows faster than
the number."""

_MAX_TAG = 20_000
"""Characters of one tag whose attributes are read. libxml2 compares every attribute with every
other: a tag of two megabytes takes it four minutes."""

_DECLARATION = re.compile(
    rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_HEAD = 4_096
"""Bytes in which a page says its encoding. The standard says 1,024; pages are less strict."""

_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
_TAG = re.compile(r"<[a-zA-Z][\w:-]*")
_SENTENCE = re.compile(r"[.!?…;:,]|(?:\b\w++\W++){15}")
"""An article has a sentence in it; what is left of a page of links and buttons has not."""

_CELLS = re.compile(r"^\|\s?|\s?\|$", re.MULTILINE)
"""Rows of tables, in which some pages set their paragraphs, as they are found."""

_LONGER = 1.3
"""How many times as long a text must be to be taken instead of the one that was found."""
_POST = 25
"""Words of the shortest text that is taken so: the fewest that are judged."""
_LINES = 5_000
"""Lines of a page beyond which it is not read a second time."""
_ENOUGH = 60
"""Words of running text from which on a page is read whole whose article could not be told."""


@dataclass(frozen=True)
class Page:
    """The article of a page.

    Parameters
    ----------
    title
        Its headline, or None.
    text
        Its text, one paragraph a line.
    date
        ISO day on which it appeared, where the page says so itself; else None.
    doubts
        Why this may not be the article, or not all of it.
    """

    title: str | None
    text: str
    date: str | None = None
    doubts: tuple[Reason, ...] = ()


def read_text(
    data: bytes, *, name: str, declared: str | None = None, encoding: str | None = None
) -> Page:
    """Read what may be a text or a page: a page is told by how it begins, whatever it is called.

    Parameters
    ----------
    data, name, declared
        The page, what to call it in messages, and the encoding its server declares.
    encoding
        Encoding given by the user, which overrides everything else.

    Raises
    ------
    classifier.errors.UnreadableError
        If it is empty, no text, or a page without an article.
    """
    declared = declared or declared_encoding(data)
    text = decode(data, name=name, declared=declared, encoding=encoding)
    return of_source(text, name=name) or finished(Page(None, text))


def of_source(text: str, *, name: str) -> Page | None:
    """Return what there is to read in the source of a page or of a part of one, else None.

    Raises
    ------
    classifier.errors.UnreadableError
        If it is a page without an article.
    """
    if is_page(text):
        return extract(text, name=name)
    if not is_fragment(text) or len(_TAG.findall(text)) > _MAX_TAGS:
        return None
    tree = _tree(without_giants(text))
    lines = [] if tree is None else lines_of(tree, everything=True)
    return finished(Page(None, "\n".join(line.text for line in lines))) if lines else None


def finished(page: Page) -> Page:
    """Return a page with its letters mended, or the doubt that they cannot be."""
    title = None if page.title is None else mended(page.title)
    text = mended(page.text)
    broken = (BROKEN_LETTERS,) if is_broken(text) else ()
    return replace(page, title=title, text=text, doubts=(*page.doubts, *broken))


def extract(
    html: str | bytes,
    *,
    name: str,
    declared: str | None = None,
    url: str | None = None,
    encoding: str | None = None,
) -> Page:
    """Find the article in a page, without menus, advertisements and comments.

    Parameters
    ----------
    html
        The page. Bytes are decoded by what the page says of its encoding, and by their letters.
    name
        What to call the page in an error, at the beginning of a sentence.
    declared
        Encoding that the server gives, which stands above what the page says.
    url
        Its address, in which its date may stand.
    encoding
        Encoding given by the user, which overrides everything else.

    Returns
    -------
    Page

    Raises
    ------
    classifier.errors.NothingToReadError
        If the page is empty.
    classifier.errors.UnreadableError
        If there is no article in it, or it is no page.
    """
    if isinstance(html, bytes):
        declared = declared or declared_encoding(html)
        html = decode(html, name=name, declared=declared, encoding=encoding)
    if not html.strip():
        raise NothingToReadError(Sentence("{name} is empty.", name=name))
    if len(_TAG.findall(html)) > _MAX_TAGS:
        raise UnreadableError(
            Sentence(
                "{name} is a page of more than {most:d} elements, not an article.",
                name=name,
                most=_MAX_TAGS,
            )
        )
    page = _read(without_giants(html), name, url)
    if page is None or not _SENTENCE.search(page.text):
        raise UnreadableError(Sentence("{name} holds no article that could be found.", name=name))
    return finished(page)


def _read(html: str, name: str, url: str | None) -> Page | None:
    tree = _tree(html)
    if tree is None:
        return _find(html, url)
    require_article(tree, html, name)
    posts = posts_of(tree)
    if posts is not None:
        return _of_posts(posts)
    if without_comments(tree):
        from lxml.html import tostring

        html = tostring(tree, encoding="unicode")
    said, lines = said_by(tree), lines_of(tree)
    page = _most(html, url, said, lines)
    if page is None:
        require_shown(tree, name)
        return None
    if is_front_page(page.text, tree):
        raise UnreadableError(
            Sentence("{name} is a list of articles, not an article: open one of them.", name=name)
        )
    page = replace(page, text=without_request(page.text))
    if is_teaser(page.text, tree, is_free=said.is_free):
        return replace(page, doubts=(TEASER,))
    return page


def _of_posts(posts: Posts) -> Page:
    doubts = (several(len(posts.texts)),) if len(posts.texts) > 1 else ()
    return Page(posts.title, "\n\n".join(posts.texts), doubts=doubts)


def _most(html: str, url: str | None, said: Said, lines: list[Line]) -> Page | None:
    """Return the article as it was found, or what the page has more of it elsewhere."""
    page = _find(html, url)
    read = 0 if page is None else len(page.text.split())
    if len(said.body.split()) > max(_LONGER * read, _POST):
        return replace(page or Page(None, ""), text=said.body, title=_title(page) or said.title)
    if page is None:
        return _all_running(lines)
    compared = compare(page.text, lines)
    if compared.whole is not None:
        page = replace(page, text=compared.whole)
        compared = compare(page.text, lines)
    if compared.is_less and len(lines) < _LINES and (more := _find(html, url, recall=True)):
        again = compare(more.text, lines)
        if not again.is_less and len(more.text.split()) < _LONGER * again.shown:
            return more
    if compared.is_less:
        return replace(page, doubts=(incomplete(compared.read, compared.shown),))
    return page


def _title(page: Page | None) -> str | None:
    return None if page is None else page.title


def _all_running(lines: list[Line]) -> Page | None:
    """Return a page's running text where no article could be told, if it is enough."""
    running = [place for place, line in enumerate(lines) if line.is_running]
    if sum(lines[place].words for place in running) < _ENOUGH:
        return None
    return Page(None, joined(lines, running))


def _tree(html: str) -> Any:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        letters = _XML.sub("", html, count=1).encode("utf-8", "replace")
        return document_fromstring(letters, parser=HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _find(html: str, url: str | None, *, recall: bool = False) -> Page | None:
    # Half a second to import, and plain text is read without it.
    import trafilatura

    today = dt.datetime.now(dt.UTC).date()
    # What the page says of its date; not whatever looks like one in its text.
    dates = {"original_date": True, "extensive_search": False, "max_date": today.isoformat()}

    # Without a handler of its own, its complaints about a page would go to standard error.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    html = _XML.sub("", html, count=1)
    if "<html" not in html[:_HEAD].lower():
        html = f"<html><body>{html}</body></html>"
    try:
        found = trafilatura.bare_extraction(
            html,
            url=url,
            favor_precision=not recall,
            favor_recall=recall,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=dates,
        )
    except (ValueError, RecursionError, MemoryError):
        return None
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        return None
    text = str(found.text).strip()
    text = _CELLS.sub("", text) if text.startswith("|") else text
    return Page((found.title or "").strip() or None, text, found.date or None)


def declared_encoding(html: bytes) -> str | None:
    """Return the encoding that a page, or an XML document, gives for itself, or None."""
    match = _DECLARATION.search(html[:_HEAD])
    return match.group(1).decode("ascii", "replace") if match else None


def without_giants(html: str) -> str:
    """Return the page with the attributes of monstrous tags taken away."""
    pieces = html.split(">")
    for number, piece in enumerate(pieces):
        if len(piece) > _MAX_TAG:
            tag = _TAG.search(piece)
            if tag and len(piece) - tag.end() > _MAX_TAG:
                pieces[number] = piece[: tag.end()]
    return ">".join(pieces)
