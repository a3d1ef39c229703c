"""What stands between a request and the endpoints: one ASGI middleware a file.

From outside to inside, as `stack` puts them: a request for a head alone is answered as one for all,
requests are counted, headers set, and what goes wrong within becomes an answer; then each may
refuse: a foreign ``Host``, too many from one client, no key, a form of another site, too many at
once, a body too large or too slow. Between the last two, answers leave as fast as they are read.
The innermost gives up the work of a client that went away.
"""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from krynica.service.web.guards.backpressure import Backpressure
from krynica.service.web.guards.body import WholeBody
from krynica.service.web.guards.delivery import BoundedDelivery
from krynica.service.web.guards.disconnects import EndsOnDisconnect
from krynica.service.web.guards.head_requests import HeadRequests
from krynica.service.web.guards.headers import SafeHeaders
from krynica.service.web.guards.keys import Keys
from krynica.service.web.guards.metering import Metering
from krynica.service.web.guards.origin import SameOrigin
from krynica.service.web.guards.problem_details import ProblemDetails
from krynica.service.web.guards.rate import Rate
from krynica.service.web.guards.unexpected_errors import UnexpectedErrors
from krynica.service.web.metrics import Metrics
from krynica.service.web.settings import Settings

_HERE = ("localhost", "127.0.0.1", "[::1]")
_BODIES = 16
"""Bodies of the greatest size that a process holds at once, or smaller ones that weigh the same."""


def stack(settings: Settings, metrics: Metrics) -> list[Middleware]:
    """Return the guards that the settings ask for, outermost first."""
    guards = [
        Middleware(HeadRequests),
        Middleware(Metering, metrics=metrics),
        Middleware(SafeHeaders),
        Middleware(UnexpectedErrors),
        Middleware(
            ProblemDetails,
            details={
                400: "The service does not answer to this host name; see the setting “hosts”.",
                413: f"The body is larger than {settings.max_bytes / 1e6:g} MB.",
            },
        ),
    ]
    if settings.is_local or settings.hosts:
        known = [*_HERE, *settings.hosts, *_own_name(settings)]
        guards.append(Middleware(TrustedHostMiddleware, known, www_redirect=False))
    if settings.per_minute:
        guards.append(Middleware(Rate, per_minute=settings.per_minute, burst=settings.burst))
    if settings.keys:
        guards.append(Middleware(Keys, keys=settings.keys))
    return [
        *guards,
        Middleware(SameOrigin),
        Middleware(Backpressure, most=settings.queue),
        Middleware(BoundedDelivery, seconds=settings.seconds),
        Middleware(RequestBodyLimitMiddleware, max_body_size=settings.max_bytes),
        Middleware(WholeBody, most=_BODIES * settings.max_bytes, seconds=settings.seconds),
        Middleware(EndsOnDisconnect),
    ]


def _own_name(settings: Settings) -> list[str]:
    """Return the address listened on as a browser writes it, where it is one of this machine."""
    host = settings.host.lower()
    return [f"[{host}]" if ":" in host else host] if settings.is_local else []
