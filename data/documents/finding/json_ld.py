"""What a page says of its article for search engines: schema.org in JSON-LD."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from krynica.data.documents.finding.shown import lines_of

_DEEPEST = 12
"""Levels below which nothing is looked for: an article lies on the third at most."""
_TAG = re.compile(
    r"</?(p|br|div|h[1-6]|li|ul|a|b|strong|em|i|span|figure|img|blockquote)\b[^>]*>", re.IGNORECASE
)


@dataclass(frozen=True)
class Said:
    """What a page says.

    Parameters
    ----------
    title
        The article's headline, or None.
    body
        All of its text, one paragraph a line; empty where it is not given.
    is_free
        False where the page says that it is not all free to read.
    """

    title: str | None = None
    body: str = ""
    is_free: bool = True


def said_by(tree: Any) -> Said:
    """Return what a page says of its article.

    Parameters
    ----------
    tree
        The page as lxml has it.
    """
    title, body, is_free = None, "", _is_open(tree)
    for value in _values(tree):
        for thing in _things(value, 0):
            is_free = is_free and str(thing.get("isAccessibleForFree", "")).lower() != "false"
            found = thing.get("articleBody")
            if isinstance(found, str) and len(found) > len(body):
                headline = thing.get("headline")
                title, body = headline if isinstance(headline, str) else None, found
    return Said(" ".join(html.unescape(title).split()) if title else None, _plain(body), is_free)


def _is_open(tree: Any) -> bool:
    tiers = tree.xpath("//meta[@property='article:content_tier']/@content")
    return not any(str(tier).strip().lower() == "locked" for tier in tiers)


def _values(tree: Any) -> Iterator[Any]:
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        source = re.sub(r"^\s*(<!--|//<!\[CDATA\[)|(-->|//\]\]>)\s*$", "", script.text or "")
        try:
            yield json.loads(source.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue


def _things(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
    children = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list):
        for child in children:
            yield from _things(child, depth + 1)


def _plain(body: str) -> str:
    """Return a body without tags, one paragraph a line."""
    if body.count("&lt;") > 1:
        body = html.unescape(body)
    lines = _lines_of_html(body) if _TAG.search(body) else html.unescape(body).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def _lines_of_html(body: str) -> list[str]:
    from lxml.etree import LxmlError
    from lxml.html import fragment_fromstring

    try:
        tree = fragment_fromstring(f"<div>{body}</div>", create_parent="div")
    except (LxmlError, ValueError):
        return []
    return [line.text for line in lines_of(tree, everything=True)]
