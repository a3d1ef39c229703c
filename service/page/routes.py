"""The addresses of the page. Nothing is kept between two requests: a report is asked for anew."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from krynica.classifier.errors import KrynicaError
from krynica.classifier.model import Model
from krynica.service.page.forms import BUSY, FormError, Typed, read_form
from krynica.service.page.reference import reference_page
from krynica.service.page.rendering import form_page, render, static_files
from krynica.service.page.report import html_report, json_report
from krynica.service.page.submission import Desk, Submission, sentence_of
from krynica.service.page.translation import Interface, choose, interface
from krynica.service.page.view import View, view
from krynica.service.web.queues import BusyError
from krynica.service.web.scorer import Scorer
from krynica.service.web.settings import Settings

_VARY = {"Vary": "Accept-Language"}
_YEAR = "public, max-age=31536000, immutable"


def page_router(settings: Settings) -> APIRouter:
    """Make the page's routes; they ask ``request.app.state.scorer`` (`service.web.scorer.Scorer`).

    Parameters
    ----------
    settings
        What the operator set.
    """
    router, page = APIRouter(include_in_schema=False), _Page(settings)
    router.add_api_route("/", page.empty, methods=["GET"])
    router.add_api_route("/", page.answer, methods=["POST"])
    router.add_api_route("/form", page.form, methods=["POST"])
    router.add_api_route("/report.html", page.html, methods=["POST"])
    router.add_api_route("/report.json", page.json, methods=["POST"])
    router.add_api_route("/docs", reference, methods=["GET"])
    router.add_api_route("/static/{name}", static, methods=["GET"])
    return router


async def reference(request: Request) -> Response:
    """Show what programs can ask for."""
    return HTMLResponse(reference_page(request.app.openapi()))


async def static(name: str) -> Response:
    """Give one of the page's own files; its address changes with its bytes."""
    file = static_files().get(name)
    if file is None:
        raise HTTPException(404, "There is no such file.")
    return Response(file.content, media_type=file.media_type, headers={"Cache-Control": _YEAR})


class _Page:
    """What each address does."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._desk = Desk(settings)

    async def empty(self, request: Request) -> Response:
        """Show the form."""
        return await self.show_form(request, Typed())

    async def form(self, request: Request) -> Response:
        """Show the form again with what was typed, in another language."""
        try:
            return await self.show_form(request, await read_form(request, self._settings.max_bytes))
        except FormError as error:
            return await self.show_form(request, Typed(), error)

    async def answer(self, request: Request) -> Response:
        """Answer, or show the form again with what is the matter."""
        return await self._answered(request, _answer_page)

    async def html(self, request: Request) -> Response:
        """Give a report as one HTML file."""
        return await self._answered(request, _html)

    async def json(self, request: Request) -> Response:
        """Give a report as JSON."""
        return await self._answered(request, _json)

    async def _answered(self, request: Request, show: Callable[[Shown], Response]) -> Response:
        typed = Typed()
        try:
            typed = await read_form(request, self._settings.max_bytes)
            given = await self._desk.answer(_scorer(request), typed)
        except KrynicaError as error:
            return await self.show_form(request, typed, error)
        model = await _scorer(request).model(typed.model or None)
        shown = Shown(_interface(request), model, typed, given)
        # A text of two megabytes takes a second to set out: beside the event loop.
        return await asyncio.to_thread(show, shown)

    async def show_form(
        self, request: Request, typed: Typed, error: KrynicaError | None = None
    ) -> Response:
        """Show the form with what was typed and what is the matter with it, if anything."""
        ui, model = _interface(request), await _scorer(request).model()
        models = await _scorer(request).models()
        busy = isinstance(error, BusyError)
        sentence = BUSY if busy else "" if error is None else sentence_of(error)
        # A text of two megabytes takes a while to set out: beside the event loop.
        page = await asyncio.to_thread(
            form_page, ui, self._settings, typed, ui.tell(sentence), model, models
        )
        status = 200 if error is None else 429 if busy else getattr(error, "status", 422)
        return HTMLResponse(page, status, headers=_VARY | ({"Retry-After": "3"} if busy else {}))


@dataclass(frozen=True)
class Shown:
    """What an answer is shown from."""

    ui: Interface
    model: Model
    typed: Typed
    given: Submission

    def view(self) -> View:
        """Set it out."""
        given = self.given
        return view(
            self.ui,
            given.answer,
            given.text,
            self.model.manifest,
            title=given.title,
            source=given.source,
        )

    def text_lang(self) -> str:
        """Return the language of the text for the page's markup, empty where it is not known."""
        known = self.given.answer.language
        return "" if known in {None, "und"} else str(known)


def _answer_page(shown: Shown) -> Response:
    given = shown.given
    page = render(
        "answer.html",
        shown.ui,
        given.answer.model or shown.model.id,
        view=shown.view(),
        text_lang=shown.text_lang(),
        text=given.text,
        language=shown.typed.language,
        chosen=shown.typed.model,
        source=given.source,
        title=given.title,
        doubts=given.doubts,
    )
    return HTMLResponse(page, headers=_VARY)


def _html(shown: Shown) -> Response:
    report = html_report(shown.ui, shown.view(), shown.text_lang(), _now())
    return _download(report, "text/html", "html")


def _json(shown: Shown) -> Response:
    given = shown.given
    report = json_report(given.answer, given.text, _now(), title=given.title, source=given.source)
    return _download(report, "application/json", "json")


def _scorer(request: Request) -> Scorer:
    scorer: Scorer = request.app.state.scorer
    return scorer


def _interface(request: Request) -> Interface:
    asked, accept = request.query_params.get("lang"), request.headers.get("accept-language")
    return interface(choose(asked, accept))


def _now() -> datetime:
    return datetime.now().astimezone()


def _download(content: str, media_type: str, ending: str) -> Response:
    name = f"krynica-{_now():%Y-%m-%d-%H%M}.{ending}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=f"{media_type}; charset=utf-8", headers=disposition)
