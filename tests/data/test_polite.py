"""Fetching that is a burden to nobody, from a real server on this machine."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from typing import TYPE_CHECKING

import httpx2
import pytest

from krynica.classifier.errors import AddressError, GivenUpError, StatusError, UnreachableError
from krynica.data.net.answers import Download, Limits
from krynica.data.net.fetcher import Fetcher
from krynica.data.net.politeness import MOST_FAILURES, TRIES, is_passing
from krynica.data.net.transport import GuardedTransport
from tests.data.conftest import serving

if TYPE_CHECKING:
    from tests.data.conftest import Site

KINDS = ("text/plain", "text/html")
QUICK = Limits(wait=0.3, total=0.6)


@pytest.fixture
def site(site: Site) -> Site:
    """A site without a robots.txt."""
    site.answers["/robots.txt"] = status(404)
    site.page("/", b"Good morning.", "text/plain")
    return site


def status(number: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(number)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


def first(
    *answers: Callable[[BaseHTTPRequestHandler], None],
) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answer in turn; the last goes on."""
    left = iter(answers)
    now: list[Callable[[BaseHTTPRequestHandler], None]] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        now[:] = [next(left, *now)]
        now[0](request)

    return answer


def polite(delay: float = 0.0, **options: object) -> Fetcher:
    return Fetcher(delay=delay, allow_private=True, limits=QUICK, **options)  # type: ignore[arg-type]


def get(site: Site, path: str = "/", by: Fetcher | None = None) -> Download:
    return (by or polite()).get(site.url + path, kinds=KINDS)


def paths(site: Site) -> list[str]:
    return [path for path, _ in site.asked]


# ----------------------------------------------------------------------------------- robots.txt


def test_robots_are_asked_once_for_a_site(site: Site) -> None:
    by = polite()
    assert get(site, by=by).data == b"Good morning."
    get(site, by=by)
    assert paths(site) == ["/robots.txt", "/", "/"]
    get(site, by=polite())
    assert paths(site).count("/robots.txt") == 2


def test_what_robots_forbid_is_not_asked_for(site: Site) -> None:
    site.page("/robots.txt", b"User-agent: *\nDisallow: /a", "text/html")
    site.redirect("/b", "/a")
    by = polite()
    for path in ("/a", "/a/b", "/b"):
        with pytest.raises(
            AddressError, match=r"^The robots\.txt of 127\.0\.0\.1 forbids"
        ) as caught:
            get(site, path, by)
        assert not is_passing(caught.value)
    assert paths(site) == ["/robots.txt", "/b"]
    assert get(site, by=by).data == b"Good morning."


@pytest.mark.parametrize("number", [400, 401, 403, 404, 410])
def test_a_site_without_robots_allows_everything(site: Site, number: int) -> None:
    site.answers["/robots.txt"] = status(number)
    assert get(site).data == b"Good morning."


@pytest.mark.parametrize("number", [429, 500, 501, 503])
def test_a_site_whose_robots_are_out_of_order_allows_nothing(site: Site, number: int) -> None:
    site.answers["/robots.txt"] = status(number)
    by = polite()
    for _ in range(MOST_FAILURES + 1):
        with pytest.raises(UnreachableError, match=f"robots.txt answered {number}") as caught:
            get(site, by=by)
        assert is_passing(caught.value)
    assert paths(site) == ["/robots.txt"] * (1 if number == 501 else TRIES)


def test_robots_that_lead_in_circles_are_none(site: Site) -> None:
    site.redirect("/robots.txt", "/robots.txt")
    assert get(site).data == b"Good morning."


def test_robots_of_the_host_that_one_is_led_to_count(site: Site) -> None:
    site.page("/robots.txt", b"User-agent: *\nDisallow: /there", "text/plain")

    def answer(request: httpx2.Request) -> httpx2.Response:
        if request.url.host == "news.example" and request.url.path == "/a":
            return httpx2.Response(302, headers={"Location": f"{site.url}/there"})
        return outside(request)

    with pytest.raises(AddressError, match=r"robots\.txt of 127\.0\.0\.1 forbids"):
        get_outside(answer)
    assert paths(site) == ["/robots.txt"]


