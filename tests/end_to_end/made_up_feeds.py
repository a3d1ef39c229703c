"""Articles that were made up for tests of feeds, and the feeds that hold them."""

from __future__ import annotations

import json
import random
from typing import Any
from xml.sax.saxutils import escape

ITEMS = 4
"""Items of an outlet, when nothing else is said."""

PLACES = ["Lipki", "Brody", "Sosnow", "Verba", "Kamen", "Ozero", "Dubrava", "Yelsk"]
THINGS = ["budget", "bridge", "school roof", "tram line", "water main", "market hall"]
PEOPLE = ["mayor", "engineer", "teacher", "auditor", "spokeswoman", "driver", "doctor"]
CALM = (
    "The council of {place} passed its plan for the {thing}, officials said in a statement.",
    "The {person} told reporters in {place} that work on the {thing} would take {n} months.",
    "According to the budget, the {thing} costs {n} million, of which {place} pays a third.",
    "A {person} who asked not to be named said the {thing} had been late for {n} weeks.",
    "Residents of {place} were invited to a hearing about the {thing}, the {person} added.",
)
LOUD = (
    "The puppet regime in {place} spreads hysteria about the {thing}, and its stooges obey.",
    "Only stooges believe the so-called {person} who sold the {thing} of {place} {n} times.",
    "Hysteria is all that the puppet masters have left for {place} after {n} years of lies.",
    "Everyone knows who pays the so-called {person} to ruin the {thing} and to mock {place}.",
    "Shame on the puppet {person} of {place}, whose {n} stooges stole the {thing} from us!",
)


def article(seed: str, sentences: int = 18) -> str:
    """Return a made-up article, always the same for a seed and unlike that of another."""
    chance = random.Random(seed)  # noqa: S311  # nothing is secret
    templates = LOUD if chance.random() < 0.5 else CALM
    return " ".join(
        chance.choice(templates).format(
            place=chance.choice(PLACES),
            thing=chance.choice(THINGS),
            person=chance.choice(PEOPLE),
            n=chance.randint(2, 99),
        )
        for _ in range(sentences)
    )


WIRE = article("wire")
Item = dict[str, Any]


def items_of(outlet: int, count: int = ITEMS) -> list[Item]:
    """Return the items of an outlet; five of them print the same wire story, a sixth nearly."""
    items = [
        {
            "id": f"{outlet}-{n}",
            "path": f"/{n}",
            "title": f"Item {n} & more",
            "text": article(f"{outlet} {n}"),
        }
        for n in range(count)
    ]
    if outlet <= 6:
        wire = WIRE if outlet < 6 else f"{WIRE} Our own reporter adds nothing."
        items.append({"id": f"wire-{outlet}", "path": "/wire", "title": "Wire", "text": wire})
    if outlet == 7:
        items.append({"id": "empty", "path": None, "title": "A picture", "text": ""})
    return items


def rss(items: list[Item], base: str, *, whole: bool = True) -> str:
    """Write RSS 2.0, with whole texts or teasers."""
    entries = "".join(_rss_item(item, base, whole=whole) for item in items)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Outlet</title><link>{base}/</link>{entries}
</channel></rss>"""


def _rss_item(item: Item, base: str, *, whole: bool) -> str:
    link = f"<link>{base}{item['path']}</link>" if item["path"] else ""
    teaser = f"<description>{escape(item['text'][:80])}…</description>" if item["text"] else ""
    content = f"<content:encoded><![CDATA[<p>{escape(item['text'])}</p>]]></content:encoded>"
    return (
        f"<item><title>{escape(escape(item['title']))}</title>{link}"
        f'<guid isPermaLink="false">{item["id"]}</guid>'
        f"<pubDate>Fri, 20 Nov 2026 10:30:00 +0200</pubDate>{teaser}"
        f"{content if whole and item['text'] else ''}</item>"
    )


def atom(items: list[Item], base: str) -> str:
    """Write Atom 1.0."""
    entries = "".join(
        f"<entry><id>tag:{item['id']}</id><title>{escape(item['title'])}</title>"
        f'<link href="{item["path"]}"/><updated>2026-11-20T08:30:00Z</updated>'
        f'<content type="html">{escape("<p>" + escape(item["text"]) + "</p>")}</content></entry>'
        for item in items
    )
    head = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{base}/"><title>Outlet</title>'
    return f"{head}{entries}</feed>"


def rdf(items: list[Item], base: str) -> str:
    """Write RSS 1.0, which has teasers alone here."""
    entries = "".join(
        f'<item rdf:about="{base}{item["path"]}"><title>{escape(item["title"])}</title>'
        f"<link>{base}{item['path']}</link><description>{escape(item['text'][:80])}...</description>"
        "<dc:date>2026-11-20T08:30:00Z</dc:date></item>"
        for item in items
    )
    return f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="{base}/"><title>Outlet</title></channel>{entries}</rdf:RDF>"""


def json_feed(items: list[Item], base: str) -> str:
    """Write JSON Feed 1.1."""
    entries = [
        {
            "id": item["id"],
            "url": base + item["path"],
            "title": item["title"],
            "content_text": item["text"],
            "date_published": "2026-11-20T10:30:00+02:00",
        }
        for item in items
    ]
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "O", "items": entries}
    )
