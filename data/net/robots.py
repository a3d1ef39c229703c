"""What a site lets programs fetch: robots.txt (RFC 9309)."""

from __future__ import annotations

import re

from protego import Protego

_NAME = "krynica"
_SIZE = 512_000
"""Bytes that are read; the standard wants 500 KiB at least."""
_AGENT = re.compile(r"^([^\S\n]*user[ -]?agent[^\S\n]*:?)(.*)$", re.IGNORECASE | re.MULTILINE)


class Robots:
    """The rules of one site.

    Parameters
    ----------
    data
        Its robots.txt; nothing for a site without one.
    """

    def __init__(self, data: bytes = b"") -> None:
        text = "\n".join(data[:_SIZE].decode("utf-8-sig", "replace").splitlines())
        self._rules = Protego.parse(_AGENT.sub(_renamed, text))

    def allows(self, url: str) -> bool:
        """Tell whether an address may be fetched."""
        return bool(self._rules.can_fetch(url, _NAME))

    @property
    def delay(self) -> float:
        """Seconds that the site wants between requests; zero where it says nothing."""
        return max(0.0, self._rules.crawl_delay(_NAME) or 0.0)


def _renamed(line: re.Match[str]) -> str:
    """Give all programs that are not this one a single name.

    The parser takes time and memory for each name with each rule: ten thousand of both would be
    a hundred million.
    """
    name = line.group(2).partition("#")[0].strip().lower()
    if name != "*":
        name = _NAME if name.split("/")[0] == _NAME else "another"
    return f"{line.group(1)} {name}"
