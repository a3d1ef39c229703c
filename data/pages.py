"""A web page to the article in it."""

from __future__ import annotations

import datetime as dt
import logging
import re
from dataclasses import dataclass

from krynica.classifier.errors import NothingToReadError, UnreadableError
from krynica.classifier.sentence import Sentence
from krynica.data.decoding import decode

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
    """

    title: str | None
    text: str
    date: str | None = None


def extract(
    html: str | bytes, *, name: str, declared: str | None = None, url: str | None = None
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
        html = decode(html, name=name, declared=declared or declared_encoding(html))
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
    page = _find(without_giants(html), url)
    if page is None or not _SENTENCE.search(page.text):
        raise UnreadableError(Sentence("{name} holds no article that could be found.", name=name))
    return page


def _find(html: str, url: str | None) -> Page | None:
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
            favor_precision=True,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=dates,
        )
    except (ValueError, RecursionError, MemoryError):
        return None
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        return None
    return Page((found.title or "").strip() or None, str(found.text).strip(), found.date or None)


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
