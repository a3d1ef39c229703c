from __future__ import annotations

import pytest

from krynica.classifier.errors import UnreadableError
from krynica.data.documents.pages import extract

HEADLINES = [
    f"Council of {place} votes on the {thing} budget"
    for place in ("Aldmoor", "Brenhill", "Castle Moor", "Dunwick")
    for thing in ("road", "school", "river", "winter", "harbour")
]
TEASER = "Members met on Tuesday evening and will meet again next week."
ITEMS = {
    "articles": "<article><h2><a href='/{0}'>{1}</a></h2><p>{2}</p></article>",
    "list": "<li><a href='/{0}'>{1}</a> {2}</li>",
    "lines": "<li><a href='/{0}'>{1}</a><br><span>{2}</span></li>",
    "cards": "<div class=card><a href='/{0}'><h3>{1}</h3></a><p>{2}</p><p>5 May 2026</p></div>",
    "wrapped": "<a href='/{0}'><div><h3>{1}</h3><p>{2}</p></div></a>",
}


def page(body: str) -> str:
    return f"<html><head><title>News</title></head><body><main>{body}</main></body></html>"


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_a_list_of_articles_is_no_article(item: str) -> None:
    items = "".join(item.format(n, line, f"{n}. {TEASER}") for n, line in enumerate(HEADLINES))
    with pytest.raises(UnreadableError, match="is a list of articles, not an article"):
        extract(page(f"<ul>{items}</ul>" if "<li>" in item else items), name="The page")


PARAGRAPHS = [
    f"The council of {headline.split()[2]} passed its budget on Tuesday, {number} members voting "
    f"for it and two against, and the mayor said that roads would be repaired first."
    for number, headline in enumerate(HEADLINES)
]


def test_links_in_paragraphs_are_no_list() -> None:
    linked = [
        text.replace("on Tuesday", f"<a href='/{at}'>on Tuesday in the evening</a>")
        for at, text in enumerate(PARAGRAPHS)
    ]
    found = extract(page("".join(f"<p>{text}</p>" for text in linked)), name="The page")
    assert len(found.text.split()) > 500
    assert found.doubts == ()


def test_links_between_and_below_paragraphs_are_no_list() -> None:
    article = "".join(
        f"<p>{text}</p><p><a href='/{at}'>{headline}</a></p>"
        for at, (text, headline) in enumerate(zip(PARAGRAPHS, HEADLINES, strict=True))
    )
    others = "".join(
        ITEMS["cards"].format(at, headline, TEASER) for at, headline in enumerate(HEADLINES)
    )
    found = extract(page(f"<article>{article}</article><aside>{others}</aside>"), name="The page")
    assert PARAGRAPHS[0] in found.text
