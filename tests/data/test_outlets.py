"""Which outlet an address belongs to."""

from __future__ import annotations

import pytest

from krynica.data.corpus.labelled import canonical_outlet
from krynica.data.corpus.outlet_names import KnownOutlets
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
        ("https://t.me/Dzien/100", "t.me/dzien"),
        ("https://t.me/s/dzien?before=20", "t.me/dzien"),
        ("https://telegram.me/dzien", "t.me/dzien"),
        ("https://t.me/c/1234/5", "t.me/c/1234"),
        ("https://t.me/joinchat/AAAA", "t.me"),
        ("https://t.me/", "t.me"),
        ("nothing", None),
        ("", None),
    ],
)
def test_registered_domains(url: str, outlet: str | None) -> None:
    assert outlet_of(url) == outlet


def test_channels_are_outlets_of_their_own() -> None:
    assert canonical_outlet("https://T.me/s/Dzien") == canonical_outlet("t.me/dzien/3")
    assert canonical_outlet("t.me/dzien") != canonical_outlet("t.me/vechar")
    known = KnownOutlets(["t.me/dzien"])
    assert "https://t.me/s/dzien" in known
    assert "t.me/vechar" not in known
