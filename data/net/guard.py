"""Which addresses are of the open internet, and which lead to this machine or its neighbours."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

from krynica.classifier.sentence import Sentence

Resolve = Callable[[str, int], Sequence[str]]
"""From a host name and a port to its addresses, as text. Raises ``OSError`` if there are none."""

_UNICAST = ipaddress.ip_network("2000::/3")
"""All of IPv6 that is given out for use between networks."""
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv4 addresses as a NAT64 gateway spells them, the IPv4 address in the last 32 bits."""
_BARRED = tuple(
    map(
        ipaddress.ip_network,
        (
            "192.0.0.0/24",  # protocol assignments; Python before 3.11.10 takes most for global
            "192.88.99.0/24",  # 6to4 relays
            "2001::/23",  # Teredo and other tunnels, which carry an IPv4 address inside
            "2001:db8::/32",  # documentation
            "3fff::/20",  # documentation
        ),
    )
)


def is_public(address: str) -> bool:
    """Tell whether an address is one of the open internet.

    Parameters
    ----------
    address
        IPv4 or IPv6, as text.

    Returns
    -------
    bool
        False for this machine, private and local networks, multicast, reserved and
        documentation ranges, and for IPv6 spellings of such IPv4 addresses.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if any(ip in network for network in _BARRED if network.version == ip.version):
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not ip.is_multicast and not ip.is_reserved
    inner = ip.ipv4_mapped or ip.sixtofour
    if ip in _TRANSLATED:
        inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if inner is not None:
        return is_public(str(inner))
    return ip in _UNICAST and ip.is_global and ip.scope_id is None


def leads_here(address: str) -> bool:
    """Tell whether an address is one of this machine's own, public ones among them.

    Nothing is sent: the system is asked which address it would send from, and it takes the
    target's own address only to speak to itself.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, 9))
            return bool(probe.getsockname()[0] == address)
    except OSError:
        return False


def system_resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system for the addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def not_public(host: str) -> Sentence:
    """Say that a host may not be asked."""
    return Sentence(
        "{host} leads to this machine or a private network, where nothing is fetched from.",
        host=host,
    )
