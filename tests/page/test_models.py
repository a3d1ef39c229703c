"""A choice of models on the page, where there is more than one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from krynica.service.registry import Registry
from tests.page.conftest import serving
from tests.service.tiny import PROPAGANDA, write_tiny_model

HEADERS = {"Accept": "text/html", "Accept-Language": "en"}


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """A registry of one model, called other."""
    folder = tmp_path_factory.mktemp("registry")
    registry = Registry(folder / "models")
    registry.add(write_tiny_model(folder / "other", version="9.9"), "other")
    return registry


@pytest.fixture(scope="module")
def chosen(tiny: Path, registry: Registry) -> Iterator[httpx2.Client]:
    """The page with the tiny model in use and another beside it."""
    with (
        serving(model=tiny, models=registry.folder) as address,
        httpx2.Client(base_url=address, timeout=60, headers=HEADERS) as client,
    ):
        yield client


def test_without_another_there_is_no_choice(tmp_path: Path) -> None:
    with (
        serving(models=tmp_path) as address,
        httpx2.Client(base_url=address, timeout=60, headers=HEADERS) as alone,
    ):
        assert 'name="model"' not in alone.get("/").text


def test_the_one_that_ships_may_be_chosen_where_another_is_in_use(client: httpx2.Client) -> None:
    page = client.get("/").text
    assert '<option value="">tiny (0.1)</option>\n<option value="default">' in page


def test_the_form_offers_the_one_in_use_first(chosen: httpx2.Client) -> None:
    page = chosen.get("/").text
    options = re.findall('<option value="([^"]*)">[^<]*[(]', page)
    assert options == ["", "default", "other"]
    assert '<option value="">tiny (0.1)</option>' in page
    assert '<option value="other">other (9.9)</option>' in page
    assert "Model that reads the text" in page
    assert "Модель, яка читає текст" in chosen.get("/?lang=uk").text


def test_the_one_that_was_chosen_answers_and_stays_chosen(chosen: httpx2.Client) -> None:
    fields = {"text": PROPAGANDA, "model": "other"}
    page = chosen.post("/", data=fields).text
    assert "Model: tiny, version 9.9" in page
    assert '<input type="hidden" name="model" value="other">' in page
    report = chosen.post("/report.json", data=fields).json()
    assert report["model"]["version"] == "9.9"
    assert "version 9.9" in chosen.post("/report.html", data=fields).text
    again = chosen.post("/form", data=fields).text
    assert '<option value="other" selected>' in again
    plain = chosen.post("/", data={"text": PROPAGANDA, "model": ""}).text
    assert "Model: tiny, version 0.1" in plain
    assert 'name="model"' not in plain


def test_a_name_that_none_has_is_said_in_the_readers_language(chosen: httpx2.Client) -> None:
    fields = {"text": PROPAGANDA, "model": "<b>nope"}
    page = chosen.post("/?lang=pl", data=fields)
    assert page.status_code == 422
    assert "Nie ma tu modelu o tej nazwie." in page.text
    assert "<b>nope" not in page.text
    assert PROPAGANDA.strip() in page.text
