"""Which outlet an address belongs to."""

from __future__ import annotations

import pytest

from krynica.data.outlets import outlet_of


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://news.bbc.co.uk/1/hi", "bbc.co.uk"),
        ("http://WWW.Example.ORG:8080/a", "example.org"),
        ("https://paper.github.io/a", "paper.github.io"),
        ("https://a.b.blogspot.com/", "b.blogspot.com"),
        ("https://www.навіны.бел/x", "навіны.бел"),
        ("https://co.uk/", "co.uk"),
        ("http://127.0.0.1:80/", "127.0.0.1"),
        ("http://[2001:db8::1]/", "2001:db8::1"),
        ("http://news.intranet/", "news.intranet"),
        ("http://example.org./", "example.org"),
        ("nothing", None),
        ("", None),
    ],
)
def test_registered_domains(url: str, outlet: str | None) -> None:
    assert outlet_of(url) == outlet
