"""Models by name: who answers, which are listed, and what is said of names that none has."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from krynica import Answer, Article, load_model
from krynica.service.registry import Registry
from krynica.service.web.articles import answer_all
from krynica.service.web.open_models import KEPT, MOST, OpenModels
from krynica.service.web.queues import BusyError
from krynica.service.web.scorer import Scorer
from krynica.service.web.settings import Settings
from tests.service.tiny import PROPAGANDA, write_tiny_model
from tests.web.server import Server, is_problem, serving

UNKNOWN = "There is no model of this name here."


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """A registry with the tiny model twice, in two versions, and a broken one."""
    folder = tmp_path_factory.mktemp("registry")
    registry = Registry(folder / "models")
    for version in ("1", "2"):
        source = write_tiny_model(folder / version, name=f"tiny{version}", version=version)
        registry.add(source)
    shutil.copytree(folder / "1", registry.folder / "broken")
    (registry.folder / "broken" / "en.npz").write_bytes(b"")
    return registry


@pytest.fixture(scope="module")
def named(registry: Registry, tiny: Path) -> Iterator[Server]:
    """A service with a folder's model in use, and two others by name."""
    with serving("--model", tiny, KRYNICA_MODELS=str(registry.folder)) as server:
        yield server


def answered_by(server: Server, **article: str) -> str:
    version: str = server.score(text=PROPAGANDA, **article).json()["model"]["version"]
    return version


def test_who_is_asked_for_answers(named: Server) -> None:
    assert answered_by(named) == "0.1"
    assert answered_by(named, model="tiny") == "0.1"
    assert answered_by(named, model="tiny1") == "1"
    assert answered_by(named, model="tiny2") == "2"


def test_a_batch_has_a_model_and_an_article_its_own(named: Server) -> None:
    articles = [{"text": PROPAGANDA}, {"text": PROPAGANDA, "model": "tiny1"}]
    articles.append({"text": PROPAGANDA, "model": "nope"})
    given = {"articles": articles, "model": "tiny2"}
    answers = named.client.post("/v1/batch", json=given).json()
    assert [one["model"] and one["model"]["version"] for one in answers] == ["2", "1", None]
    assert answers[2]["error"] == UNKNOWN
    refused = named.client.post("/v1/batch", json={**given, "model": "nope"})
    assert is_problem(refused, 422) == UNKNOWN


@pytest.mark.parametrize("name", ["nope", "", "broken", "../1", "tiny1/", "Default", "TINY1"])
def test_a_name_that_none_has_is_one_sentence(named: Server, name: str) -> None:
    assert is_problem(named.score(text=PROPAGANDA, model=name), 422) == UNKNOWN
    card = named.client.get("/v1/model", params={"model": name})
    assert is_problem(card, 422) == UNKNOWN


def test_the_one_in_use_is_listed_first_and_broken_ones_not(
    named: Server, registry: Registry
) -> None:
    listed = named.client.get("/v1/models").json()
    assert [(one["name"], one["in_use"]) for one in listed] == [
        ("tiny", True),
        ("default", False),
        ("tiny1", False),
        ("tiny2", False),
    ]
    assert listed[2]["languages"] == ["en", "pl"]
    answer = named.score(text=PROPAGANDA, model="tiny1").json()["model"]
    assert (answer["version"], answer["sha256"]) == (listed[2]["version"], listed[2]["sha256"])


def test_the_one_that_ships_is_asked_for_as_default(named: Server) -> None:
    shipped = load_model().id
    answer = named.score(text=PROPAGANDA, model="default").json()["model"]
    assert (answer["name"], answer["sha256"]) == (shipped.name, shipped.sha256)
    assert named.client.get("/v1/models").json()[1]["sha256"] == shipped.sha256


def test_the_card_of_another(named: Server, registry: Registry) -> None:
    card = named.client.get("/v1/model", params={"model": "tiny2"}).json()
    manifest = json.loads((registry.folder / "tiny2" / "manifest.json").read_text("utf-8"))
    assert {name: card[name] for name in manifest} == manifest
    assert named.client.get("/v1/model").json()["version"] == "0.1"


def test_many_at_once_each_get_their_model(named: Server) -> None:
    wanted = [None, "tiny1", "tiny2", "tiny"] * 8
    with ThreadPoolExecutor(8) as pool:
        got = pool.map(lambda name: answered_by(named, **({"model": name} if name else {})), wanted)
    expected = {None: "0.1", "tiny": "0.1", "tiny1": "1", "tiny2": "2"}
    assert list(got) == [expected[name] for name in wanted]


