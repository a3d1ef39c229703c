"""Made-up outlets for tests of ``krynica collect``, and how to collect from them."""

from __future__ import annotations

import re
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from krynica.data.tables.table import read_table
from krynica.service.collect.articles import Articles
from krynica.service.collect.job import CollectJob
from krynica.service.collect.run import collect
from krynica.service.progress import Silent
from tests.data.conftest import Answer, Site
from tests.end_to_end.made_up_feeds import article


def html(text: str, *, title: str = "A title", day: str = "2026-03-04", own: str = "") -> bytes:
    """A page with an article."""
    head = f"<meta charset=utf-8><title>{title}</title>"
    head += f'<meta property="article:published_time" content="{day}T10:00:00Z">' if day else ""
    head += f'<link rel="canonical" href="{own}">' if own else ""
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    body = f"<nav><a href=/>Home</a></nav><article>{paragraphs}</article>"
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


def text_of(number: int) -> str:
    """An article in three paragraphs, unlike those of other numbers."""
    return "\n".join(article(f"{number} {part}", sentences=6) for part in range(3))


def status(number: int, **headers: str) -> Answer:
    """Answer with a status and no more."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(number)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


def urlset(site: Site, *paths: str, extra: Callable[[str], str] = lambda _: "") -> bytes:
    """A sitemap of pages of a site, or of elsewhere where a path is a whole address."""
    entries = "".join(
        f"<url><loc>{path if '://' in path else site.url + path}</loc>{extra(path)}</url>"
        for path in paths
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<urlset xmlns="{space}" xmlns:news="n">{entries}</urlset>'.encode()


class Collect:
    """Collects from a list of outlets into one table.

    The reader of pages lives longer than a run of the command, and is passed in.
    """

    def __init__(self, articles: Articles, folder: Path) -> None:
        self.articles, self.folder = articles, folder
        self.said: list[str] = []
        self.shown: list[str] = []
        self.outlets: list[dict[str, Any]] = []
        self.output = folder / "out.jsonl"

    def outlet(self, domain: str = "127.0.0.1", label: str = "journalism", **more: Any) -> None:
        """List an outlet."""
        named = {"domain": domain, "name": domain, "country": "BY", "languages": ["en"]}
        self.outlets.append({**named, "label": label, **more})

    def write_list(self) -> None:
        """Write the list."""
        lines = []
        for outlet in self.outlets:
            lines += ["[[outlet]]", *(f"{name} = {_toml(value)}" for name, value in outlet.items())]
        (self.folder / "outlets.toml").write_text("\n".join(lines), "utf-8")

    def __call__(self, *, whole: bool = True, **more: Any) -> list[dict[str, Any]]:
        """Collect, as `Job` has it, and return the rows of the corpus."""
        self.write_list()
        state = self.output.with_name(f"{self.output.name}.state")
        review = self.output.with_name(f"{self.output.stem}.review.csv")
        given = {"state": state, "review": review, "delay": 0.0, "allow_private": True} | more
        job = CollectJob(self.folder / "outlets.toml", self.output, **given)
        self.said.clear()
        done = collect(job, self.articles, self.said.append, Silent())
        self.said += done.failures
        self.shown = done.lines
        assert done.is_whole == whole, self.said
        return self.rows()

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows that were written."""
        table = read_table(self.output)
        return table.astype(object).where(table.notna(), None).to_dict("records")

    def left_out(self) -> dict[str, int]:
        """Return what the last run said of the first outlet: how many were left out, and why."""
        line = self.shown[0].partition("left out: ")[2]
        return {reason: int(count) for count, reason in re.findall(r"(\d+) ([^,]+)(?:, |$)", line)}


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, list) else f'"{value}"'