def outside(request: httpx2.Request) -> httpx2.Response:
    """Answer for the outside world with nothing, and carry the rest to this machine."""
    if request.url.host != "127.0.0.1":
        return httpx2.Response(404)
    with httpx2.Client(trust_env=False) as client:
        answer = client.get(request.url)
    return httpx2.Response(answer.status_code, headers=answer.headers, content=answer.content)


def get_outside(
    answer: Callable[[httpx2.Request], httpx2.Response], *, allow: bool = True
) -> Download:
    by = Fetcher(delay=0, allow_private=allow, transport=httpx2.MockTransport(answer))
    return by.get("http://news.example/a", kinds=KINDS)


# ------------------------------------------------------------------------------------ redirects


@pytest.mark.parametrize("target", ["http://127.0.0.1/b", "http://localhost/b", "http://[::1]/"])
def test_a_redirect_to_a_private_network_is_not_followed(target: str) -> None:
    asked = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.host)
        return httpx2.Response(
            302 if request.url.path == "/a" else 404, headers={"Location": target}
        )

    with pytest.raises(AddressError, match="leads to this machine or a private network") as caught:
        get_outside(answer, allow=False)
    assert not is_passing(caught.value)
    assert set(asked) == {"news.example"}


def test_chains_are_followed_and_loops_are_not(site: Site) -> None:
    site.redirect("/1", "/2")
    site.redirect("/2", "/")
    site.redirect("/loop", "/loop")
    assert get(site, "/1").url == f"{site.url}/"
    with pytest.raises(AddressError, match="leads on to other addresses more than 5 times"):
        get(site, "/loop")


# ----------------------------------------------------------------------------- again, and again


