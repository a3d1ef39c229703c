"""What is known of hosts, and of the servers on them, while they are asked politely."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass, field

from krynica.classifier.errors import UnreachableError
from krynica.data.net.robots import Robots


@dataclass
class Site:
    """What is known of one server of a host: of a scheme and a port.

    Parameters
    ----------
    failures
        Requests that failed, one after the other.
    given_up
        Why it is asked for nothing more, or None.
    robots
        Its rules, or what is wrong with them; None before they were asked for.
    """

    failures: int = 0
    given_up: str | None = None
    robots: Robots | UnreachableError | None = None


@dataclass
class Host:
    """What is known of a host in this run; whoever holds `lock` may ask it.

    Parameters
    ----------
    free
        Moment from which on it may be asked.
    delay
        Seconds that it wants between requests.
    is_unknown
        Whether nobody knows its name.
    sites
        By the address of their root.
    """

    lock: threading.RLock = field(default_factory=threading.RLock)
    free: float = 0.0
    delay: float = 0.0
    is_unknown: bool = False
    sites: defaultdict[str, Site] = field(default_factory=lambda: defaultdict(Site))
