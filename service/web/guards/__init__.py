"""What stands between a request and the endpoints: one ASGI middleware a file.

From outside to inside, as `stack` puts them: a request for a head alone is answered as one for all,
requests are counted, headers set, and what goes wrong within becomes an answer; then each may
refuse: a foreign ``Host``, too many from one client, no key, a form of another site, too many at
once, a body too large or too slow. Between the last two, answers leave as fast as they are read.
The innermost gives up the work of a client that went away.
"""

from __future__ import annotations

from starlette.middleware import Middleware

from krynica.service.web.guards.body import WholeBody
from krynica.service.web.guards.counted import Counted
from krynica.service.web.guards.crowd import Crowd
from krynica.service.web.guards.departed import Departed
from krynica.service.web.guards.handed import HandedOver
from krynica.service.web.guards.head import Head
from krynica.service.web.guards.headers import SafeHeaders
from krynica.service.web.guards.hosts import KnownHosts
from krynica.service.web.guards.keys import Keys
from krynica.service.web.guards.origin import SameOrigin
from krynica.service.web.guards.rate import Rate
from krynica.service.web.guards.unforeseen import Unforeseen
from krynica.service.web.metrics import Metrics
from krynica.service.web.settings import Settings


def stack(settings: Settings, metrics: Metrics) -> list[Middleware]:
    """Return the guards that the settings ask for, outermost first."""
    guards = [
        Middleware(Head),
        Middleware(Counted, metrics=metrics),
        Middleware(SafeHeaders),
        Middleware(Unforeseen),
    ]
    if settings.is_local or settings.hosts:
        guards.append(Middleware(KnownHosts, hosts=[*settings.hosts, *_own_name(settings)]))
    if settings.per_minute:
        guards.append(Middleware(Rate, per_minute=settings.per_minute, burst=settings.burst))
    if settings.keys:
        guards.append(Middleware(Keys, keys=settings.keys))
    return [
        *guards,
        Middleware(SameOrigin),
        Middleware(Crowd, most=settings.queue),
        Middleware(HandedOver, seconds=settings.seconds),
        Middleware(WholeBody, max_bytes=settings.max_bytes, seconds=settings.seconds),
        Middleware(Departed),
    ]


def _own_name(settings: Settings) -> list[str]:
    """Return the address listened on as a browser writes it, where it is one of this machine."""
    host = settings.host.lower()
    return [f"[{host}]" if ":" in host else host] if settings.is_local else []