@pytest.mark.parametrize("number", [408, 429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again(site: Site, number: int) -> None:
    site.answers["/"] = first(status(number), status(number), site.answers["/"])
    assert get(site).data == b"Good morning."
    assert paths(site).count("/") == TRIES


@pytest.mark.parametrize("number", [204, 400, 403, 404, 410, 501])
def test_what_will_not_pass_is_not_tried_again(site: Site, number: int) -> None:
    site.answers["/"] = status(number)
    with pytest.raises(StatusError) as caught:
        get(site)
    assert not is_passing(caught.value)
    assert paths(site).count("/") == 1


def test_pauses_between_tries_grow(site: Site) -> None:
    site.answers["/"] = first(status(500), status(500), site.answers["/"])
    start = time.monotonic()
    get(site, by=polite(0.1))
    assert 0.6 < time.monotonic() - start < 2


def test_a_server_is_left_alone_for_as_long_as_it_asks(site: Site) -> None:
    site.answers["/"] = first(status(429, Retry_After="1"), site.answers["/"])
    start = time.monotonic()
    assert get(site).data == b"Good morning."
    assert time.monotonic() - start > 1


@pytest.mark.parametrize("wait", ["3600", "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_a_server_that_asks_for_an_hour_gets_it(site: Site, wait: str) -> None:
    site.answers["/"] = status(503, Retry_After=wait)
    by = polite()
    with pytest.raises(StatusError) as caught:
        get(site, by=by)
    assert is_passing(caught.value)
    for _ in range(2):
        with pytest.raises(GivenUpError, match="was given up: it asked to be left") as caught:
            get(site, "/other", by)
        assert is_passing(caught.value)
    assert paths(site) == ["/robots.txt", "/"]


def test_what_a_server_asks_for_at_the_last_try_is_kept(site: Site) -> None:
    site.answers["/bad"] = first(status(503), status(503), status(503, Retry_After="1"))
    by = polite()
    with pytest.raises(StatusError):
        get(site, "/bad", by)
    start = time.monotonic()
    assert get(site, by=by).data == b"Good morning."
    assert time.monotonic() - start > 0.9


def test_broken_servers_of_a_host_do_not_give_up_one_that_works(site: Site) -> None:
    by = polite()
    with ExitStack() as servers:
        for _ in range(MOST_FAILURES):
            broken = servers.enter_context(serving())
            broken.answers["/robots.txt"] = status(503)
            with pytest.raises(UnreachableError):
                get(broken, by=by)
    assert get(site, by=by).data == b"Good morning."


def test_a_host_that_fails_again_and_again_is_given_up(site: Site) -> None:
    def hang_up(request: BaseHTTPRequestHandler) -> None:
        request.close_connection = True

    site.answers["/bad"] = hang_up
    by = polite()
    for _ in range(MOST_FAILURES):
        with pytest.raises(UnreachableError, match="could not be reached"):
            get(site, "/bad", by)
    before = len(site.asked)
    with pytest.raises(UnreachableError, match="was given up") as caught:
        get(site, "/", by)
    assert is_passing(caught.value)
    assert len(site.asked) == before


def test_a_success_forgives_failures(site: Site) -> None:
    site.answers["/bad"] = status(500)
    by = polite()
    for _ in range(MOST_FAILURES + 1):
        with pytest.raises(StatusError):
            get(site, "/bad", by)
        assert get(site, "/", by).data == b"Good morning."


def test_a_silent_server_may_pass(site: Site) -> None:
    site.answers["/"] = lambda _: time.sleep(0.4)
    with pytest.raises(UnreachableError, match=r"did not answer within 0\.3 seconds") as caught:
        get(site)
    assert is_passing(caught.value)


# ------------------------------------------------------------------------------ pace, and versions


def moments(site: Site) -> Iterator[float]:
    """Note when the pages of a site are asked for."""
    plain, seen = site.answers["/"], []

    def answer(request: BaseHTTPRequestHandler) -> None:
        seen.append(time.monotonic())
        plain(request)

    site.answers["/"] = answer
    return iter(seen)


def test_a_host_is_asked_one_thing_at_a_time_with_pauses(site: Site) -> None:
    seen, by = moments(site), polite(0.15)
    threads = [threading.Thread(target=get, args=(site, "/", by)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = list(seen)
    assert len(times) == 4
    assert all(b - a >= 0.15 for a, b in pairwise(times))


def test_a_site_may_ask_for_longer_pauses(site: Site) -> None:
    site.page("/robots.txt", b"User-agent: *\nCrawl-delay: 0.5", "text/plain")
    by, start = polite(), time.monotonic()
    get(site, by=by)
    get(site, by=by)
    assert time.monotonic() - start >= 0.5


def test_pauses_end_when_the_run_is_stopped(site: Site) -> None:
    stop = threading.Event()
    by = polite(60.0, stop=stop)
    threading.Timer(0.2, stop.set).start()
    start = time.monotonic()
    with pytest.raises(UnreachableError, match="stopped"):
        get(site, by=by)
    assert time.monotonic() - start < 10


def test_what_is_known_is_asked_for_conditionally(site: Site) -> None:
    site.page(
        "/",
        b"Good morning.",
        "text/plain",
        ETag='"1"',
        Last_Modified="Fri, 20 Nov 2026 08:30:00 GMT",
    )
    found = get(site)
    assert (found.etag, found.modified, found.unchanged) == (
        '"1"',
        "Fri, 20 Nov 2026 08:30:00 GMT",
        False,
    )
    site.answers["/"] = status(304)
    again = polite().get(site.url, kinds=KINDS, etag=found.etag, modified=found.modified)
    assert (again.unchanged, again.data) == (True, b"")
    headers = site.asked[-1][1]
    assert headers["if-none-match"] == '"1"'
    assert headers["if-modified-since"] == "Fri, 20 Nov 2026 08:30:00 GMT"
    with pytest.raises(StatusError, match="answered 304"):
        get(site)


def test_a_name_that_nobody_knows_is_asked_for_once() -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    by = Fetcher(delay=5.0, transport=GuardedTransport(resolve=resolve))
    for _ in range(3):
        with pytest.raises(UnreachableError) as refused:
            by.get("https://nowhere.example/", kinds=KINDS)
        assert is_passing(refused.value)
    assert asked == ["nowhere.example"]