def test_what_is_registered_meanwhile_is_noticed(named: Server, registry: Registry) -> None:
    source = write_tiny_model(registry.folder.parent / "3", version="3")
    assert is_problem(named.score(text=PROPAGANDA, model="late"), 422)
    registry.add(source, "late")
    assert answered_by(named, model="late") == "3"
    registry.remove("late")
    registry.add(registry.folder.parent / "1", "late")
    assert answered_by(named, model="late") == "1"
    registry.remove("late")
    assert is_problem(named.score(text=PROPAGANDA, model="late"), 422)
    assert "late" not in named.client.get("/v1/models").text


def test_which_model_is_in_use_is_settled_at_the_start(registry: Registry) -> None:
    registry.use("tiny2")
    with serving(KRYNICA_MODELS=str(registry.folder)) as server:
        registry.use("default")
        assert answered_by(server) == "2"
        listed = server.client.get("/v1/models").json()
        assert [one["name"] for one in listed if one["in_use"]] == ["tiny2"]
        assert len(listed) == 3


def test_the_card_of_a_model_that_went_meanwhile(registry: Registry) -> None:
    registry.add(registry.folder.parent / "2", "brief")
    with serving("--model", "brief", KRYNICA_MODELS=str(registry.folder)) as server:
        registry.remove("brief")
        card = server.client.get("/v1/model").json()
        assert (card["version"], card["card"]) == ("2", "# Tiny\n\nFor tests.\n")


def test_only_a_few_are_kept(registry: Registry, tmp_path: Path) -> None:
    many = Registry(tmp_path)
    names = [f"m{number}" for number in range(KEPT + 2)]
    for name in names:
        many.add(registry.folder / "tiny1", name)
    shelf = OpenModels(many)
    for name in names:
        assert shelf.open(name) is not None
    assert [name for name in names if shelf.kept(name)] == names[-KEPT:]
    # The one that is asked for stays.
    shelf.kept(names[2])
    shelf.open(names[0])
    assert [name for name in names if shelf.kept(name)] == [names[0], names[2], names[4]]


def test_one_that_is_waited_for_is_not_read_again_and_there_are_not_too_many(
    registry: Registry, tmp_path: Path
) -> None:
    many = Registry(tmp_path)
    names = [f"m{number}" for number in range(MOST + 1)]
    for name in names:
        many.add(registry.folder / "tiny1", name)
    shelf = OpenModels(many)
    held = [shelf.open(name) for name in names[:MOST]]
    assert shelf.open(names[0]) is held[0]
    with pytest.raises(BusyError, match="Too many models"):
        shelf.open(names[MOST])
    del held[1]
    assert shelf.open(names[MOST]) is not None


class Recording(Scorer):
    """Writes down which models were asked for."""

    async def score(self, article: Article, *, model: str | None = None, **more: Any) -> Answer:
        self.asked = [*getattr(self, "asked", []), model]
        return await super().score(article, model=model, **more)


def test_a_batch_is_read_model_by_model(tiny: Path, registry: Registry) -> None:
    named = [{"text": PROPAGANDA, "model": f"tiny{1 + place % 2}"} for place in range(6)]

    async def ask() -> tuple[list[Answer], list[str | None]]:
        scorer = Recording(tiny, registry=registry)
        await scorer.prepare()
        given = [*named, {"text": PROPAGANDA}, 7, {"text": PROPAGANDA, "model": 7}]
        answers = await answer_all(given, scorer, Settings())
        scorer.close()
        return answers, scorer.asked

    answers, asked = asyncio.run(ask())
    assert asked == [None, *["tiny1"] * 3, *["tiny2"] * 3]
    versions = [answer.model.version if answer.model else "" for answer in answers]
    assert versions == [*["1", "2"] * 3, "0.1", "", ""]


def test_one_that_breaks_is_listed_no_more_until_it_is_mended(
    registry: Registry, tmp_path: Path
) -> None:
    own = Registry(tmp_path)
    own.add(registry.folder / "tiny1", "one")
    shelf = OpenModels(own)
    assert shelf.open("one") is not None
    assert [one.name for one in shelf.listed()] == ["default", "one"]
    file = tmp_path / "one" / "en.npz"
    whole = file.read_bytes()
    file.write_bytes(b"")
    assert shelf.open("one") is None
    assert [one.name for one in shelf.listed()] == ["default"]
    file.write_bytes(whole)
    assert shelf.open("one") is not None
    assert [one.name for one in shelf.listed()] == ["default", "one"]


def test_one_that_cannot_be_read_is_listed_no_more(tmp_path: Path) -> None:
    own = Registry(tmp_path)
    write_tiny_model(tmp_path / "odd", minimum_words=None)
    shelf = OpenModels(own)
    assert shelf.open("odd") is None
    assert [one.name for one in shelf.listed()] == ["default"]


def test_a_folder_that_is_not_there_holds_no_models(tmp_path: Path) -> None:
    registry = Registry(tmp_path / "nowhere")
    assert registry.names() == []
    assert OpenModels(registry).open("tiny") is None
    assert registry.current == "default"
