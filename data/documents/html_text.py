"""The text of a piece of HTML that is no whole page: an item of a feed, a part of a mail."""

from __future__ import annotations

import re
from html import unescape

from krynica.classifier.errors import UnreadableError
from krynica.data.documents.pages import extract, without_giants

_KEPT = 0.8
"""Share of the words that looking for the article must keep. What it drops of a page is menus; of
a fragment it is now a picture's caption (under a tenth), now a list or the first paragraph."""

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


def text_of_html(html: str) -> str:
    """Return the text of a fragment, one paragraph a line.

    Parameters
    ----------
    html
        HTML; what was escaped too often is undone.
    """
    html, plain = unescaped(html)
    plain = _TRAILER.sub("", plain)
    try:
        found = _TRAILER.sub("", extract(html, name="The item").text)
    except UnreadableError:
        return plain
    first = plain.partition("\n")[0]
    is_kept = first in found and len(found.split()) >= _KEPT * len(plain.split())
    return found if is_kept else plain


def unescaped(html: str) -> tuple[str, str]:
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
