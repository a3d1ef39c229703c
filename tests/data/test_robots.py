"""What a site lets this program fetch."""

from __future__ import annotations

import time

import pytest

from krynica.data.net.robots import Robots

URL = "https://a.example/news/1?x=1"


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("", True),
        ("<html>Not found</html>", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /news", False),
        ("User-agent: *\nDisallow: /*?x=", False),
        ("User-agent: *\nDisallow: /\nAllow: /news/", True),
        ("User-agent: Googlebot\nDisallow: /", True),
        ("User-agent: Googlebot\nUser-agent: Krynica\nDisallow: /", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: krynica/1.0\nDisallow: /other", True),
        ("User-agent: krynicabot\nDisallow: /", True),
        ("\ufeffUser-Agent: * # all\r\nDisallow: /news\r\n", False),
        ("user agent: *\rdisallow: /", False),
        ("User-agent: *\nDisallow: /\ud800", True),
    ],
)
def test_rules(rules: str, allowed: bool) -> None:  # noqa: FBT001
    assert Robots(rules.encode("utf-8", "surrogatepass")).allows(URL) is allowed


@pytest.mark.parametrize(
    ("rules", "delay"),
    [("", 0), ("Crawl-delay: 2.5", 2.5), ("Crawl-delay: x", 0), ("Crawl-delay: -1", 0)],
)
def test_delay(rules: str, delay: float) -> None:
    assert Robots(f"User-agent: *\n{rules}\nDisallow: /a".encode()).delay == delay


def test_robots_itself_and_bytes_that_are_no_text() -> None:
    assert Robots(b"User-agent: *\nDisallow: /").allows("https://a.example/robots.txt")
    assert Robots(bytes(range(256)) * 100).allows(URL)


@pytest.mark.parametrize("agent", [b"a%d", b"*%d*", b"krynica/%d", b"krynica%d"])
def test_ten_thousand_names_and_rules_take_no_time(agent: bytes) -> None:
    names = b"".join(b"User-agent: %b\n" % (agent % n) for n in range(10_000))
    start = time.monotonic()
    Robots(names + b"Disallow: /a\n" * 15_000).allows(URL)
    assert time.monotonic() - start < 5


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    rules = Robots(b"User-agent: *\nDisallow: /*a*a*a*a*a*a*a*a*a*ab$\nDisallow: /b")
    start = time.monotonic()
    assert rules.allows(f"https://a.example/{'a' * 2_000}")
    assert not rules.allows(f"https://a.example/{'a' * 2_000}b")
    assert time.monotonic() - start < 5


def test_only_the_first_half_megabyte_is_read() -> None:
    assert Robots(b"#" * 512_000 + b"\nUser-agent: *\nDisallow: /").allows(URL)
