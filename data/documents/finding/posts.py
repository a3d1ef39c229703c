"""Saved pages of networks and messengers: their posts, without what people answered to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from krynica.data.documents.finding.shown import lines_of


@dataclass(frozen=True)
class Posts:
    """The posts of a page.

    Parameters
    ----------
    title
        Who wrote them, where the page says it.
    texts
        One each, in the page's order.
    """

    title: str | None
    texts: tuple[str, ...]


def _classed(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


@dataclass(frozen=True)
class _Network:
    """Where a network has its posts.

    Parameters
    ----------
    posts
        XPath of their texts.
    title
        XPath of their author's name.
    only
        Whether the first alone is meant, and the others are answers to it.
    """

    posts: str
    title: str = "//meta[@property='og:title']/@content"
    only: bool = False


_NETWORKS = (
    _Network(  # t.me/s/NAME, and an embedded post
        f"//div[{_classed('tgme_widget_message_text')} and {_classed('js-message_text')}"
        f" and not(ancestor::*[{_classed('tgme_widget_message_text')}])]",
        f"//*[{_classed('tgme_channel_info_header_title')}"
        f" or {_classed('tgme_widget_message_owner_name')}]",
    ),
    _Network(  # Telegram Desktop's export of a chat, whose name may be a private person's
        f"//div[{_classed('message')} and {_classed('default')}]//div[{_classed('text')}]",
        "//no-title",
    ),
    _Network(
        "//*[(@data-ad-preview='message' or @data-ad-comet-preview='message'"
        " or @data-ad-rendering-role='story_message' or @data-testid='post_message'"
        f" or {_classed('userContent')}) and not(ancestor::*[@data-ad-preview='message'"
        " or @data-ad-comet-preview='message' or @data-ad-rendering-role='story_message'"
        f" or @data-testid='post_message' or {_classed('userContent')}])]",
        "//meta[@property='og:title']/@content",
    ),
    _Network(
        f"//*[{_classed('wall_post_text')}]", f"//*[{_classed('PostHeaderTitle__authorName')}]"
    ),
    _Network("//*[@data-testid='tweetText']", only=True),
    _Network(f"//*[{_classed('media-text_cnt_tx')}]"),
)
_FACEBOOK = "//html[@id='facebook' or @id='Facebook' or contains(//title, 'Facebook')]"


def posts_of(tree: Any) -> Posts | None:
    """Return the posts of a page, or None where it is of no network known here.

    Parameters
    ----------
    tree
        The page as lxml has it.
    """
    for network in _NETWORKS:
        found = tree.xpath(network.posts)
        texts = [text for element in found if (text := text_in(element))]
        if texts:
            distinct = tuple(dict.fromkeys(texts))
            return Posts(_title(tree, network), distinct[:1] if network.only else distinct)
    return None


def without_comments(tree: Any) -> bool:
    """Take the comments out of a page of Facebook; say whether there were any."""
    if not tree.xpath(_FACEBOOK):
        return False
    articles = tree.xpath("//*[@role='article']")
    nested = [one for one in articles if one.xpath("ancestor::*[@role='article']")]
    # Where none lies within another, the post is elsewhere, and all of them are comments.
    comments = nested or (articles if len(articles) > 1 else [])
    for comment in comments:
        comment.drop_tree()
    return bool(comments)


def text_in(element: Any) -> str:
    """Return the lines of an element, one paragraph a line."""
    return "\n".join(line.text for line in lines_of(element, everything=True))


def _title(tree: Any, network: _Network) -> str | None:
    for value in tree.xpath(network.title):
        text = value if isinstance(value, str) else value.text_content()
        if text.strip():
            return " ".join(text.split())
    return None
