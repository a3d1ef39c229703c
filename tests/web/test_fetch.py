"""Addresses that users give: fetched where the operator says so, and never from within.

The service runs in this process here, so that its way to the network can be another: names lead
where the test says, and connections go to a server of the test.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from krynica.classifier.errors import AddressError
from krynica.data.documents.pages import Page
from krynica.data.net.addresses import fetch
from krynica.data.net.transport import GuardedTransport
from krynica.service.server.app import create_app
from krynica.service.web.scorer import Scorer
from krynica.service.web.settings import Settings
from tests.service.tiny import PROPAGANDA
from tests.web.server import is_problem

Fetcher = Callable[[str], Page]


@asynccontextmanager
async def asking(
    tiny: Path, fetcher: Fetcher, **settings: Any
) -> AsyncIterator[httpx2.AsyncClient]:
    """Start the service in this process with another way to the network."""
    scorer = Scorer(tiny, fetcher=fetcher, seconds=60)
    app = create_app(Settings(fetch=True, **settings), scorer=scorer)
    transport = httpx2.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client,
    ):
        await scorer.model()
        assert (await client.get("/ready")).status_code == 200
        yield client


def fetched(tiny: Path, fetcher: Fetcher, url: str) -> httpx2.Response:
    """Score an address."""

    async def ask() -> httpx2.Response:
        async with asking(tiny, fetcher) as client:
            return await client.post("/v1/score", json={"url": url})

    return asyncio.run(ask())


def test_the_article_at_an_address(tiny: Path) -> None:
    answer = fetched(tiny, lambda _: Page("Title", PROPAGANDA), "https://news.example/1")
    assert answer.json()["verdict"] == "propaganda"


def test_an_address_without_an_article(tiny: Path) -> None:
    def fetcher(url: str) -> Page:
        raise AddressError(f"{url} answered 404 Not Found.")

    answer = fetched(tiny, fetcher, "https://news.example/1")
    assert "answered 404" in is_problem(answer, 422)


PRIVATE = [
    "http://127.0.0.1/",
    "http://localhost:8000/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://0x7f000001/",
    "http://2130706433/",
    "http://169.254.169.254/latest/meta-data/",
    "http://user:secret@news.example/",
    "file:///etc/passwd",
    "gopher://news.example/",
    "ftp://news.example/",
    "//news.example/",
    "news.example",
    "http://",
    "http://news.example:99999/",
    "",
]


@pytest.mark.parametrize("url", PRIVATE)
def test_addresses_that_are_refused(tiny: Path, url: str) -> None:
    def fetcher(address: str) -> Page:
        return fetch(address, transport=_transport([["127.0.0.1"]]))

    is_problem(fetched(tiny, fetcher, url), 422)


def _transport(answers: Sequence[Sequence[str]]) -> GuardedTransport:
    """Return a transport for which every look-up of a name gives the next answer."""
    left = iter(answers)
    return GuardedTransport(resolve=lambda _host, _port: next(left))


def test_a_name_that_leads_elsewhere_at_the_second_look(tiny: Path) -> None:
    """A redirect to the same name, which is public at first and private then."""
    looked: list[str] = []

    class Redirecting(httpx2.BaseTransport):
        """Answers the first request itself; the second goes the guarded way."""

        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            looked.append(str(request.url))
            if len(looked) == 1:
                return httpx2.Response(302, headers={"Location": "http://news.example/inside"})
            return _transport([["127.0.0.1"]]).handle_request(request)

    answer = fetched(tiny, lambda url: fetch(url, transport=Redirecting()), "http://news.example/")
    assert "leads to this machine or a private network" in is_problem(answer, 422)
    assert looked == ["http://news.example/", "http://news.example/inside"]


@pytest.mark.parametrize("target", ["http://127.0.0.1/", "http://10.0.0.1/", "file:///etc/passwd"])
def test_redirects_inwards(tiny: Path, target: str) -> None:
    moved = httpx2.MockTransport(lambda _: httpx2.Response(302, headers={"Location": target}))
    answer = fetched(tiny, lambda url: fetch(url, transport=moved), "http://news.example/")
    is_problem(answer, 422)


def test_a_slow_address_keeps_nobody_waiting(tiny: Path) -> None:
    """With every fetcher stuck, texts are scored; then too many addresses are too many."""

    async def ask() -> None:
        loop = asyncio.get_running_loop()
        ends: asyncio.Future[Page] = loop.create_future()

        def stuck(_url: str) -> Page:
            async def wait() -> Page:
                return await asyncio.shield(ends)

            return asyncio.run_coroutine_threadsafe(wait(), loop).result()

        async with asking(tiny, stuck) as client:
            body = {"url": "http://slow.example/"}
            waiting = [
                asyncio.ensure_future(client.post("/v1/score", json=body)) for _ in range(20)
            ]
            await asyncio.sleep(0)
            refused = await client.post("/v1/score", json=body)
            is_problem(refused, 429)
            assert int(refused.headers["retry-after"]) >= 1
            scored = await client.post("/v1/score", json={"text": PROPAGANDA})
            assert scored.json()["verdict"] == "propaganda"
            batch = {"articles": [body, {"text": PROPAGANDA}]}
            is_problem(await client.post("/v1/batch", json=batch), 429)
            ends.set_result(Page(None, PROPAGANDA))
            for answer in await asyncio.gather(*waiting):
                assert answer.json()["verdict"] == "propaganda"

    asyncio.run(ask())


def test_the_service_fetches_from_no_private_address(tiny: Path) -> None:
    """The real way out, unchanged."""
    for url in ("http://127.0.0.1:1/", "http://localhost:1/", "http://[::]:1/"):
        answer = fetched(tiny, fetch, url)
        assert "leads to this machine or a private network" in is_problem(answer, 422)
