"""The list of outlets that ships says of every label who bears it out."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from krynica.data.outlets import outlet_of

LIST = Path(__file__).parents[2] / "data" / "outlets.toml"
FIELDS = {
    "domain": str,
    "name": str,
    "country": str,
    "languages": list,
    "label": str,
    "contested": bool,
    "why_contested": str,
    "feeds": list,
    "sitemaps": list,
    "archives": list,
    "ground": list,
}
COUNTRIES = {"BY", "RU", "UA", "PL"}
LABELS = {"journalism", "propaganda"}
LANGUAGES = {"be", "bg", "cs", "de", "en", "es", "fr", "it", "pl", "ru", "sr", "uk", "zh"}


def shipped() -> list[dict[str, Any]]:
    found = tomllib.loads(LIST.read_text("utf-8"))
    assert set(found) == {"outlet"}
    return list(found["outlet"])


@pytest.fixture(params=shipped(), ids=lambda outlet: str(outlet["domain"]))
def outlet(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(request.param)


def test_every_outlet_stands_once() -> None:
    domains = [outlet["domain"] for outlet in shipped()]
    assert len(domains) == len(set(domains))


def test_fields(outlet: dict[str, Any]) -> None:
    assert {name: type(value) for name, value in {"ground": [], **outlet}.items()} == FIELDS
    assert outlet["name"].strip()
    assert outlet["country"] in COUNTRIES
    assert outlet["label"] in LABELS
    assert outlet["languages"]
    assert set(outlet["languages"]) <= LANGUAGES
    assert outlet["archives"] == []


def test_domain_is_the_outlet_of_its_own_addresses(outlet: dict[str, Any]) -> None:
    assert outlet_of(f"https://www.{outlet['domain']}/") == outlet["domain"]
    for address in [*outlet["feeds"], *outlet["sitemaps"]]:
        assert re.match(r"https?://\S+\Z", address), address
        assert outlet_of(address) == outlet["domain"]


def test_a_contested_outlet_says_why(outlet: dict[str, Any]) -> None:
    assert bool(outlet["why_contested"]) == outlet["contested"]


def test_an_uncontested_outlet_has_a_ground(outlet: dict[str, Any]) -> None:
    assert outlet["contested"] or outlet.get("ground")


def test_grounds(outlet: dict[str, Any]) -> None:
    today = dt.datetime.now(dt.UTC).date()
    for ground in outlet.get("ground", []):
        assert set(ground) == {"who", "says", "where", "read"}
        assert ground["who"].strip()
        assert ground["says"].strip()
        assert re.match(r"https://[^/\s]+/\S*\Z", ground["where"]), ground["where"]
        assert type(ground["read"]) is dt.date
        assert ground["read"] <= today


def test_no_address_is_written_for_two_outlets() -> None:
    fed = [address for each in shipped() for address in [*each["feeds"], *each["sitemaps"]]]
    assert len(fed) == len(set(fed))
