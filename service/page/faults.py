"""What the service refuses before the page is asked, shown as the page's own form."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from krynica.classifier.sentence import Sentence
from krynica.service.page.forms import BUSY, Typed, too_large
from krynica.service.page.rendering import form_page
from krynica.service.page.translation import choose, interface
from krynica.service.web.guards.headers import SafeHeaders
from krynica.service.web.problems import MEDIA_TYPE
from krynica.service.web.settings import Settings

_PAGES = frozenset({"/", "/form", "/report.html", "/report.json"})
_KEPT = ("retry-after", "www-authenticate", "connection", "allow")
_SENTENCES = {
    400: Sentence("What was sent could not be read as a form."),
    401: Sentence("A key is needed here: give it as the password, with any name."),
    403: Sentence("Another site sent this; only this page may. Please paste the text here."),
    408: Sentence("The text did not arrive in time. Please try again."),
    429: BUSY,
}
_UNFORESEEN = Sentence("Something went wrong here, and it is not your text. Please try again.")


def with_page(guards: list[Middleware], settings: Settings) -> list[Middleware]:
    """Put `PageFaults` among the guards: inside the one that sets headers, outside who refuse."""
    kinds: list[object] = [guard.cls for guard in guards]
    at = kinds.index(SafeHeaders) + 1
    return [*guards[:at], Middleware(PageFaults, settings=settings), *guards[at:]]


class PageFaults:
    """Turns problem details into the form with a sentence, for browsers on the page's addresses.

    Parameters
    ----------
    app
        What answers.
    settings
        What the operator set.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request pass, and its problem be read by a person."""
        if scope["type"] != "http" or scope["path"] not in _PAGES or not _is_browser(scope):
            await self._app(scope, receive, send)
            return
        start: Message | None = None

        async def shown(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_problem(message):
                start = message
            elif start is None:
                await send(message)
            elif not message.get("more_body", False):
                await self._page(Request(scope), start)(scope, receive, send)

        await self._app(scope, receive, shown)

    def _page(self, request: Request, start: Message) -> HTMLResponse:
        status = start["status"]
        ui = interface(
            choose(request.query_params.get("lang"), request.headers.get("accept-language"))
        )
        sentence = _SENTENCES.get(status, _UNFORESEEN)
        if status == 413:
            sentence = too_large(self._settings.max_bytes)
        page = form_page(ui, self._settings, Typed(), ui.tell(sentence), None)
        answer = HTMLResponse(page, status)
        for name, value in Headers(raw=start["headers"]).items():
            if name in _KEPT:
                answer.headers.append(name, value)
        return answer


def _is_browser(scope: Scope) -> bool:
    return "text/html" in Headers(scope=scope).get("accept", "")


def _is_problem(message: Message) -> bool:
    kind = MutableHeaders(scope=message).get("content-type", "")
    return kind.startswith(MEDIA_TYPE)
