"""Which addresses are of the open internet, and that connections go nowhere else."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Sequence

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from krynica.classifier.errors import AddressError
from krynica.data.net.guard import is_public, leads_here, system_resolve
from krynica.data.net.transport import Deadline, GuardedTransport

PUBLIC = """
8.8.8.8 93.184.216.34 1.1.1.1 2606:4700:4700::1111 2a00:1450:4001::200e ::ffff:8.8.8.8
64:ff9b::808:808 2002:808:808::1
"""
PRIVATE = """
0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255
192.0.0.1 192.0.0.8 192.0.0.170 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.51.100.1
203.0.113.1 224.0.0.1 233.252.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1
64:ff9b::a00:1 64:ff9b:1::808:808 100::1 2001::1 2001:0:7f00:1:: 2001:db8::1 2001:10::1 2001:20::1
2002:7f00:1:: 2002:a00:1::1 2002:c0a8:1:: 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0
fec0::1 ff02::1 ff0e::1 2606:4700::1%1 4000::1 localhost 1 127.1 0x7f000001
"""


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE.split())
def test_not_public(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_every_spelling_of_an_ipv4_address_is_judged_alike(address: ipaddress.IPv4Address) -> None:
    number, public = int(address), is_public(str(address))
    for spelling in (0xFFFF << 32 | number, 0x2002 << 112 | number << 80, 0x64FF9B << 96 | number):
        assert is_public(str(ipaddress.IPv6Address(spelling))) == public
    if not address.is_global or address.is_multicast:
        assert not public


def test_addresses_of_this_machine_lead_here() -> None:
    assert leads_here("127.0.0.1")
    assert not leads_here("192.0.2.1")
    assert not leads_here("no address")


def test_the_system_knows_this_machine() -> None:
    assert "127.0.0.1" in system_resolve("127.0.0.1", 80)


def transport(*answers: str, asked: list[str] | None = None) -> GuardedTransport:
    """Return a transport for which every name has these addresses."""

    def resolve(host: str, port: int) -> Sequence[str]:
        if asked is not None:
            asked.append(f"{host}:{port}")
        return answers

    return GuardedTransport(resolve=resolve)


@pytest.mark.parametrize(
    "answers", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::1"], ["::ffff:7f00:1"]]
)
def test_one_private_address_among_many_is_enough(answers: list[str]) -> None:
    asked: list[str] = []
    request = httpx2.Request("GET", "http://news.example:81/")
    with pytest.raises(AddressError, match=r"^news\.example leads to this machine or a private"):
        transport(*answers, asked=asked).handle_request(request)
    assert asked == ["news.example:81"]


def test_no_address_at_all() -> None:
    with pytest.raises(httpx2.ConnectError):
        transport().handle_request(httpx2.Request("GET", "http://news.example/"))


def test_a_name_that_is_not_found_in_time() -> None:
    def resolve(_host: str, _port: int) -> Sequence[str]:
        time.sleep(3)
        return ["8.8.8.8"]

    request = httpx2.Request("GET", "http://news.example/", extensions={"deadline": Deadline(0.1)})
    start = time.monotonic()
    with pytest.raises(httpx2.ConnectTimeout):
        GuardedTransport(resolve=resolve).handle_request(request)
    assert time.monotonic() - start < 2
