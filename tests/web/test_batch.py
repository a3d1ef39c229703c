"""Many articles over HTTP: one answer each, in order, whatever is wrong with some."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from krynica.classifier.answer import Answer
from krynica.service.web.articles import answer_any
from krynica.service.web.queues import BusyError
from krynica.service.web.scorer import Scorer
from krynica.service.web.settings import Settings
from tests.service.tiny import JOURNALISM, PROPAGANDA, write_screened_model
from tests.web.server import Server, is_problem, serving


def batch(service: Server, *articles: Any) -> list[dict[str, Any]]:
    answer = service.client.post("/v1/batch", json={"articles": articles})
    assert answer.status_code == 200, answer.text
    answers: list[dict[str, Any]] = answer.json()
    assert all(list(one) == list(Answer().as_dict()) for one in answers)
    return answers


def test_answers_are_in_order(service: Server) -> None:
    texts = [PROPAGANDA, JOURNALISM, JOURNALISM, PROPAGANDA]
    verdicts = [one["verdict"] for one in batch(service, *({"text": text} for text in texts))]
    assert verdicts == ["propaganda", "journalism", "journalism", "propaganda"]


WRONG: list[Any] = [
    {"text": ""},
    {"text": "…", "title": PROPAGANDA},
    {"text": PROPAGANDA, "html": ""},
    {"text": 5},
    {"canary": PROPAGANDA},
    {"html": "<p>Menu</p>"},
    {"url": "http://127.0.0.1/"},
    {"text": PROPAGANDA, "language": "xyz"},
    {},
    [],
    None,
    "canary",
]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_with_one_stays_with_it(service: Server, wrong: Any) -> None:
    first, failed, last = batch(service, {"text": PROPAGANDA}, wrong, {"text": PROPAGANDA})
    assert first == last
    assert first["verdict"] == "propaganda"
    assert failed == Answer(error=failed["error"]).as_dict()
    assert failed["error"].endswith(".")
    assert "canary" not in failed["error"]


def test_a_batch_of_one_is_the_answer_of_one(service: Server) -> None:
    article = {"text": PROPAGANDA, "title": "Stooges obey", "language": "en"}
    assert batch(service, article) == [service.score(**article).json()]


def test_no_articles_have_no_answers(service: Server) -> None:
    assert batch(service) == []


def test_a_batch_is_bounded(service: Server) -> None:
    assert len(batch(service, *({"text": ""} for _ in range(1000)))) == 1000
    answer = service.client.post("/v1/batch", json={"articles": [{"text": ""}] * 1001})
    assert "1000" in is_problem(answer, 422)


def test_what_is_refused_for_a_moment_is_refused_whole() -> None:
    scorer = Scorer(seconds=0.01)  # its model is never opened, so no turn comes
    with pytest.raises(BusyError):
        asyncio.run(answer_any({"text": PROPAGANDA}, scorer, Settings()))


@pytest.mark.parametrize("shape", [[], {}, {"articles": {}}, {"articles": 5}, {"articles": None}])
def test_a_wrong_shape(service: Server, shape: Any) -> None:
    is_problem(service.client.post("/v1/batch", json=shape), 422)


def test_what_the_words_clear_is_read_no_further_in_a_batch_alone(tmp_path: Path) -> None:
    article = {"text": JOURNALISM}
    with serving("--model", write_screened_model(tmp_path / "model")) as server:
        (cleared,), whole = batch(server, article), server.score(**article).json()
    assert (cleared["verdict"], cleared["genre"], cleared["evidence"]) == ("journalism", None, [])
    assert whole["genre"]["name"] == "news"
    assert whole["p_persuasion"] is not None
