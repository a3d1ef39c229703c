"""Telegram's public pages: the posts of a channel, and where a channel is shown.

`t.me/s/NAME` shows the newest twenty posts of a public channel, ``?before=NUMBER`` those before;
`t.me/NAME/NUMBER?embed=1` shows one. A forward is a post of the channel it was first in.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from krynica.classifier.errors import AddressError
from krynica.data.documents.pages import without_giants
from krynica.data.messages import shown
from krynica.data.outlets import channel_of

MARK = "tgme_widget_message"
"""Class of a post, which every such page has in it."""

_PLACE = re.compile(
    r"(?:https?://)?(?:(?:www\.)?(?:t|telegram)\.(?:me|dog)/(?:s/)?@?(?P<name>[a-z]\w{1,31})"
    r"|(?P<host>[a-z]\w{3,31})\.t\.me)/?(?:[?#].*)?",
    re.IGNORECASE | re.ASCII,
)
_TELEGRAM = re.compile(
    r"(?:https?://)?(?:[\w-]+\.)?(?:t\.me|telegram\.(?:me|dog))(?:[/?#].*)?", re.IGNORECASE
)
_POST = re.compile(r"(\w+)/(\d{1,18})", re.ASCII)
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
_BLOCKS = ("p", "div", "blockquote", "pre", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6")
_NOT_READ = ("script", "style", etree.Comment)


@dataclass(frozen=True)
class Post:
    """One post.

    Parameters
    ----------
    channel
        Name of the channel in its address, such as ``dzien``.
    number
        By which the channel counts its posts; albums leave gaps.
    text
        All of it, with its line breaks; empty where there are pictures alone.
    published
        ISO 8601 in UTC, to the second, or None.
    forwarded
        Whether it was first somewhere else.
    origin
        Address at which it was first, where the page says so; None of what was no channel.
    """

    channel: str
    number: int
    text: str
    published: str | None
    forwarded: bool = False
    origin: str | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"https://t.me/{self.channel}/{self.number}"

    @property
    def outlet(self) -> str | None:
        """The channel it was first in, such as ``t.me/dzien``; None where that is not known."""
        url = self.origin if self.forwarded else self.url
        return None if url is None else channel_of(url)


@dataclass(frozen=True)
class ChannelPage:
    """A page of a channel: its title, and its posts from the oldest to the newest."""

    title: str | None
    posts: tuple[Post, ...]


def is_channel_page(html: str) -> bool:
    """Tell a page with posts from other pages, by what only such a page has in it."""
    return "data-post=" in html and MARK in html


def read_channel_page(html: str) -> ChannelPage | None:
    """Read the posts of a page.

    Parameters
    ----------
    html
        Of ``t.me/s/NAME``, or of one post that was embedded.

    Returns
    -------
    ChannelPage or None
        None where there is no post in it. Notices, such as of a new picture of the channel, are
        no posts; a post without text is one.
    """
    if not is_channel_page(html):
        return None
    try:
        tree = document_fromstring(without_giants(_XML.sub("", html, count=1)))
    except (etree.LxmlError, ValueError):
        return None
    posts = {(post.channel, post.number): post for post in _posts(tree)}
    return ChannelPage(_title(tree), tuple(posts.values())) if posts else None


def channel_address(place: str) -> str | None:
    """Return where a channel's posts are shown; None for what is no address of Telegram.

    Parameters
    ----------
    place
        ``t.me/NAME``, ``t.me/s/NAME`` and the like, with a scheme or without.

    Raises
    ------
    classifier.errors.AddressError
        If it is one of Telegram, but of no public channel.

    Examples
    --------
    >>> channel_address("t.me/dzien")
    'https://t.me/s/dzien'
    """
    place = place.strip()
    if match := _PLACE.fullmatch(place):
        return f"https://t.me/s/{match['name'] or match['host']}"
    if _TELEGRAM.fullmatch(place):
        raise AddressError(
            f"{shown(place)} is not a public Telegram channel: give its address, t.me/NAME."
        )
    return None


def _posts(tree: HtmlElement) -> Iterator[Post]:
    for element in _of_class(tree, MARK):
        match = _POST.fullmatch(element.get("data-post", "").strip("/"))
        if match is None or "service_message" in element.get("class", "").split():
            continue
        source = next(_of_class(element, f"{MARK}_forwarded_from"), None)
        yield Post(
            match[1],
            int(match[2]),
            _text(element),
            next(filter(None, map(_moment, element.iterfind(".//time[@datetime]"))), None),
            source is not None,
            None if source is None else _origin(source),
        )


def _text(post: HtmlElement) -> str:
    """Return the text of a post, without that of the post it answers."""
    whole = []
    for part in _of_class(post, f"{MARK}_text"):
        outer = {name for one in part.iterancestors() for name in one.get("class", "").split()}
        if f"{MARK}_reply" not in outer and f"{MARK}_text" not in outer:
            whole.append(_lines(part))
    return "\n\n".join(filter(None, whole))


def _lines(part: HtmlElement) -> str:
    """Return what a part shows, on the lines on which it shows it."""
    etree.strip_elements(part, *_NOT_READ, with_tail=False)
    for element in part.iter("br", *_BLOCKS):
        element.tail = "\n" + (element.tail or "")
        if element.tag != "br" and element is not part:
            element.text = "\n" + (element.text or "")
    lines = (" ".join(line.split()) for line in part.text_content().splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _origin(source: HtmlElement) -> str | None:
    """Return the address of the channel, or of its post, that a forward is from."""
    for link in source.iter("a"):
        href = str(link.get("href", ""))
        if channel_of(href):
            return href
    return None


def _moment(element: HtmlElement) -> str | None:
    try:
        moment = dt.datetime.fromisoformat(element.get("datetime", ""))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        return moment.astimezone(dt.UTC).replace(microsecond=0).isoformat()
    except (ValueError, OverflowError):
        return None


def _title(tree: HtmlElement) -> str | None:
    """Return what the channel calls itself."""
    said = [meta.get("content", "") for meta in tree.iterfind(".//meta[@property='og:title']")]
    for name in ("tgme_header_title", "tgme_channel_info_header_title", f"{MARK}_author"):
        said += [element.text_content() for element in _of_class(tree, name)]
    return next((line for line in (" ".join(one.split()) for one in said) if line), None)


def _of_class(tree: HtmlElement, name: str) -> Iterator[HtmlElement]:
    """Return the elements that have a class, in their order."""
    found = tree.iterfind(".//*[@class]")
    return (element for element in list(found) if name in element.get("class", "").split())
