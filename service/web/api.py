"""The endpoints for programs."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.datastructures import MutableHeaders

from krynica.service.web.articles import answer_all, answer_one
from krynica.service.web.openapi import problems
from krynica.service.web.problems import UNREADABLE, Problem
from krynica.service.web.scorer import Scorer
from krynica.service.web.settings import Settings
from krynica.service.web.shapes import (
    ARTICLE_EXAMPLES,
    BATCH_EXAMPLES,
    AnswerOut,
    ArticleIn,
    BatchIn,
    CardOut,
    ListedOut,
    ModelName,
)


class _JsonRoute(APIRoute):
    """Reads every body as JSON, whatever it is called; pages of other sites are kept out before."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request."""
        answer = super().get_route_handler()

        async def read(request: Request) -> Response:
            if request.method == "POST":
                MutableHeaders(scope=request.scope)["Content-Type"] = "application/json"
                if not await request.body():
                    raise Problem(400, UNREADABLE)
            return await answer(request)

        return read


def api_router(settings: Settings) -> APIRouter:
    """Make the endpoints under ``/v1``.

    Parameters
    ----------
    settings
        What the operator set.
    """
    router = APIRouter(prefix="/v1", route_class=_JsonRoute)

    @router.post(
        "/score",
        response_model=AnswerOut,
        responses=problems(body=True),
    )
    async def score(
        article: Annotated[ArticleIn, Body(openapi_examples=ARTICLE_EXAMPLES)], request: Request
    ) -> JSONResponse:
        """Answer one article."""
        answer = await answer_one(article, _scorer(request), settings)
        if answer.error is not None:
            raise Problem(422, answer.error)
        return JSONResponse(answer.as_dict())

    @router.post(
        "/batch",
        response_model=list[AnswerOut],
        responses=problems(body=True),
    )
    async def batch(
        articles: Annotated[BatchIn, Body(openapi_examples=BATCH_EXAMPLES)], request: Request
    ) -> JSONResponse:
        """Answer articles in order. One that cannot be scored has its error in its answer."""
        if len(articles.articles) > settings.max_articles:
            raise Problem(422, f"A batch holds at most {settings.max_articles} articles.")
        scorer = _scorer(request)
        await scorer.model(articles.model)  # a name that none has is said once
        answers = await answer_all(articles.articles, scorer, settings, articles.model)
        return JSONResponse([answer.as_dict() for answer in answers])

    @router.get(
        "/model",
        response_model=CardOut,
        responses=problems(name=True),
    )
    async def card(request: Request, model: ModelName = None) -> JSONResponse:
        """Give the card of the model in use, or another: its manifest, and the card for people."""
        source = (await _scorer(request).model(model)).source
        id_ = source.id
        named = {"name": id_.name, "version": id_.version, "sha256": id_.sha256}
        return JSONResponse({**source.manifest, **named, "card": source.card})

    @router.get(
        "/models",
        response_model=list[ListedOut],
        responses=problems(),
    )
    async def models(request: Request) -> JSONResponse:
        """List the models that can be asked for, the one in use first."""
        return JSONResponse(
            [
                {
                    "name": one.name,
                    "version": one.source.id.version,
                    "sha256": one.source.sha256,
                    "languages": list(one.source.languages),
                    "in_use": one.in_use,
                }
                for one in await _scorer(request).models()
            ]
        )

    return router


def _scorer(request: Request) -> Scorer:
    scorer: Scorer = request.app.state.scorer
    return scorer
