"""What OpenAPI says of the service is what it does."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from jsonschema_rs import validate

from krynica.classifier.answer import GENRES, Answer, Genre, Levels
from krynica.service.server.app import create_app
from krynica.service.web.settings import Settings
from krynica.service.web.shapes import ANSWER_EXAMPLE, FAILED_EXAMPLE, AnswerOut
from tests.service.tiny import PROPAGANDA
from tests.web.server import Server

DESCRIBED = create_app(Settings()).openapi()
schema = schemathesis.openapi.from_dict(DESCRIBED)
schema.config.generation.update(modes=list(schemathesis.GenerationMode))
# A text may be of the right shape and have no words, a name be that of no model: nothing in a
# schema can say so.
SEMANTIC = {"POST /v1/score", "POST /v1/batch", "GET /v1/model"}


@schema.parametrize()
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_as_described(case: schemathesis.Case, service: Server) -> None:
    excluded = (
        [schemathesis.checks.positive_data_acceptance] if case.operation.label in SEMANTIC else []
    )
    case.call_and_validate(base_url=service.url.rstrip("/"), excluded_checks=excluded)


POSTS = ("/v1/score", "/v1/batch")
GETS = ("/v1/model", "/v1/models", "/health", "/ready", "/metrics")


def test_every_error_is_declared() -> None:
    assert set(DESCRIBED["paths"]) == {*POSTS, *GETS}
    for path in POSTS:
        declared = set(DESCRIBED["paths"][path]["post"]["responses"])
        assert declared >= {"200", "400", "401", "403", "408", "413", "422", "429"}
    for path, operation in ((path, DESCRIBED["paths"][path]["get"]) for path in GETS):
        assert set(operation["responses"]) >= {"200", "400", "429"}
        assert ("401" in operation["responses"]) == (path not in {"/health", "/ready"})
    assert "422" in DESCRIBED["paths"]["/v1/model"]["get"]["responses"]
    assert "503" in DESCRIBED["paths"]["/ready"]["get"]["responses"]
    for said in DESCRIBED["paths"].values():
        for operation in said.values():
            for status, response in operation["responses"].items():
                kinds = set(response["content"])
                problem = status[0] in "45"
                assert kinds == {"application/problem+json"} or not problem


def resolve(part: Any) -> Any:
    """Put components in place of references to them."""
    if isinstance(part, dict):
        if "$ref" in part:
            return resolve(DESCRIBED["components"]["schemas"][part["$ref"].rpartition("/")[2]])
        return {name: resolve(value) for name, value in part.items()}
    return [resolve(value) for value in part] if isinstance(part, list) else part


@pytest.mark.parametrize("path", POSTS)
def test_examples_are_valid_and_work(service: Server, path: str) -> None:
    operation = resolve(DESCRIBED["paths"][path]["post"])
    content = operation["requestBody"]["content"]["application/json"]
    assert content["examples"]
    for example in content["examples"].values():
        validate(content["schema"], example["value"])
        assert service.client.post(path, json=example["value"]).status_code == 200


def test_answers_and_examples_of_answers_are_of_the_schema(service: Server) -> None:
    answer = service.score(text=PROPAGANDA).json()
    batch = service.client.post("/v1/batch", json={"articles": [{"text": PROPAGANDA}, {}]}).json()
    card = service.client.get("/v1/model").json()
    given = {
        ("post", "/v1/score"): answer,
        ("post", "/v1/batch"): batch,
        ("get", "/v1/model"): card,
        ("get", "/v1/models"): service.client.get("/v1/models").json(),
    }
    for (method, path), value in given.items():
        content = resolve(DESCRIBED["paths"][path][method]["responses"]["200"]["content"])
        content = content["application/json"]
        for one in (value, content["example"]):
            validate(content["schema"], one)


@pytest.mark.parametrize("genre", GENRES)
def test_how_a_text_reads_is_of_the_schema(genre: str) -> None:
    reading = Levels(1.5, (0.2, 0.3, 0.3, 0.2, 0.0))
    answer = Answer("unclear", 0.5, reading, Genre(genre, 0.7), language="en", words=60)
    told = answer.as_dict()
    assert AnswerOut.model_validate(told).model_dump() == told
    assert told["reading"] == {"score": 1.5, "levels": [0.2, 0.3, 0.3, 0.2, 0.0]}
    assert told["genre"] == {"name": genre, "p": 0.7}


@pytest.mark.parametrize("name", ["reading", "genre"])
def test_what_cannot_be_judged_has_no_reading(service: Server, name: str) -> None:
    answer = service.score(text="Officials said so.").json()
    assert answer["p_propaganda"] is None
    assert answer[name] is None


@pytest.mark.parametrize("levels", [[1.0], [0.2] * 6, [0.5, 0.6, 0.0, 0.0, 1.1]])
def test_a_reading_has_five_probabilities(levels: list[float]) -> None:
    with pytest.raises(ValueError, match="reading"):
        AnswerOut.model_validate(ANSWER_EXAMPLE | {"reading": {"score": 1, "levels": levels}})


def test_the_example_keeps_the_contract() -> None:
    example: dict[str, Any] = ANSWER_EXAMPLE
    assert list(example) == list(FAILED_EXAMPLE) == list(Answer().as_dict())
    score, levels = example["reading"]["score"], example["reading"]["levels"]
    assert sum(levels) == pytest.approx(1.0)
    assert sum(levels[2:]) == pytest.approx(example["p_propaganda"])
    assert sum(n * p for n, p in enumerate(levels)) == pytest.approx(score)


def test_what_is_served_is_what_was_described(service: Server) -> None:
    assert service.client.get("/openapi.json").json() == DESCRIBED
    assert service.client.get("/redoc").status_code == 404
