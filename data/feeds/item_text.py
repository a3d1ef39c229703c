"""The text of a feed's item, and whether it is all of the article."""

from __future__ import annotations

import re
from html import unescape

from krynica.classifier.errors import UnreadableError
from krynica.data.documents.mending import mended
from krynica.data.documents.pages import extract, without_giants
from krynica.data.feeds.feed import FeedItem

WHOLE = 150
"""Words from which on the content of a feed passes for a whole article. Teasers have 20 to 80."""

_KEPT = 0.8
"""Share of the words that looking for the article must keep. What it drops of a page is menus; of
a feed it is now a picture's caption (under a tenth), now a list or the first paragraph."""

_CUT = re.compile(
    r"(…|\.\.\.|\[(…|\.\.\.)\]|((read|continue|full) (more|reading|story|article)"
    r"|чита(ть|йте) (далее|дальше|полностью)|подробнее|читати (далі|більше)|докладніше"
    r"|чытаць (далей|больш)|падрабязней|czytaj (dalej|więcej|całość)|więcej)(\.\.\.)?)"
    r"[\s:…»>→)\]]*$",
    re.IGNORECASE,
)
"""How a text ends that goes on elsewhere, in the five languages."""
_TRAILER = re.compile(r"\s*The post .{1,300} appeared first on .{1,200}$")
"""What WordPress puts below every item."""
_ESCAPED = re.compile(
    r"</(?:p|div|a|b|i|em|strong|span|h[1-6]|[ou]l|li|blockquote|figure)>|<(?:p|br|img)\b[^<>]*>"
    r"|&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-f]{1,5});",
    re.IGNORECASE,
)
"""What is left when tags are gone and entities are letters, where a text was escaped twice."""
_ESCAPES = 3
"""How often a text may be escaped beyond what its feed needs."""
_BLOCKS = ("p", "br", "div", "li", "tr", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6")


def text_of(item: FeedItem) -> str:
    """Return the text of an item as its feed gives it, one paragraph a line; else nothing."""
    if not item.is_html:
        return item.content.strip()
    html, plain = _unescaped(item.content)
    plain = _TRAILER.sub("", plain)
    try:
        found = _TRAILER.sub("", extract(html, name="The item").text)
    except UnreadableError:
        return plain
    first = plain.partition("\n")[0]
    is_kept = first in found and len(found.split()) >= _KEPT * len(plain.split())
    return found if is_kept else plain


def is_whole(text: str) -> bool:
    """Tell an article from a teaser: it is long enough, and does not end cut short."""
    return len(text.split()) >= WHOLE and not _CUT.search(text[-100:])


def plain_title(title: str | None) -> str | None:
    """Return a title on one line without tags, or None."""
    if title is None:
        return None
    text = _unescaped(title)[1] if "<" in title or "&" in title else title
    return mended(" ".join(text.split())) or None


def _unescaped(html: str) -> tuple[str, str]:
    """Return HTML without what was escaped too often, and what is between its tags."""
    plain = _stripped(html)
    for _ in range(_ESCAPES):
        if not _ESCAPED.search(plain):
            break
        html = unescape(html)
        plain = _stripped(html)
    return html, plain


def _stripped(html: str) -> str:
    """Return what is between the tags."""
    from lxml import etree
    from lxml.html import fromstring

    try:
        tree = fromstring(f"<div>{without_giants(html)}</div>")
    except (etree.LxmlError, ValueError):
        return ""
    etree.strip_elements(tree, "script", "style", etree.Comment, with_tail=False)
    for block in tree.iter(*_BLOCKS):
        block.tail = "\n" + (block.tail or "")
    lines = (" ".join(line.split()) for line in tree.text_content().splitlines())
    return "\n".join(line for line in lines if line)
