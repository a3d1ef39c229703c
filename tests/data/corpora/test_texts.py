"""Texts that a corpus only points to, from a real server on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from krynica.classifier.errors import CorpusError
from krynica.data.corpora.rows import Found, LeftOut, Pointer, Row
from krynica.data.corpora.texts import completed
from krynica.data.download import Limits
from krynica.data.polite import TRIES, Polite

if TYPE_CHECKING:
    from tests.data.conftest import Site

SENTENCE = "It rained all day in the town, and the council met in the evening, officials said. "
PAGE = f"<html><title>Rain</title><body><article><p>{SENTENCE * 9}</p></article></body></html>"
LATER = "its page could not be reached now: the same command tries again"


@pytest.fixture(autouse=True)
def _no_robots(site: Site) -> None:
    site.answers["/robots.txt"] = status(404)


def status(number: int) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(number)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


def after(
    event: threading.Event, answer: Callable[[BaseHTTPRequestHandler], None]
) -> Callable[[BaseHTTPRequestHandler], None]:
    def late(request: BaseHTTPRequestHandler) -> None:
        event.wait(10)
        answer(request)

    return late


def pointer(site: Site, name: str, *paths: str) -> Pointer:
    addresses = tuple(site.url + path for path in paths or (f"/{name}",))
    return Pointer(name, addresses, Row("", "journalism", outlet=name))


def run(found: Found, state: Path, done: Callable[[], None] = lambda: None) -> list[Row | LeftOut]:
    stop = threading.Event()
    polite = Polite(delay=0.0, allow_private=True, limits=Limits(wait=10.0, total=20.0), stop=stop)
    items = list(completed(found, state, polite, stop, done))
    assert not any(isinstance(item, Pointer) for item in items)
    return items  # type: ignore[return-value]  # see above


def paths(site: Site) -> list[str]:
    return [path for path, _ in site.asked if path != "/robots.txt"]


def test_texts_are_fetched_once_and_kept(site: Site, tmp_path: Path) -> None:
    site.page("/a", PAGE.encode())
    site.page("/b", b"A plain text, as it stands.", "text/plain")
    items = [pointer(site, "a"), Row("Known.", "journalism"), pointer(site, "b"), LeftOut("why")]
    ticks: list[None] = []
    first = run(iter(items), tmp_path / "texts.jsonl", lambda: ticks.append(None))
    assert first[:2] == [Row("Known.", "journalism"), LeftOut("why")]
    assert isinstance(first[2], Row)
    assert first[2].text.startswith("It rained")
    assert (first[2].title, first[2].outlet) == ("Rain", "a")
    assert first[3] == Row("A plain text, as it stands.", "journalism", outlet="b")
    assert len(ticks) == 2
    assert sorted(paths(site)) == ["/a", "/b"]
    assert run(iter(items), tmp_path / "texts.jsonl") == first
    assert len(paths(site)) == 2


def test_what_is_gone_is_not_asked_for_again_but_what_may_come_back_is(
    site: Site, tmp_path: Path
) -> None:
    site.answers["/gone"] = status(410)
    site.page("/menu", b"<html><body><nav>Home</nav></body></html>")
    site.answers["/busy"] = status(503)
    items = [pointer(site, name) for name in ("gone", "menu", "busy")]
    assert run(iter(items), tmp_path / "texts.jsonl") == [
        LeftOut("its address gives no page"),
        LeftOut("its page holds no article"),
        LeftOut(LATER),
    ]
    assert len(paths(site)) == 2 + TRIES
    site.page("/busy", PAGE.encode())
    assert isinstance(run(iter(items), tmp_path / "texts.jsonl")[2], Row)
    assert paths(site)[2 + TRIES :] == ["/busy"]


def test_an_archived_page_stands_in(site: Site, tmp_path: Path) -> None:
    site.answers["/gone"] = status(404)
    site.page("/archive", PAGE.encode())
    (row,) = run(iter([pointer(site, "a", "/gone", "/archive")]), tmp_path / "texts.jsonl")
    assert isinstance(row, Row)
    assert paths(site) == ["/gone", "/archive"]


def test_an_article_that_is_there_twice_is_taken_once(site: Site, tmp_path: Path) -> None:
    site.page("/a", PAGE.encode())
    items = [pointer(site, "a"), pointer(site, "a")]
    found = run(iter(items), tmp_path / "texts.jsonl")
    assert [type(item) for item in found] == [LeftOut, Row]


def test_a_state_that_was_cut_short_loses_no_other_text(site: Site, tmp_path: Path) -> None:
    state = tmp_path / "texts.jsonl"
    state.write_text(json.dumps({"id": "a", "text": "Kept.", "title": None}) + '\n{"id": "b", "te')
    site.page("/b", PAGE.encode())
    items = [pointer(site, "a"), pointer(site, "b")]
    first, second = run(iter(items), state)
    assert isinstance(first, Row)
    assert first.text == "Kept."
    assert isinstance(second, Row)
    assert run(iter(items), state) == [first, second]
    assert paths(site) == ["/b"]


def test_addresses_of_this_machine_are_not_asked(site: Site, tmp_path: Path) -> None:
    site.page("/a", PAGE.encode())
    stop = threading.Event()
    polite = Polite(delay=0.0, stop=stop)
    found = completed(iter([pointer(site, "a")]), tmp_path / "texts.jsonl", polite, stop)
    assert list(found) == [LeftOut("its address gives no page")]
    assert site.asked == []


def test_a_stop_keeps_what_came_before_it(site: Site, tmp_path: Path) -> None:
    let_go = threading.Event()
    site.page("/a", PAGE.encode())
    for number in range(40):
        site.page(f"/{number}", PAGE.encode())
        site.answers[f"/{number}"] = after(let_go, site.answers[f"/{number}"])
    items = [pointer(site, "a"), *(pointer(site, str(number)) for number in range(40))]

    def interrupt() -> None:
        let_go.set()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(iter(items), tmp_path / "texts.jsonl", interrupt)
    kept = (tmp_path / "texts.jsonl").read_text().splitlines()
    assert len(kept) == 1
    assert len(paths(site)) < len(items)
    assert len(run(iter(items), tmp_path / "texts.jsonl")) == len(items)


def test_a_state_that_cannot_be_written_is_said_to_be_one(site: Site, tmp_path: Path) -> None:
    site.page("/a", PAGE.encode())
    with pytest.raises(CorpusError, match="could not be written"):
        run(iter([pointer(site, "a")]), tmp_path / "none" / "texts.jsonl")
